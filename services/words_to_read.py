"""The words that a turn is read by: its own, or their reviewed translation. Start at `at_meeting`.

Grouping, names, search and evidence all ask here, and nowhere else. What is quoted stays as it was
said; a translation only ever goes along with a quote that was verified and may be shown, and only
while somebody's review of exactly this wording of exactly these words holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.ids import MeetingId, UtteranceId
from domain.talk import Quote, Utterance, digest_of, verify_quote
from domain.translations import Translation
from store import translations
from store.engine import Connection
from store.passages import passages_of

NOT_YET = "[not translated yet]"


@dataclass(frozen=True)
class Reviewed:
    """The reviewed translations of some turns, by the digest of the words that they translate."""

    by_turn: Mapping[UtteranceId, Mapping[str, str]]

    def beside(self, utterance_id: UtteranceId, quote: Quote) -> Quote:
        """The quote with the translation of its words, where there is one."""
        if utterance_id not in self.by_turn:
            return quote
        text = self.of(utterance_id, digest_of(quote.text))
        return replace(quote, translation=text) if text else quote

    def of(self, utterance_id: UtteranceId, original_sha256: str) -> str:
        """The translation of the words with this digest; empty where there is none."""
        return self.by_turn.get(utterance_id, {}).get(original_sha256, "")


def at_meeting(tx: Connection, meeting_id: MeetingId) -> Reviewed:
    """What may be read at a meeting."""
    return _reviewed(translations.standing_at(tx, meeting_id))


def of_turns(tx: Connection, utterance_ids: Iterable[UtteranceId]) -> Reviewed:
    """The same of these turns, of any meeting."""
    return _reviewed(translations.standing_of(tx, utterance_ids))


def of_whole_turns(tx: Connection, said: Sequence[Utterance]) -> dict[UtteranceId, str]:
    """What whole turns say in English, of those of which anything was translated.

    A stretch in another language that has no reviewed translation yet says so in its place: no
    reading of a turn is shorter than the turn without telling.
    """
    reviewed = of_turns(tx, [one.utterance_id for one in said])
    turns = {one.revision_id: one for one in said if one.utterance_id in reviewed.by_turn}
    parts: dict[UtteranceId, list[str]] = {}
    is_used = set()
    for cut in passages_of(tx, list(turns)):
        one = turns[cut.revision_id]
        words = one.text[cut.start : cut.end]
        told = reviewed.of(one.utterance_id, digest_of(words))
        is_used |= {one.utterance_id} if told else set()
        parts.setdefault(one.utterance_id, []).append(told or _in_english(words))
    return {turn: " ".join(told) for turn, told in parts.items() if turn in is_used}


def translated_passages(tx: Connection, said: Sequence[Utterance]) -> list[tuple[Utterance, Quote]]:
    """The passages of these turns that were translated and reviewed, verified."""
    reviewed = of_turns(tx, [one.utterance_id for one in said])
    turns = {one.revision_id: one for one in said if one.utterance_id in reviewed.by_turn}
    found = []
    for cut in passages_of(tx, list(turns)):
        one = turns[cut.revision_id]
        if reviewed.of(one.utterance_id, digest_of(one.text[cut.start : cut.end])):
            place = (one.revision_id, one.text, cut.start, cut.end)
            quote = verify_quote(*place, one.text[cut.start : cut.end])
            found.append((one, reviewed.beside(one.utterance_id, quote)))
    return found


def language_of(text: str) -> str:
    """The tag by which a page tells in which language words are; empty for English, and for both.

    Where it is both, `parts_of` tells which part is not English.
    """
    parts = parts_of(text)
    return parts[0][2] if parts and parts[0][:2] == (0, len(text)) else ""


def parts_of(text: str) -> list[tuple[int, int, str]]:
    """First and last letter of each stretch in another language, and the tag of that language."""
    from analysis.language_parts import other_parts
    from analysis.languages import CODES, short_answer

    answer = short_answer(text)
    if answer:
        return [(0, len(text), CODES[answer])]
    return [(part.start, part.end, part.code) for part in other_parts(text)]


def languages_told(text: str) -> str:
    """Tags of the languages that words are surely in, as "es" or "en es"; empty for English."""
    codes = sorted({code for _, _, code in parts_of(text)})
    return " ".join(codes if language_of(text) or not codes else ["en", *codes])


def _in_english(words: str) -> str:
    from analysis.languages import other_language

    return NOT_YET if other_language(words) else words


def _reviewed(standing: Mapping[UtteranceId, Mapping[str, Translation]]) -> Reviewed:
    found = {
        turn: {sha256: one.text for sha256, one in of_turn.items() if one.is_reviewed}
        for turn, of_turn in standing.items()
    }
    return Reviewed({turn: texts for turn, texts in found.items() if texts})
