"""Clinics, employers and other organisations. Start at `institutions_in`."""

from collections.abc import Iterator, Sequence

from analysis.identifier_words import KNOWN_HERE, Sort, Word, listed, word_lists
from domain.identifiers import IdentifierKind, Suggestion

HEADS = listed(
    "hospital hospitals clinic clinics hospice infirmary university college institute "
    "foundation church chapel academy school center centre health healthcare medicine rehab "
    "rehabilitation pharmacy medical"
)
FIRM_ENDS = listed(
    "inc llc ltd plc corp corporation co company gmbh group sons bros brothers industries "
    "partners associates holdings services solutions systems technologies logistics insurance "
    "bank union freight trucking foods electric motors airlines printing software homes "
    "roofing dairy construction manufacturing enterprises consulting plumbing laboratories "
    "labs pharmaceuticals therapeutics biotech energy steel mills farms supply stores market "
    "markets"
)
NAME_WORDS = listed(
    "mercy general memorial saint st regional county community sacred heart good samaritan "
    "mount mt sinai baptist methodist presbyterian lutheran catholic adventist providence "
    "veterans children's childrens north south west east northern southern western eastern "
    "central valley city holy cross trinity grace hope lady our of and the at for state "
    "university women's medical health children river rivers three lake bay cancer heart "
    "brain als neurology national american credit blue red green golden first united great"
)
JOINS = frozenset({"of", "and", "the", "for", "at"})
GENERIC = JOINS | listed(
    "general regional county community children's childrens medical health university women's "
    "state cancer brain als neurology rehabilitation rehab city national first good great "
    "central our three hope heart children"
)
WORK_CUES = (
    ("work", "for"), ("works", "for"), ("worked", "for"), ("working", "for"), ("works", "at"),
    ("work", "at"), ("worked", "at"), ("working", "at"), ("employed", "by"), ("retired", "from"),
    ("boss", "at"), ("job", "at"), ("job", "with"), ("hired", "by"), ("driver", "for"),
    ("engineer", "at"), ("nurse", "at"), ("teacher", "at"), ("manager", "at"), ("fired", "by"),
    ("off", "by"), ("carrier", "for"), ("letter", "from"),
)  # fmt: skip
SAINTS = frozenset({"saint", "st"})
MOST_LEFT = 5
MOST_AFTER_CUE = 4


def institutions_in(words: Sequence[Word], *, has_capitals: bool) -> Iterator[Suggestion]:
    """Names that end like an organisation's, and what follows "works for"."""
    for n, word in enumerate(words):
        if word.low in HEADS or word.low in FIRM_ENDS:
            yield from _ending_at(words, n, has_capitals=has_capitals)
        if word.low in ("university", "college", "hospital", "lady"):
            yield from _of_somewhere(words, n, has_capitals=has_capitals)
        if n and (words[n - 1].low, word.low) in WORK_CUES:
            yield from _workplace(words, n + 1, has_capitals=has_capitals)
        if word.low in SAINTS:
            yield from _saint(words, n)
        if word.low == "and":
            yield from _partners(words, n)


def _ending_at(words: Sequence[Word], end: int, *, has_capitals: bool) -> Iterator[Suggestion]:
    first = end
    while (
        first
        and end - first < MOST_LEFT
        and _is_near(words, first)
        and _names(words[first - 1], has_capitals=has_capitals)
    ):
        first -= 1
    while first < end and words[first].low in JOINS:
        first += 1
    told = [w for w in words[first:end] if w.low not in GENERIC and w.low not in HEADS]
    if has_capitals:
        told = [w for w in words[first:end] if w.is_capital and w.low not in JOINS]
        told = told if words[end].is_capital else []
    if first < end and told:
        last = end
        while (
            last + 1 < len(words)
            and _is_near(words, last + 1)
            and (words[last + 1].low in HEADS | {"system", "network", "union"})
        ):
            last += 1
        yield _organisation(words, first, last, "is named like an organisation", 0.7)


def _is_near(words: Sequence[Word], n: int) -> bool:
    return words[n].start - words[n - 1].end <= 3


def _names(word: Word, *, has_capitals: bool) -> bool:
    """Whether it can be a part of an organisation's name."""
    if has_capitals:
        return (
            word.is_capital and not (word.starts_sentence and word.sort is Sort.FUNCTION)
        ) or word.low in ("of", "and", "the")
    if word.low in NAME_WORDS or word.may_name:
        return True
    if word.sort in (Sort.FUNCTION, Sort.NUMBER) or word.low in KNOWN_HERE:
        return False
    return word.sort is Sort.EITHER or (
        word.low in word_lists().last and word_lists().is_rarer_than(3000, word.low)
    )


def _of_somewhere(words: Sequence[Word], n: int, *, has_capitals: bool) -> Iterator[Suggestion]:
    if n + 2 >= len(words) or words[n + 1].low != "of":
        return
    last = n + 1
    while (
        last + 1 < len(words)
        and last - n < MOST_LEFT
        and words[last + 1].follows
        and (
            words[last + 1].is_capital
            if has_capitals
            else words[last + 1].sort is not Sort.FUNCTION
            and (
                words[last + 1].may_name
                or words[last + 1].low in NAME_WORDS | KNOWN_HERE
                or last == n + 1
                or words[last + 1].sort is Sort.EITHER
            )
        )
    ):
        last += 1
    if last > n + 1:
        first = n - 1 if n and words[n].low == "lady" and words[n - 1].low == "our" else n
        yield _organisation(words, first, last, "is named like an organisation", 0.65)


def _workplace(words: Sequence[Word], first: int, *, has_capitals: bool) -> Iterator[Suggestion]:
    last = first - 1
    while last + 1 < len(words) and last - first < MOST_AFTER_CUE - 1:
        word = words[last + 1]
        if last >= first and not _is_near(words, last + 1):
            break
        joins = word.low in ("and", "of") and last + 2 < len(words) and last >= first
        if joins:
            word = words[last + 2]
        if not _may_employ(word, has_capitals=has_capitals):
            break
        last += 1 + joins
    if last >= first:
        yield _organisation(words, first, last, "comes after words about a job", 0.5)


def _may_employ(word: Word, *, has_capitals: bool) -> bool:
    if word.sort in (Sort.FUNCTION, Sort.NUMBER):
        return False
    if has_capitals:
        return word.is_capital
    return word.low not in _NO_EMPLOYER


_NO_EMPLOYER = listed(
    "twenty thirty forty fifty ten five fifteen eleven twelve six seven eight nine hundred "
    "home living night money free hours months weeks days decades while age insurance until"
)


def _saint(words: Sequence[Word], n: int) -> Iterator[Suggestion]:
    """ "Saint Mary's", with or without what it is."""
    if n + 1 < len(words) and words[n + 1].start - words[n].end <= 2:
        word = words[n + 1]
        if word.sort in (Sort.FIRST, Sort.UNKNOWN, Sort.LAST, Sort.EITHER):
            yield _organisation(words, n, n + 1, "is named like an organisation", 0.6)


def _partners(words: Sequence[Word], n: int) -> Iterator[Suggestion]:
    """ "Robinson, Byrd and Strong": three last names, at least one of which is nothing else."""
    if n < 2 or n + 1 >= len(words):
        return
    three = (words[n - 2], words[n - 1], words[n + 1])
    lists = word_lists()
    are_last = all(w.low in lists.last and lists.is_rarer_than(350, w.low) for w in three)
    if are_last and any(w.may_name for w in three) and three[1].start - three[0].end <= 2:
        yield _organisation(words, n - 2, n + 1, "is named like an organisation", 0.55)


def _organisation(
    words: Sequence[Word], first: int, last: int, why: str, sureness: float
) -> Suggestion:
    return Suggestion(
        words[first].start, words[last].end, IdentifierKind.ORGANISATION, why, sureness
    )
