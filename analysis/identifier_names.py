"""Names of people by the words around them, for text without capitals too. Start at `names_in`."""

from collections.abc import Iterator, Sequence

from analysis.identifier_places import PLACE_BEGINS, PLACE_ENDS
from analysis.identifier_words import KNOWN_HERE, Sort, Word, listed, word_lists
from domain.identifiers import IdentifierKind, Suggestion

TITLES = listed(
    "dr doctor mr mrs ms miss mister nurse professor prof reverend pastor rabbi father sister "
    "judge senator congressman congresswoman representative uncle aunt auntie grandma grandpa "
    "coach captain sergeant madam sir"
)
RELATIONS = listed(
    "husband wife son daughter brother sister mother mom mum father dad uncle aunt cousin "
    "niece nephew grandson granddaughter grandmother grandfather partner friend neighbor "
    "neighbour boyfriend girlfriend fiance boss colleague therapist nurse aide caregiver "
    "neurologist pulmonologist doctor worker coordinator manager pathologist dietitian boy "
    "girl kid twin roommate landlord lawyer teacher rep representative called named name's"
)
ADDRESSED = listed(
    "thank thanks hi hello hey dear ask asked asking told tell telling called call calling "
    "said met meet saw see with named name's and like says for from by thanked knew know miss "
    "missed love loved visited visit emailed texted it's that's between both named to without"
)
AFTER_A_NAME = listed(
    "said says asked asks told tells mentioned thinks thought wrote replied explained wants "
    "wanted was is has had will can called calls came died lives lived works worked took gets "
    "got and knows knew helped drove built"
)
KIN = listed(
    "husband wife son daughter brother sister mother mom mum father dad cousin niece nephew "
    "grandson granddaughter partner friend neighbor neighbour boy girl uncle aunt fiance "
    "boyfriend girlfriend"
)
WHOSE = listed("my his her our their your the")
PARTICLES = listed("de del della di da dos van von der den la le bin ibn al el abu ben st")
MOST_WORDS = 5
EVERYDAY = 350
COMMON = 2500


def names_in(words: Sequence[Word], *, has_capitals: bool) -> Iterator[Suggestion]:
    """Stretches that are somebody's name as far as lists and the words around can tell."""
    n = 0
    while n < len(words):
        found = _sureness(words, n, has_capitals=has_capitals)
        if found is None:
            n += 1
            continue
        sureness, why = found
        last = _extended(words, n, has_capitals=has_capitals)
        first = _begun(words, n, has_capitals=has_capitals)
        yield Suggestion(words[first].start, words[last].end, IdentifierKind.NAME, why, sureness)
        n = last + 1


def _sureness(words: Sequence[Word], n: int, *, has_capitals: bool) -> tuple[float, str] | None:
    """How surely a name begins here and why; None where none does."""
    word = words[n]
    if word.sort is Sort.NUMBER or len(word.low) < 2:
        return None
    if _follows_kin(words, n, has_capitals=has_capitals):
        return 0.6, "stands where a name would"
    if _follows_title(words, n, has_capitals=has_capitals):
        return 0.9, "comes after a title"
    if word.low in KNOWN_HERE:
        return None
    return _by_lists(words, n, has_capitals=has_capitals)


def _by_lists(words: Sequence[Word], n: int, *, has_capitals: bool) -> tuple[float, str] | None:
    word = words[n]
    if has_capitals and not word.is_capital and word.sort is not Sort.FIRST:
        return None
    if word.sort is Sort.FIRST:
        return 0.8, "is on the list of first names"
    if word.may_name:
        return _unlisted(words, n)
    if word.sort is Sort.FUNCTION and not (has_capitals and word.is_capital):
        return None
    return _either(words, n, has_capitals=has_capitals)


def _follows_title(words: Sequence[Word], n: int, *, has_capitals: bool) -> bool:
    if not n or words[n - 1].low not in TITLES or words[n].start - words[n - 1].end > 2:
        return False
    word = words[n]
    if word.sort is Sort.FUNCTION or word.low in AFTER_A_NAME | KNOWN_HERE:
        return False
    if has_capitals:
        return word.is_capital
    return word.may_name or word.sort is Sort.EITHER or _is_rare_last(word)


def _follows_kin(words: Sequence[Word], n: int, *, has_capitals: bool) -> bool:
    """ "My daughter Rim is nine": rare words too are names there."""
    word = words[n]
    if n < 2 or words[n].start - words[n - 1].end > 2:
        return False
    before = (words[n - 2].low, words[n - 1].low)
    if before == ("thank", "you"):
        return word.low in word_lists().first and word_lists().is_rarer_than(EVERYDAY, word.low)
    if before[1] not in KIN or before[0] not in WHOSE:
        return False
    if has_capitals:
        return word.is_capital and word.sort is not Sort.FUNCTION
    is_rare = word_lists().is_rarer_than(COMMON, word.low) and word.low not in KNOWN_HERE
    after = words[n + 1].low if n + 1 < len(words) else ""
    return is_rare and word.sort is not Sort.FUNCTION and after in AFTER_A_NAME


def _is_rare_last(word: Word) -> bool:
    return word.low in word_lists().last and word_lists().is_rarer_than(EVERYDAY, word.low)


def _unlisted(words: Sequence[Word], n: int) -> tuple[float, str] | None:
    word = words[n]
    if n and words[n - 1].low in ADDRESSED | RELATIONS:
        return 0.7, "stands where a name would"
    if word.sort is Sort.LAST:
        return 0.6, "is on the list of last names"
    return (0.45, "is in no list of English words") if len(word.low) > 2 else None


def _either(words: Sequence[Word], n: int, *, has_capitals: bool) -> tuple[float, str] | None:
    """Words such as "grace", "mark" or "will", by what stands around them."""
    word = words[n]
    before = words[n - 1].low if n else ""
    after = words[n + 1] if n + 1 < len(words) else None
    if has_capitals:
        is_name = word.sort is Sort.EITHER and (
            not word.starts_sentence or (after is not None and after.is_capital)
        )
        return (0.7, "is a first name with a capital letter") if is_name else None
    if word.sort is not Sort.EITHER or not word_lists().is_rarer_than(EVERYDAY, word.low):
        return None
    is_rare = word_lists().is_rarer_than(COMMON, word.low)
    if before in RELATIONS or (is_rare and before in ADDRESSED):
        return 0.6, "stands where a name would"
    if is_rare and after is not None and (_is_surname(after) or after.low in AFTER_A_NAME):
        return 0.55, "stands where a name would"
    return None


def _is_surname(word: Word) -> bool:
    return word.follows and (word.sort in (Sort.LAST, Sort.UNKNOWN) or _is_rare_last(word))


def _extended(words: Sequence[Word], n: int, *, has_capitals: bool) -> int:
    """The last word of a name that begins here."""
    last = n
    while last + 1 < len(words) and last - n < MOST_WORDS and words[last + 1].follows:
        word = words[last + 1]
        if word.low in PARTICLES and last + 2 < len(words) and words[last + 2].follows:
            if not _belongs(words[last + 2], has_capitals=has_capitals):
                break
            last += 2
        elif _belongs(word, has_capitals=has_capitals) or _is_other_half(word, words[last]):
            last += 1
        elif words[last].may_name and word.low in PLACE_ENDS:
            return last + 1
        else:
            break
    return last


def _belongs(word: Word, *, has_capitals: bool) -> bool:
    """Whether it can be a further part of a name."""
    if word.low in KNOWN_HERE or word.sort is Sort.NUMBER:
        return False
    if has_capitals:
        return word.is_capital and (word.sort is not Sort.FUNCTION or len(word.low) < 3)
    if word.sort is Sort.FUNCTION:
        return False
    if word.may_name:
        return True
    return word.low not in AFTER_A_NAME and (
        _is_rare_last(word) or (word.sort is Sort.EITHER and _is_rare_first(word))
    )


def _is_rare_first(word: Word) -> bool:
    return word_lists().is_rarer_than(EVERYDAY, word.low)


def _is_other_half(word: Word, before: Word) -> bool:
    """Of "Parks-Anderson", where one half is an everyday word."""
    lists = word_lists()
    return word.is_hyphenated and (word.low in lists.last and before.low in lists.last)


def _begun(words: Sequence[Word], n: int, *, has_capitals: bool) -> int:
    """The first word of a name of which this is a part."""
    first = n
    while first and words[first].follows and n - first < 2:
        word = words[first - 1]
        if words[first].may_name and word.low in PLACE_BEGINS:
            return first - 1
        is_part = word.low not in PARTICLES and _precedes(word, has_capitals=has_capitals)
        if not is_part and not _is_other_half(words[first], word):
            break
        first -= 1
    return first


def _precedes(word: Word, *, has_capitals: bool) -> bool:
    if word.low in KNOWN_HERE or word.low in TITLES or word.sort is Sort.FUNCTION:
        return False
    if has_capitals:
        return word.is_capital and (word.sort is not Sort.PLAIN or not word.starts_sentence)
    return word.may_name or (word.sort is Sort.EITHER and _is_rare_first(word))
