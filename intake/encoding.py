"""Bytes to text without silent losses. Start at `decode`."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import FileRefused
from intake.result import Cue, Oddity

REPLACEMENT = "\ufffd"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TYPED_IN_THE_WEST = frozenset(
    "éèêëàâäáãåæçôöóòõøœüùúûïîíìñßÿÉÈÊÀÂÄÁÅÆÇÔÖÓØŒÜÚÎÍÑ’‘“”„–—…€£°·«»•™©®¿¡½\u00a0"
)
_COHERENCE = 0.1
"""How much a guess must look like a language; short texts of few letters do not reach it."""
_CHAOS = 0.05
_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_ODD_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text with line ends as "\\n" only, the encoding, and what could not be decoded."""

    text: str
    encoding: str
    oddities: tuple[Oddity, ...]


def decode(file_name: str, data: bytes, *, encoding: str | None = None) -> DecodedText:
    """Decode a file's bytes; refuse to guess where a guess would change words."""
    if encoding is not None:
        text, found, oddities = _decode_as(file_name, data, encoding)
    else:
        text, found, oddities = _decode_unknown(file_name, data)
    _check_is_text(file_name, text)
    if REPLACEMENT in text and not oddities:
        oddities = [_unreadable(text.count(REPLACEMENT), "as the file came")]
    if "\x00" in text:
        oddities.append(_unreadable(text.count("\x00"), "empty bytes in the text"))
        text = text.replace("\x00", REPLACEMENT)
    return DecodedText(normalise_lines(text), found, tuple(oddities))


def normalise_lines(text: str) -> str:
    """Make every line end "\\n"; other separators (NEL, VT, FF) are part of the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_unreadable(cues: Sequence[Cue]) -> tuple[tuple[Cue, ...], tuple[Oddity, ...]]:
    """Cues without what is no character: halves of one, or empty bytes that JSON can write."""
    count = sum(len(_NO_CHARACTER.findall(f"{c.speaker or ''}{c.text}")) for c in cues)
    if not count:
        return tuple(cues), ()
    clean = tuple(
        replace(
            cue,
            speaker=_NO_CHARACTER.sub(REPLACEMENT, cue.speaker) if cue.speaker else cue.speaker,
            text=_NO_CHARACTER.sub(REPLACEMENT, cue.text),
        )
        for cue in cues
    )
    return clean, (_unreadable(count, "no characters by any standard"),)


def _decode_as(file_name: str, data: bytes, encoding: str) -> tuple[str, str, list[Oddity]]:
    try:
        name = codecs.lookup(encoding).name
        return data.decode(name).removeprefix("\ufeff"), name, []
    except (LookupError, UnicodeError, ValueError) as error:
        raise _which_encoding(file_name, f"The file is not written in {encoding}.") from error


def _decode_unknown(file_name: str, data: bytes) -> tuple[str, str, list[Oddity]]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_marked(file_name, data[len(bom) :], name)
    if wide := _wide_encoding(data):
        return _decode_marked(file_name, data, wide)
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _decode_halves(data) or _decode_eight_bit(file_name, data)


def _decode_halves(data: bytes) -> tuple[str, str, list[Oddity]] | None:
    """UTF-8 whose rarer characters were written as two halves, as some databases do."""
    try:
        halves = data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return None
    text = halves.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
    n_lost = text.count(REPLACEMENT)
    return text, "utf-8", [_unreadable(n_lost, "halves of characters")] if n_lost else []


def _decode_marked(file_name: str, data: bytes, name: str) -> tuple[str, str, list[Oddity]]:
    text = data.decode(name, errors="replace")
    n_lost = text.count(REPLACEMENT)
    if n_lost > max(3, len(text) // 100):
        raise _which_encoding(file_name, f"{n_lost:,} places cannot be read as {name}.")
    return text, name, [_unreadable(n_lost, f"read as {name}")] if n_lost else []


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Western text is zero."""
    sample = data[:4000]
    half = max(len(sample) // 2, 1)
    if len(data) % 2 or len(data) < 4:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _decode_eight_bit(file_name: str, data: bytes) -> tuple[str, str, list[Oddity]]:
    replaced = data.decode("utf-8", errors="replace")
    n_lost = replaced.count(REPLACEMENT)
    n_right = sum(char > "\x7f" for char in replaced) - n_lost
    if n_right > 4 * n_lost:
        return replaced, "utf-8", [_unreadable(n_lost, "read as utf-8")]
    _check_is_text(file_name, data.decode("latin-1"))
    for name in ("cp1252", "mac_roman"):
        text = _try(data, name)
        if text is not None and _is_typed_in_the_west(text):
            return text, name, [_guessed(name)]
    return _decode_detected(file_name, data)


def _decode_detected(file_name: str, data: bytes) -> tuple[str, str, list[Oddity]]:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[:200_000]))
    best = matches[0] if matches else None
    rival = matches[1].coherence if len(matches) > 1 else 0.0
    if best is None or best.coherence < max(_COHERENCE, 1.5 * rival) or best.chaos > _CHAOS:
        raise _which_encoding(file_name, "The file's letters are stored in an unknown way.")
    text = _try(data, best.encoding)
    if text is None:
        raise _which_encoding(file_name, f"Not all of it can be read as {best.encoding}.")
    return text, best.encoding, [_guessed(best.encoding)]


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _is_typed_in_the_west(text: str) -> bool:
    return all(char in _TYPED_IN_THE_WEST for char in set(text) if char > "\x7f")


def _check_is_text(file_name: str, text: str) -> None:
    n_odd = len(_ODD_CONTROLS.findall(text))
    # A WebVTT file may hold stray NULs (the standard says so) and still be readable.
    allowed = 10 if text.lstrip("\ufeff").startswith("WEBVTT") else 100
    if n_odd > 2 and n_odd * allowed > len(text):
        raise FileRefused(
            file_name=file_name,
            found="The file holds program or media data, not text.",
            todo="Bring in the transcript as .vtt, .srt, .txt, .docx, .csv, .xlsx or .json.",
        )


def _unreadable(count: int, how: str) -> Oddity:
    noun = "character" if count == 1 else "characters"
    return Oddity(
        "undecodable",
        "whole file",
        f"{count:,} {noun} could not be read ({how}) and are shown as “{REPLACEMENT}”.",
    )


def _guessed(name: str) -> Oddity:
    return Oddity(
        "guessed_encoding",
        "whole file",
        f"The file does not say how its letters are stored; it was read as {name}. "
        "Check names with accents.",
    )


def _which_encoding(file_name: str, found: str) -> FileRefused:
    return FileRefused(
        file_name=file_name,
        found=found,
        todo="Which encoding was it saved with? Save it as UTF-8 and bring in the new file.",
    )
