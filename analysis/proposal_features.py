"""How a sentence is built, for telling whether it proposes something. Start at `traits_of`.

Three kinds of trait, none of them about what is spoken of. *Forms* are ways to propose and ways to
sound like it. *Commands* are bare verbs where a clause begins ("Ask for a quiet room", "If you go,
ask …"), told from nouns of the same spelling by what follows. The *frame* is the sentence with
each word of content replaced by its kind, in runs of one to three places, so that what is learned
from a hotel holds for a clinic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.proposal_alike import ALIKE
from analysis.proposal_forms import PROPOSING
from analysis.proposal_words import (
    AFTER_A_NOUN,
    AFTER_A_VERB,
    KEPT,
    NO_BARE_ENDINGS,
    NOT_COMMANDS,
    NOUNS_TOO,
    OBJECTS,
    OPENERS,
    SUBORDINATE,
    VERBS,
)

LONGEST_RUN = 3
MOST_PLACES = 60
"""A frame ends here: what comes later in so long a sentence says little about what it does."""

_PROPOSING = tuple((name, re.compile(pattern)) for name, pattern in PROPOSING)
_ALIKE = tuple((name, re.compile(pattern)) for name, pattern in ALIKE)
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!:;,.\"-]")
_CLAUSE = re.compile(r"[.!?;:,(]+|\s[-–—]+\s|\b(?:and|so|then|or|but|instead|please)\b")
# After these a comma goes on with the same list ("we help you park, eat, and sleep").
_LISTED = re.compile(
    r"\b(?:to|will|would|can|could|should|must|may|might|lets?|helps?|you|they|we|i) \w+"
)
# And after these, whatever the clause began with ("At night I get up, find the manual").
_LISTED_AT_END = re.compile(r"^(?:at|from|on|with|to|for|in(?! case))\b.*\b(?:i|we|they) [^,]+$")
_STRONG_PLACES = frozenset({"first", "after clause", "after comma", "later"})
_ENDINGS = (("ing", "G"), ("ed", "D"), ("ly", "R"), ("s", "S"))


@dataclass(frozen=True)
class Traits:
    """What a sentence shows: its forms, its frame, and whether any of it can propose."""

    forms: tuple[str, ...]
    frame: tuple[str, ...]
    can_propose: bool


def traits_of(sentence: str) -> Traits:
    """The traits of one sentence, each once, in a fixed order.

    Examples
    --------
    >>> traits_of("Ask for a room.").forms
    ('command first', 'command sure', 'short')
    >>> traits_of("Walk to the beach is long.").can_propose
    False
    """
    plain = " ".join(sentence.replace("’", "'").lower().split())
    tokens = _TOKEN.findall(plain)
    proposing = [name for name, pattern in _PROPOSING if pattern.search(plain)]
    commands = list(dict.fromkeys(_commands(plain)))
    alike = [name for name, pattern in _ALIKE if pattern.search(plain)]
    is_command = any(one.removeprefix("command ") in _STRONG_PLACES for one in commands)
    return Traits(
        forms=(*proposing, *alike, *commands, _length(len(tokens))),
        frame=tuple(dict.fromkeys(_frame(tokens))),
        can_propose=bool(proposing) or is_command,
    )


def _commands(plain: str) -> Iterator[str]:
    """Where a bare verb begins a clause, by what stands before it."""
    ends = [(mark.start(), mark.end(), mark[0].strip()) for mark in _CLAUSE.finditer(plain)]
    start, before, joint, is_list = 0, "", "", False
    for at, after, mark in [*ends, (len(plain), len(plain), "")]:
        clause, opened = plain[start:at], joint
        start, joint = after, mark
        words = [word for word in _TOKEN.findall(clause) if word[0].isalpha()]
        if not words:
            continue
        bare, is_denied = _without_opener(words)
        place = _place(opened, before, is_list=is_list) if _is_command(bare) else None
        if place:
            yield f"command {place}"
            yield f"command {_sureness(bare[0], is_denied=is_denied)}"
            before = "command"
        else:
            before = words[0]
            is_list = _goes_on(clause.strip(), before)


def _goes_on(clause: str, before: str) -> bool:
    """Whether a bare verb after the clause would go on with its verbs."""
    if before in SUBORDINATE:
        return bool(_LISTED_AT_END.search(clause))
    return bool(_LISTED.search(clause))


def _without_opener(words: Sequence[str]) -> tuple[Sequence[str], bool]:
    """The words after what may stand before a command, and whether it forbids."""
    is_denied = False
    while words and words[0] in OPENERS and not _is_do_it(words):
        is_not = list(words[:2]) == ["do", "not"]
        is_denied |= is_not or words[0] in ("don't", "dont")
        words = words[2:] if is_not else words[1:]
    return words, is_denied


def _is_do_it(words: Sequence[str]) -> bool:
    """Whether "do" is the command itself ("Do your homework")."""
    return words[0] == "do" and len(words) > 1 and words[1] in OBJECTS


def _place(opened: str, before: str, *, is_list: bool) -> str | None:
    """How a command stands in its sentence; nothing where it goes on with another verb."""
    if not before:
        return "first"
    if opened in ("and", "or", "but"):
        return "again" if before == "command" else None
    if opened == "," and before == "command":
        return "again"
    if opened == ",":
        return "in a list" if is_list else _after(before)
    return "first" if opened and opened[0] in ".!?;:" else "later"


def _after(before: str) -> str:
    return "after clause" if before in SUBORDINATE else "after comma"


def _sureness(verb: str, *, is_denied: bool) -> str:
    if is_denied:
        return "not"
    if verb not in VERBS and verb != "be":
        return "unlisted"
    return "unsure" if verb in NOUNS_TOO else "sure"


def _is_command(words: Sequence[str]) -> bool:
    if len(words) > 1 and words[0].endswith("ly"):
        words = words[1:]
    if not words:
        return False
    verb, rest = words[0], words[1:]
    follows = rest[0] if rest else ""
    if verb == "be":
        return follows not in ("", "it", "that")
    if verb == "do":
        return follows in OBJECTS
    if verb not in VERBS:
        return _may_be_verb(verb) and follows in OBJECTS
    if verb in NOT_COMMANDS or follows in AFTER_A_NOUN:
        return False
    if verb in ("let", "look") and follows in ("me", "i", "we", "they", "he", "she"):
        return False
    return verb not in NOUNS_TOO or _is_verb_here(rest)


def _may_be_verb(word: str) -> bool:
    """Whether a word that nobody listed could be a bare verb ("Reword the note")."""
    return word not in KEPT and len(word) > 2 and not word.endswith(NO_BARE_ENDINGS)


def _is_verb_here(rest: Sequence[str]) -> bool:
    """Whether what follows a word that is a verb or a noun makes it a verb."""
    if not rest:
        return True
    if rest[0] in ("of", "and", "or"):
        return False
    near = rest[: 4 if rest[0] in AFTER_A_VERB else 7]
    return not any(word in AFTER_A_NOUN for word in near)


def _length(n_tokens: int) -> str:
    if n_tokens <= 3:
        return "tiny"
    if n_tokens <= 9:
        return "short"
    return "middling" if n_tokens <= 24 else "long"


def _frame(tokens: Sequence[str]) -> Iterator[str]:
    """Runs of places of the sentence with its content taken out."""
    kinds = ["^", *(_kind(token) for token in tokens[:MOST_PLACES]), "$"]
    for n in range(1, LONGEST_RUN + 1):
        for i in range(len(kinds) - n + 1):
            yield " ".join(kinds[i : i + n])


def _kind(token: str) -> str:
    if token[0].isdigit():
        return "0"
    if token in KEPT or not token[0].isalpha():
        return token
    if token in VERBS:
        return "M" if token in NOUNS_TOO else "V"
    for ending, kind in _ENDINGS:
        if token.endswith(ending) and len(token) > len(ending) + 2:
            return kind
    return "X"
