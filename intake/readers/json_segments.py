"""Transcripts of speech engines as JSON (Whisper, AssemblyAI, Deepgram, podcasts).

Start at `read_json`.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence

from domain.errors import FileRefused
from intake.limits import MAX_CUES, check_count
from intake.result import Cue, Oddity, Reading
from intake.speakers import one_line

_TEXT_KEYS = ("text", "body", "transcript", "content", "sentence")
_START_KEYS = ("start", "startTime", "start_time", "begin", "from")
_END_KEYS = ("end", "endTime", "end_time", "to")
_SPEAKER_KEYS = ("speaker", "speaker_name", "speaker_label", "name")
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*$")
_WORD_PAUSE_S = 2.0

Segment = Mapping[str, object]


def load_json(text: str) -> object | None:
    """The parsed value, or None where the text is no JSON."""
    try:
        value: object = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return value


def read_json(file_name: str, text: str) -> tuple[str, Reading]:
    """The engine that wrote the file, and its cues."""
    value = load_json(text)
    if value is None:
        raise FileRefused(
            file_name=file_name,
            found="The file looks like JSON but is broken off or damaged.",
            todo="Export it again and bring in the new file.",
        )
    listed = value.get("segments") or value.get("utterances") if isinstance(value, dict) else value
    check_count(file_name, len(listed) if isinstance(listed, list) else 0, MAX_CUES, "segments")
    engine, cues = _engine_and_cues(value)
    kept = [cue for cue in cues if cue.text]
    check_count(file_name, len(kept), MAX_CUES, "segments")
    if not kept:
        raise FileRefused(
            file_name=file_name,
            found="The JSON holds no list of spoken segments that is known here.",
            todo="Export the transcript as .vtt, .srt or .txt instead.",
        )
    return engine, Reading(tuple(kept), _lost_segments(value, kept))


def _engine_and_cues(value: object) -> tuple[str, list[Cue]]:
    if isinstance(value, list):
        return "json segments", _segments(value)
    if not isinstance(value, dict):
        return "json", []
    results = value.get("results")
    if isinstance(results, dict):
        return "deepgram json", _deepgram(results)
    if "utterances" in value or "audio_url" in value:
        return "assemblyai json", _assemblyai(value)
    segments = value.get("segments")
    if isinstance(segments, list):
        kind = "podcast json" if _has_key(segments, "body") else "whisper json"
        return kind, _segments(segments)
    return "json", _whole(value)


def _has_key(segments: Sequence[object], key: str) -> bool:
    return any(isinstance(segment, dict) and key in segment for segment in segments)


def _assemblyai(value: Segment) -> list[Cue]:
    return (
        _segments(value.get("utterances"), unit_s=0.001)
        or _words(value.get("words"), unit_s=0.001)
        or _whole(value)
    )


def _deepgram(results: Segment) -> list[Cue]:
    if utterances := _segments(results.get("utterances")):
        return utterances
    cues: list[Cue] = []
    channels = _dicts(results.get("channels"))
    several = len(list(channels)) > 1
    for number, channel in enumerate(_dicts(results.get("channels"))):
        best = next(_dicts(channel.get("alternatives")), {})
        default = f"Channel {number}" if several else None
        cues += _deepgram_paragraphs(best, default) or _words(best.get("words"), default=default)
        cues = cues or _whole(best)
    return sorted(cues, key=lambda cue: cue.start_s or 0.0) if several else cues


def _deepgram_paragraphs(best: Segment, default: str | None) -> list[Cue]:
    paragraphs = best.get("paragraphs")
    listed = paragraphs.get("paragraphs") if isinstance(paragraphs, dict) else None
    cues: list[Cue] = []
    for paragraph in _dicts(listed):
        speaker = _speaker(paragraph) or default
        for sentence in _dicts(paragraph.get("sentences")):
            cues.append(_cue(sentence, len(cues) + 1, speaker=speaker))
    return cues


def _segments(value: object, *, unit_s: float = 1.0) -> list[Cue]:
    return [
        _cue(segment, number, speaker=_speaker(segment), unit_s=unit_s)
        for number, segment in enumerate(_dicts(value), start=1)
    ]


def _cue(segment: Segment, number: int, *, speaker: str | None = None, unit_s: float = 1.0) -> Cue:
    words = next((segment[key] for key in _TEXT_KEYS if isinstance(segment.get(key), str)), "")
    start_s, end_s = _seconds(segment, _START_KEYS, unit_s), _seconds(segment, _END_KEYS, unit_s)
    if start_s is not None and end_s is not None and end_s < start_s:
        end_s = None
    text = one_line(str(words).replace("\r", "\n"))
    return Cue(start_s, end_s, speaker, text, f"segment {number}")


def _words(value: object, *, unit_s: float = 1.0, default: str | None = None) -> list[Cue]:
    """Single words to cues: one for each speaker's sentence."""
    cues: list[Cue] = []
    for number, word in enumerate(_dicts(value), start=1):
        written = word.get("punctuated_word") or word.get("word") or word.get("text") or ""
        said = {**word, "text": str(written)}
        cue = _cue(said, number, speaker=_speaker(word) or default, unit_s=unit_s)
        if not cues or _is_new(cues[-1], cue):
            cues.append(cue)
        else:
            last = cues[-1]
            text = f"{last.text} {cue.text}".strip()
            cues[-1] = Cue(last.start_s, cue.end_s, last.speaker, text, last.place)
    return cues


def _is_new(last: Cue, cue: Cue) -> bool:
    pause_s = (cue.start_s or 0.0) - (last.end_s or cue.start_s or 0.0)
    is_sentence_end = _SENTENCE_END.search(last.text[-20:]) is not None
    return last.speaker != cue.speaker or is_sentence_end or pause_s > _WORD_PAUSE_S


def _whole(value: Segment) -> list[Cue]:
    return [cue for cue in [_cue(value, 1, speaker=None)] if cue.text]


def _speaker(segment: Segment) -> str | None:
    for key in _SPEAKER_KEYS:
        label = segment.get(key)
        if isinstance(label, str) and label.strip():
            return one_line(label)
        if isinstance(label, int) and not isinstance(label, bool):
            return f"Speaker {label}"
        if isinstance(label, dict):
            return _speaker(label)
    return None


def _seconds(segment: Segment, keys: Sequence[str], unit_s: float) -> float | None:
    for key in keys:
        number = segment.get(key)
        if isinstance(number, int | float) and not isinstance(number, bool):
            try:
                seconds = float(number) * unit_s
            except OverflowError:
                return None
            return seconds if math.isfinite(seconds) and seconds >= 0 else None
    return None


def _dicts(value: object) -> Iterator[Segment]:
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def _lost_segments(value: object, cues: Sequence[Cue]) -> tuple[Oddity, ...]:
    """Entries of a segment list that carry no words."""
    listed = value.get("segments") if isinstance(value, dict) else value
    if not isinstance(listed, list) or len(listed) <= len(cues):
        return ()
    n_empty = len(listed) - len(cues)
    sentence = f"{n_empty:,} of {len(listed):,} segments hold no words."
    return (Oddity("left_out", "whole file", sentence),)
