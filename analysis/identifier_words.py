"""Words of a text, and what word lists know about each. Start at `words_of`.

The lists lie in data/words; data/README.md says where they come from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from analysis.stop_words import STOP_WORDS

FOLDER = Path(__file__).resolve().parents[1] / "data" / "words"
WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
BETWEEN = re.compile(r"(?:\s|\. |[-‐‑–])*")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$|^[^\w]*$")


def listed(words: str) -> frozenset[str]:
    """The words of a text, to ask whether one is among them."""
    return frozenset(words.split())


KNOWN_HERE = listed("""
    als lou gehrig gehrig's mnd ftd smn sod1 c9orf72 c9 fus tdp tardbp riluzole rilutek edaravone
    radicava relyvrio tofersen qalsody nuedexta baclofen gabapentin mexiletine tirasemtiv masitinib
    botox metformin lithium bipap cpap niv avaps trilogy astral hoyer tobii dynavox eyegaze tdf
    jackery hillrom resmed respironics philips prentke romich permobil quickie invacare numotion
    proloquo grid aac alsfrs alsfrsr fvc svc spo2 emg ncs mri ct csf dna rna crispr aso asos peg
    pegs ivig csf bmi icu er ers uti hipaa ada ssdi ssi ssa va vas pva fda nih ninds cdc cms
    medicare medicaid medigap cobra tricare irb irbs ind eap eaps nda act4als nct ema who ice vsed
    dnr polst hcpcs dme dmes cpt icd otc rn rns pt pts ot ots slp slps rt rts md mds np nps pa pas
    pcp pcps lcsw msw phd cna cnas aides neurologist neurologists pulmonologist pulmonologists
    neuromuscular physiatrist physiatrists gastroenterologist palliative tracheostomy trach trachs
    sialorrhea dysphagia dysarthria fasciculation fasciculations spasticity bulbar pseudobulbar
    neurodegenerative neurodegeneration neuropathy neurofilament biomarker biomarkers genomic
    exome telehealth telemedicine caregiver caregivers caregiving caregiver's copay copays
    deductible deductibles preauthorization preauthorizations formulary formularies covid omicron
    zoom youtube google facebook instagram twitter whatsapp linkedin email emails online website
    websites webinar webinars app apps iphone ipad iphones ipads android alexa siri bluetooth wifi
    wi fi laptop laptops smartphone vcr pdf powerpoint excel internet chatgpt ai
    okay ok yeah yep yup nope uh um umm uhm hm hmm mm mmm mhm huh gonna wanna gotta kinda sorta
    dunno lemme gimme cuz cos tho alright anymore y'all ya cannot anyways whatnot
    monday tuesday wednesday thursday friday saturday sunday mondays fridays christmas easter
    thanksgiving halloween january february march april june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec am pm
    america american americans english spanish french german chinese british canadian european
    mexican african asian hispanic indian japanese italian christian catholic jewish muslim
    usa us uk eu america's god jesus bible
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii
    idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina
    dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington
    wisconsin wyoming canada england europe africa asia china india germany france australia
    japan italy spain ireland scotland puerto rico
    th st nd rd mr mrs ms dr vs etc eg ie tv dvd gps usb suv suvs rv fedex ups diy faq faqs ceo
    ceos cfo hr pr phone roundtable roundtables neurology
    """)
"""Names of diseases, medicines, devices, public bodies and states: they tell nobody's name."""


class Sort(Enum):
    """What the lists make of a word on its own."""

    FUNCTION = "a word without which no sentence is made"
    PLAIN = "an English word"
    EITHER = "an English word and a first name"
    FIRST = "a first name"
    LAST = "a last name"
    UNKNOWN = "in no list"
    NUMBER = "has a digit"


@dataclass(frozen=True)
class Word:
    """A word with its place; ``low`` is what lists are asked: lower case, no accents, no 's."""

    start: int
    end: int
    text: str
    low: str
    sort: Sort
    starts_sentence: bool
    follows: bool
    """Whether only a space or a hyphen stands between it and the word before."""
    is_hyphenated: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def may_name(self) -> bool:
        """Whether it is no everyday English word."""
        return self.sort in (Sort.FIRST, Sort.LAST, Sort.UNKNOWN)


def words_of(text: str) -> list[Word]:
    """Every word in order.

    >>> [(word.low, word.sort.name) for word in words_of("Ann's mask")]
    [('ann', 'FIRST'), ('mask', 'PLAIN')]
    """
    found: list[Word] = []
    done = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        said = match[0].replace("’", "'")
        if said[-2:].lower() == "'s":
            end -= 2
            said = said[:-2]
        low = plain_letters(said)
        between = text[done:start]
        starts = not found or (SENTENCE_END.search(between[-8:]) is not None and between != " ")
        follows = bool(found) and len(between) < 4 and BETWEEN.fullmatch(between) is not None
        found.append(
            Word(start, end, text[start:end], low, sort_of(low), starts, follows, between == "-")
        )
        done = match.end()
    return found


def plain_letters(word: str) -> str:
    """Lower case without accents: "Nguyễn" and "nguyen" are the same name."""
    low = word.lower()
    if low.isascii():
        return low
    low = low.replace("đ", "d").replace("ł", "l").replace("ß", "ss").replace("ø", "o")
    return "".join(s for s in unicodedata.normalize("NFD", low) if not unicodedata.combining(s))


@cache
def sort_of(low: str) -> Sort:
    """What the lists make of it."""
    if any(sign.isdigit() for sign in low):
        return Sort.NUMBER
    lists = word_lists()
    base = low.partition("'")[0]
    if low in STOP_WORDS or len(low) < 2 or (base != low and base in _CONTRACTED):
        return Sort.FUNCTION
    if low in KNOWN_HERE:
        return Sort.PLAIN
    if low in lists.rank:
        return Sort.EITHER if low in lists.first else Sort.PLAIN
    if low in lists.first:
        return Sort.FIRST
    if low in lists.last:
        return Sort.LAST
    return Sort.PLAIN if _is_formed(low) else Sort.UNKNOWN


def _is_formed(low: str) -> bool:
    """Whether it is an English word with an everyday beginning or ending."""
    rank = word_lists().rank
    stems = [low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending)]
    stems += [stem + "e" for stem in stems] + [low]
    stems += [stem.removeprefix(b) for stem in stems for b in _BEGINNINGS if stem.startswith(b)]
    return any(len(stem) > 3 and stem in rank for stem in stems)


_ENDINGS = [
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "ers",
    "or",
    "ors",
    "ly",
    "y",
    "ness",
    "able",
    "ability",
    "ize",
    "izes",
    "ized",
    "izing",
    "ization",
    "ise",
    "ised",
    "less",
    "like",
    "wise",
    "ful",
    "ish",
    "ist",
    "ists",
    "ism",
    "al",
    "ally",
    "ity",
    "ship",
]
_BEGINNINGS = [
    "un",
    "non",
    "re",
    "pre",
    "de",
    "dis",
    "mis",
    "multi",
    "over",
    "under",
    "micro",
    "anti",
    "semi",
    "inter",
    "post",
    "co",
    "sub",
    "super",
    "trans",
    "neuro",
    "bio",
    "tele",
    "hyper",
    "immuno",
    "cyber",
    "self",
    "out",
    "up",
]


_CONTRACTED = listed(
    "i you he she it we they who what that there here where how don didn doesn isn aren wasn "
    "weren couldn wouldn shouldn can won haven hasn hadn ain let one somebody nobody "
    "everybody"
)


@dataclass(frozen=True)
class WordLists:
    """English words with their place by frequency; names; places, and how many words each has.

    ``lengths_of_places`` tells, for a place's first word, the longest names first.
    """

    rank: dict[str, int]
    first: frozenset[str]
    last: frozenset[str]
    places: frozenset[str]
    lengths_of_places: dict[str, tuple[int, ...]]

    def is_rarer_than(self, place: int, low: str) -> bool:
        """Whether so many English words are more frequent."""
        return self.rank.get(low, len(self.rank)) > place


@cache
def word_lists() -> WordLists:
    """The lists of data/words, read once."""
    places = [re.findall(r"[a-z']+", name) for name in _lines("places")]
    lengths: dict[str, set[int]] = {}
    for words in places:
        lengths.setdefault(words[0], set()).add(len(words))
    return WordLists(
        {word: n for n, word in enumerate(_lines("english"))},
        frozenset(_lines("first_names")),
        frozenset(_lines("last_names")),
        frozenset(" ".join(words) for words in places),
        {first: tuple(sorted(several, reverse=True)) for first, several in lengths.items()},
    )


def is_written_with_capitals(words: Sequence[Word]) -> bool:
    """Whether capital letters tell something: neither lower case nor capitals throughout."""
    told = [word for word in words if word.text.isalpha() and len(word.text) > 1]
    n_capital = sum(word.is_capital for word in told)
    if not n_capital:
        return False
    return n_capital < max(2, 0.7 * len(told)) or len(told) < 4


def _lines(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n")
