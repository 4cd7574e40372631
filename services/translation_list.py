"""How far the translations of a meeting are, as it is listed. Start at `OtherLanguages`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import ThemeId, UtteranceId
from domain.people import StakeholderGroup
from domain.talk import Quote, digest_of
from domain.translations import Translation, TranslationState

TOLD = {
    TranslationState.MISSING: "without a translation",
    TranslationState.CHANGED: "to be translated again",
    TranslationState.WAITING: "waiting for review",
    TranslationState.REVIEWED: "reviewed since the themes were found",
}


@dataclass(frozen=True)
class Spoken:
    """In which other language words are; empty where nothing tells one.

    Where `is_in_part` the rest is English.
    """

    language: str
    is_in_part: bool


@dataclass(frozen=True)
class OtherWords:
    """A passage in another language, and how far its translation came.

    `quote` carries the translation once somebody reviewed it; `is_set_aside` tells that it waits in
    no theme for its language, `is_heard` that the themes were found with its translation, `theme`
    in which one it stands and what that is called.
    """

    quote: Quote
    utterance_id: UtteranceId
    stakeholder_group: StakeholderGroup | None
    start_s: float | None
    spoken: Spoken
    state: TranslationState
    translation: Translation | None
    is_set_aside: bool
    is_heard: bool
    theme: tuple[ThemeId, str] | None

    @property
    def waits_for_themes(self) -> bool:
        """Whether its translation was reviewed since the themes were found."""
        return self.state is TranslationState.REVIEWED and not self.is_heard

    @property
    def original_sha256(self) -> str:
        """By which the translation knows these words again."""
        return digest_of(self.quote.text)


@dataclass(frozen=True)
class OtherLanguages:
    """What a meeting's themes read that is in another language, in the order it was said.

    `n_passages` is how many they read in all. `only_counted` are the languages of what is set aside
    and may not be quoted: nobody can translate that.
    """

    words: tuple[OtherWords, ...] = ()
    only_counted: tuple[str, ...] = ()
    n_passages: int = 0

    @property
    def not_grouped(self) -> tuple[OtherWords, ...]:
        """What is set aside and can be translated."""
        return tuple(one for one in self.words if one.is_set_aside)

    @property
    def heard_in_part(self) -> tuple[OtherWords, ...]:
        """What is grouped as it stands, by a machine that knows its English words alone."""
        return tuple(o for o in self.words if not o.is_set_aside and not o.is_heard)

    @property
    def half_told(self) -> str:
        """The same of what is heard in part."""
        return ", ".join(_told_of(self.heard_in_part))

    @property
    def heard(self) -> tuple[OtherWords, ...]:
        """What is grouped by a reviewed translation."""
        return tuple(one for one in self.words if one.is_heard and not one.is_set_aside)

    @property
    def n_waiting_for_themes(self) -> int:
        """How many translations were reviewed since the themes were found."""
        return sum(one.waits_for_themes for one in self.words)

    @property
    def n_not_grouped(self) -> int:
        """How many passages are set aside."""
        return len(self.not_grouped) + len(self.only_counted)

    @property
    def languages(self) -> list[str]:
        """The languages of what is set aside."""
        return sorted({*self.only_counted, *(o.spoken.language for o in self.not_grouped)} - {""})

    @property
    def told(self) -> str:
        """ "3 without a translation, 1 waiting for review"."""
        told = _told_of(self.not_grouped)
        if self.only_counted:
            told.append(f"{len(self.only_counted)} that may only be counted")
        return ", ".join(told)


def _told_of(words: Iterable[OtherWords]) -> list[str]:
    """ "3 without a translation", "1 waiting for review"."""
    n_of = Counter(one.state for one in words)
    return [f"{n_of[state]} {TOLD[state]}" for state in TranslationState if n_of[state]]
