"""Who speaks, where a file writes "Name: " before the words. Start at `name_speakers`."""

import re
from collections import Counter
from collections.abc import Sequence

from intake.result import Cue, Oddity, Reading

_DENSE = 0.5
_NEARLY_ALL = 0.8
_A_HABIT = 3
_FIRST_CUES = 5
_PREFIX = re.compile(
    r"\s*(?:[-–>]{1,2} ?)?(?:\*\*)?([^:\n]{1,60}?)(?:\*\*)?:(?:\*\*)?(?:[ \t\u00a0]+|\n|$)"
)
_JOINING_WORDS = frozenset(
    {
        "de", "da", "di", "du", "del", "della", "van", "von", "der", "den", "la", "le", "bin",
        "al", "el", "of", "the", "and", "y",
    }
)  # fmt: skip
_NO_NAMES = frozenset(
    {
        "note", "notes", "question", "questions", "answer", "answers", "q", "a", "warning",
        "example", "ps", "p.s", "nb", "n.b", "update", "summary", "conclusion", "remember",
        "reminder", "important", "tip", "hint", "step", "action", "decision", "decisions",
        "resolved", "resolution", "proposal", "topic", "agenda", "date", "time", "title",
        "subject", "http", "https",
    }
)  # fmt: skip


def one_line(text: str) -> str:
    """The words on one line: a caption breaks its lines where the screen ends."""
    return " ".join(part for part in (p.strip(" \t\u00a0") for p in text.split("\n")) if part)


def name_speakers(cues: Sequence[Cue]) -> Reading:
    """Move "Name: " from the words to the speaker, where the file has that habit.

    A colon alone makes no speaker: "Note: this is odd" stays speech. A cue without a name goes
    on with the speaker before it, as editors write it.
    """
    labels = [_label(cue.text) for cue in cues]
    is_timed = bool(cues) and cues[0].start_s is not None
    accepted = _accepted(labels, is_timed=is_timed)
    named: list[Cue] = []
    speaker: str | None = None
    for cue, label in zip(cues, labels, strict=True):
        text = cue.text
        if label in accepted:
            speaker, text = label, text[_prefix_end(text) :]
        words = one_line(text)
        if words:
            named.append(Cue(cue.start_s, cue.end_s, speaker, words, cue.place))
    return Reading(tuple(named), _once(labels, accepted, cues))


def split_name(text: str) -> tuple[str | None, str]:
    """The label before the first colon and the words after it."""
    label = _label(text)
    return (None, text) if label is None else (label, text[_prefix_end(text) :])


def _label(text: str) -> str | None:
    match = _PREFIX.match(text)
    if match is None:
        return None
    label = match.group(1).strip(" \t\u00a0*")
    return label or None


def _prefix_end(text: str) -> int:
    match = _PREFIX.match(text)
    return match.end() if match is not None else 0


def _accepted(labels: Sequence[str | None], *, is_timed: bool) -> frozenset[str]:
    counts = Counter(label for label in labels if label is not None and not _is_no_name(label))
    n_named = sum(counts.values())
    is_dense = bool(labels) and n_named >= _DENSE * len(labels)
    # Captions that all begin with a label (Zoom) take whatever name people gave themselves.
    if is_timed and n_named >= _NEARLY_ALL * len(labels):
        return frozenset(counts)
    opening = set(labels[:_FIRST_CUES])
    sure = {
        label
        for label, n in counts.items()
        if label.isupper()
        or (is_dense and (n > 1 or looks_like_name(label)))
        or (is_dense and n_named >= _NEARLY_ALL * len(labels) and not _is_clause(label))
        or (looks_like_name(label) and (n > 1 or label in opening))
    }
    # Once a habit is plain, a full name that appears a single time is a person who spoke once.
    if sum(counts[label] for label in sure) >= _A_HABIT:
        sure |= {label for label in counts if looks_like_name(label) and " " in label}
    return frozenset(sure)


def _is_clause(label: str) -> bool:
    """ "One more thing": three words or more, most of them small."""
    words = label.split()
    return len(words) > 2 and sum(word[0].islower() for word in words) >= len(words) / 2


def _is_no_name(label: str) -> bool:
    return label.casefold().strip(" .") in _NO_NAMES


def looks_like_name(label: str) -> bool:
    """One to six words that start like names do; no end of a sentence before the colon."""
    words = label.replace("(", " ").replace(")", " ").split()
    if not 1 <= len(words) <= 6 or label[-1] in "?!,;" or _is_no_name(label):
        return False
    first = words[0][0]
    if not first.isalpha() or first.islower():
        return False
    return all(not word[0].islower() or word in _JOINING_WORDS for word in words)


def _once(
    labels: Sequence[str | None], accepted: frozenset[str], cues: Sequence[Cue]
) -> tuple[Oddity, ...]:
    """Labels seen a single time, where most cues carry none: maybe a sentence with a colon."""
    counts = Counter(label for label in labels if label in accepted)
    if sum(counts.values()) >= _DENSE * max(len(labels), 1):
        return ()
    once = [label for label, n in counts.items() if n == 1 and label is not None]
    if not once:
        return ()
    shown = ", ".join(f"“{label}”" for label in once[:5])
    place = cues[labels.index(once[0])].place
    return (Oddity("name_seen_once", place, f"Taken as names though seen only once: {shown}."),)
