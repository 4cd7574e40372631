"""Towns and streets. Start at `places_in`."""

from collections.abc import Iterator, Sequence

from analysis.identifier_spoken import NUMBER_WORDS, TENS
from analysis.identifier_words import KNOWN_HERE, Sort, Word, listed, word_lists
from domain.identifiers import IdentifierKind, Suggestion

BEFORE_A_PLACE = listed("in from to near at around outside between toward towards into")
PLACE_BEGINS = listed(
    "north south east west new port lake fort mount mt saint st san santa los las el la upper "
    "lower old glen point cape grand palm"
)
PLACE_ENDS = listed(
    "springs heights city beach falls park grove hills lake valley creek ridge county "
    "township island harbor village junction"
)
STREET_ENDS = listed(
    "alley annex arcade ave avenue bayou beach bend blvd bluff bluffs bottom boulevard branch "
    "bridge brook brooks burg burgs bypass byp camp canyon cape causeway center centers "
    "circle circles cir cliff cliffs club common commons corner corners course court courts "
    "ct cove coves creek crescent crest crossing crossroad crossroads curve dale dam divide "
    "dr drive drives estate estates expressway extension extensions fall falls ferry field "
    "fields flat flats ford fords forest forge forges fork forks fort freeway garden gardens "
    "gateway glen glens green greens grove groves harbor harbors haven heights highway hwy "
    "hill hills hollow inlet island islands isle junction junctions key keys knoll knolls "
    "lake lakes land landing lane ln light lights loaf lock locks lodge loop mall manor "
    "manors meadow meadows mews mill mills mission motorway mount mountain mountains neck "
    "orchard oval overpass park parks parkway parkways pkwy pass passage path pike pine pines "
    "place pl plain plains plaza point points port ports prairie radial ramp ranch rapid "
    "rapids rest ridge ridges river road rd roads route row rue run shoal shoals shore shores "
    "skyway spring springs spur spurs sq square squares station stravenue stream st street "
    "streets summit terrace ter throughway trace track trafficway trail trl tunnel turnpike "
    "underpass union unions valley valleys via viaduct view views village villages ville "
    "vista walk walks wall way ways well wells"
)
SURE_ENDS = listed(
    "street st avenue ave road rd drive dr lane ln court ct boulevard blvd terrace highway "
    "hwy parkway pkwy circle cir trail turnpike"
)
UNITS_OF_A_HOUSE = listed("apt apartment suite unit room floor")
NO_STREET = listed(
    "percent minutes minute hours hour days day weeks week months month years year people "
    "times dollars miles"
)
FEW_WORDS = 4
RARE = 6000


def places_in(words: Sequence[Word], *, has_capitals: bool) -> Iterator[Suggestion]:
    """Places of the list, words around them that belong to their names, and street addresses."""
    n = 0
    while n < len(words):
        length = _length_in_list(words, n)
        if length and _is_meant(words, n, length, has_capitals=has_capitals):
            first, last = _widened(words, n, n + length - 1)
            why = "is on the list of places"
            yield _place(words, first, last, IdentifierKind.PLACE, why, 0.8)
            n = last + 1
        else:
            n += 1
    yield from _streets(words)


def _length_in_list(words: Sequence[Word], n: int) -> int:
    lists = word_lists()
    for length in lists.lengths_of_places.get(words[n].low, ()):
        said = words[n : n + length]
        name = " ".join(word.low for word in said)
        is_whole = len(said) == length and name in lists.places
        if is_whole and all(word.follows for word in said[1:]):
            return length
    return 0


def _is_meant(words: Sequence[Word], n: int, length: int, *, has_capitals: bool) -> bool:
    """Whether the words are a place here: "reading" and "crystal lake" are English too."""
    said = words[n : n + length]
    if all(word.low in KNOWN_HERE for word in said):
        return False
    after_cue = n > 0 and words[n - 1].low in BEFORE_A_PLACE
    if has_capitals:
        in_sentence = not said[0].starts_sentence or length > 1
        return all(word.is_capital for word in said) and (in_sentence or said[0].may_name)
    if any(word.may_name for word in said):
        return True
    if length > 1:
        return after_cue or all(word_lists().is_rarer_than(800, word.low) for word in said)
    return after_cue and words[n - 1].low in ("in", "from", "near") and _is_rare(said[0])


def _is_rare(word: Word) -> bool:
    return word.sort is not Sort.FUNCTION and word_lists().is_rarer_than(RARE, word.low)


def _widened(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    if first and words[first].follows and words[first - 1].low in PLACE_BEGINS:
        first -= 1
    if last + 1 < len(words) and words[last + 1].follows and words[last + 1].low in PLACE_ENDS:
        last += 1
    return first, last


def _streets(words: Sequence[Word]) -> Iterator[Suggestion]:
    """A number, up to four words, and a word with which streets end."""
    n = 0
    while n < len(words):
        after = _after_number(words, n)
        last = _street_end(words, after) if after > n else None
        if last is None:
            n = max(n + 1, after if after > n + 1 else n + 1)
            continue
        last = _with_flat(words, last)
        yield _place(words, n, last, IdentifierKind.ADDRESS, "looks like a street address", 0.85)
        n = last + 1


def _after_number(words: Sequence[Word], n: int) -> int:
    """The place after a house number that begins here, or ``n`` if none does."""
    at = n
    while (
        at < len(words)
        and at - n < 8
        and (words[at].low in NUMBER_WORDS or _is_house_number(words[at]))
    ):
        at += 1
    return at


def _is_house_number(word: Word) -> bool:
    return word.low[0].isdigit() and len(word.low) <= 7


def _street_end(words: Sequence[Word], after: int) -> int | None:
    found = None
    for at in range(after, min(after + FEW_WORDS + 1, len(words))):
        word = words[at]
        if word.low in NO_STREET or (word.sort is Sort.FUNCTION and word.low not in STREET_ENDS):
            break
        if word.start - words[at - 1].end > 3:
            break
        if word.low in SURE_ENDS or (
            at > after and word.low in STREET_ENDS and _names_a_street(words, after, at)
        ):
            found = at
    return found


def _names_a_street(words: Sequence[Word], first: int, end: int) -> bool:
    """Words such as "view" or "run" end a street only after something that can be a name."""
    named = words[first:end]
    return all(w.may_name or w.sort is Sort.EITHER or w.is_capital or _is_last(w) for w in named)


def _is_last(word: Word) -> bool:
    return word.low in word_lists().last


def _with_flat(words: Sequence[Word], last: int) -> int:
    if last + 2 < len(words) and words[last + 1].low in UNITS_OF_A_HOUSE:
        at = last + 2
        while (
            at < len(words)
            and at - last < 8
            and (
                words[at].low in NUMBER_WORDS
                or words[at].low in TENS
                or words[at].sort is Sort.NUMBER
                or (len(words[at].low) == 1 and words[at].low not in "ai")
            )
        ):
            at += 1
        return at - 1 if at > last + 2 else last
    return last


def _place(
    words: Sequence[Word], first: int, last: int, kind: IdentifierKind, why: str, sureness: float
) -> Suggestion:
    return Suggestion(words[first].start, words[last].end, kind, why, sureness)
