"""From cues to turns, shares of speech and oddities. Start at `assemble`."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from domain.errors import FileRefused
from intake.encoding import DecodedText, without_unreadable
from intake.limits import MAX_CUES, MAX_SPEAKERS, check_count
from intake.oddities import look_for_oddities
from intake.result import Cue, Reading, SpeakerShare, TranscriptFile, Turn

PAUSE_S = 30.0
"""A named speaker who is silent for longer than this begins a new turn."""
UNNAMED_PAUSE_S = 2.0
UNNAMED_WORDS = 40
UNNAMED_MAX_WORDS = 120
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*\s*$")


def assemble(
    file_name: str, data: bytes, reading: Reading, *, file_format: str, decoded: DecodedText
) -> TranscriptFile:
    """The transcript a reading makes; refused where nobody says anything."""
    check_count(file_name, len(reading.cues), MAX_CUES, "pieces of speech")
    labels = {cue.speaker for cue in reading.cues}
    check_count(file_name, len(labels), MAX_SPEAKERS, "different speakers")
    cues, unreadable = without_unreadable(reading.cues)
    turns = join_turns(cues)
    if not turns:
        raise FileRefused(
            file_name=file_name,
            found="No spoken words were found in it.",
            todo="Check that this is the transcript and that it was exported completely.",
        )
    return TranscriptFile(
        file_name=file_name,
        format=file_format,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        text_sha256=_text_sha256(cues),
        cues=cues,
        turns=turns,
        oddities=decoded.oddities + unreadable + reading.oddities + look_for_oddities(cues),
        speakers=_shares(cues, turns),
    )


def join_turns(cues: Sequence[Cue]) -> tuple[Turn, ...]:
    """Join the cues of one speaker until another speaks or 30 seconds pass in silence.

    A monologue stays one turn however long it is. Where no speaker is named, nobody can say who
    goes on: a turn then ends at a pause over 2 seconds, at the end of a sentence after 40 words,
    at 120 words, and with each paragraph that carries no time.
    """
    turns: list[Turn] = []
    group: list[Cue] = []
    n_words = 0
    for cue in cues:
        if group and _is_new_turn(group[-1], cue, n_words):
            turns.append(_turn(group))
            group, n_words = [], 0
        group.append(cue)
        n_words += cue.text.count(" ") + 1
    if group:
        turns.append(_turn(group))
    return tuple(turns)


def _is_new_turn(last: Cue, cue: Cue, n_words: int) -> bool:
    if last.speaker != cue.speaker:
        return True
    pause_s = None
    if last.end_s is not None and cue.start_s is not None:
        pause_s = cue.start_s - last.end_s
    if cue.speaker is not None:
        return pause_s is not None and pause_s > PAUSE_S
    if last.start_s is None and cue.start_s is None:
        return True
    is_sentence_end = n_words >= UNNAMED_WORDS and _SENTENCE_END.search(last.text[-20:])
    return bool(
        (pause_s is not None and pause_s > UNNAMED_PAUSE_S)
        or is_sentence_end
        or n_words >= UNNAMED_MAX_WORDS
    )


def _turn(group: Sequence[Cue]) -> Turn:
    text = " ".join(cue.text for cue in group)
    first, last = group[0], group[-1]
    return Turn(first.speaker, text, first.start_s, last.end_s, first.place, len(group))


def _text_sha256(cues: Sequence[Cue]) -> str:
    """Hash who said what in which order, whatever the cuts, times and spaces of the format."""
    digest = hashlib.sha256()
    speaker: str | None = None
    for cue in cues:
        if cue.speaker != speaker:
            digest.update(b"\x00" + _plain(cue.speaker or "") + b"\x01")
            speaker = cue.speaker
        digest.update(b" " + _plain(cue.text))
    return digest.hexdigest()


def _plain(text: str) -> bytes:
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return words.encode("utf-8", errors="surrogatepass")


def _shares(cues: Sequence[Cue], turns: Sequence[Turn]) -> tuple[SpeakerShare, ...]:
    """Shares in the order first said; overlapping cues of one speaker count once."""
    n_turns: dict[str | None, int] = {}
    n_words: dict[str | None, int] = {}
    for turn in turns:
        n_turns[turn.speaker] = n_turns.get(turn.speaker, 0) + 1
        n_words[turn.speaker] = n_words.get(turn.speaker, 0) + len(turn.text.split())
    spoken_s: dict[str | None, float] = {}
    until_s: dict[str | None, float] = {}
    for cue, end_s in _spans(cues):
        start_s = max(cue.start_s or 0.0, until_s.get(cue.speaker, 0.0))
        spoken_s[cue.speaker] = spoken_s.get(cue.speaker, 0.0) + max(0.0, end_s - start_s)
        until_s[cue.speaker] = max(end_s, until_s.get(cue.speaker, 0.0))
    return tuple(
        SpeakerShare(label, n_turns[label], spoken_s.get(label), n_words[label])
        for label in n_turns
    )


def _spans(cues: Sequence[Cue]) -> Iterator[tuple[Cue, float]]:
    """Cues with a start and an end; a missing end is the start of the next cue."""
    for at, cue in enumerate(cues):
        end_s = cue.end_s
        if end_s is None and at + 1 < len(cues):
            end_s = cues[at + 1].start_s
        if cue.start_s is not None and end_s is not None and end_s >= cue.start_s:
            yield cue, end_s
