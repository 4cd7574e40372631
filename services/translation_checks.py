"""What is refused as a translation, and why. Start at `refuse_unfit`."""

from analysis.hidden_words import hidden_words
from analysis.passages import MOST_TOKENS
from analysis.withdrawn_words import words_of
from domain.errors import ModelBroken, ModelMissing, NotAllowedNow
from domain.talk import Utterance
from services.runtime import runtime
from store import translations
from store.engine import Connection

LONGEST = 4_000


def refuse_unfit(original: str, text: str) -> None:
    """What cannot be a translation, or what the model would read only the beginning of.

    Raises
    ------
    NotAllowedNow
        With what was found.
    """
    from analysis.languages import other_language

    if not any(letter.isalnum() for letter in text):
        raise NotAllowedNow(reason="There is nothing to keep yet: write what these words say.")
    if len(text) > LONGEST or _n_tokens(text) > MOST_TOKENS:
        raise NotAllowedNow(
            reason=f"This translation has {len(text):,} characters, for {len(original):,} that "
            "were said: more than can be read at once. Nothing was kept; write what these words "
            "say and no more."
        )
    if words_of(text) == words_of(original):
        raise NotAllowedNow(
            reason="This is what was said, word for word. Write what it says in English."
        )
    language = other_language(text)
    if language:
        raise NotAllowedNow(
            reason=f"This reads like {language}. Themes are found in English: write it in English."
        )


def refuse_hidden(tx: Connection, said: Utterance, text: str) -> None:
    """What a reviewer hid must not come back through a translation.

    Raises
    ------
    NotAllowedNow
        With the word that was hidden.
    """
    told = set(words_of(text))
    for heard in translations.wordings_of(tx, said.utterance_id):
        back = sorted(told & hidden_words(heard, said.text))
        if back:
            raise NotAllowedNow(
                reason=f"A reviewer hid “{back[0]}” from others. Nothing was kept: write the "
                "stand-in instead, as “[name]” or “[place]”."
            )


def _n_tokens(text: str) -> int:
    try:
        return runtime().count_tokens(text)
    except (ModelMissing, ModelBroken):
        return len(text.split())
