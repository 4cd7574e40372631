"""Made-up spoken sentences that know where their identifiers stand. Start at `gold_sentences`."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from faker import Faker

from tests.analysis.identifier_speech import mishear, mishear_name, read_out, write_plainly

LOCALES = (
    "en_US",
    "en_US",
    "en_US",
    "es_MX",
    "en_IN",
    "vi_VN",
    "pl_PL",
    "de_DE",
    "fr_DZ",
    "zh_TW",
    "ja_JP",
    "yo_NG",
    "it_IT",
)
"""Where made-up people come from, in Latin letters; the first thrice, as in most rooms there."""
ROMANISED = ("zh_TW", "ja_JP")
TITLES = re.compile(
    r"^(cô|bà|ông|anh|chị|em|quý ông|quý cô|pan|pani|prof\.|dr\.?|ing\.|lic\.|mtro\.|sr\.|sra\.|"
    r"sig\.ra|sig\.|dott\.|herr|frau|dipl\.-ing\.|univ\.prof\.|mr\.?|mrs\.?|ms\.?|miss)\s+"
    r"|,?\s+(md|phd|dds|dvm|jr\.|sr\.|ii|iii|iv|v|mba\.?|b\.\w+\.?)$",
    re.IGNORECASE,
)
N_ON_ROSTER = 30
STRUCTURED = frozenset({"email", "phone", "ssn", "mbi", "url", "ip", "zip", "date"})
OTHER_NAMES = frozenset({"name", "first", "last"})
ROSTER = frozenset({"roster_full", "roster_first", "roster_last"})
MBI_SIGNS = {
    "9": "123456789",
    "a": "ACDEFGHJKMNPQRTUVWXY",
    "x": "0123456789ACDEFGHJKMNPQRTUVWXY",
    "n": "0123456789",
}
"""What may stand at each place of a Medicare number, as its makers write it: "9axnaxnaann"."""
SLOT = re.compile(r"\{(\w+)\}")


class Variant(StrEnum):
    """How the words reached us."""

    CASED = "cased"
    LOWER = "lower-case"
    MISHEARD = "misheard"


@dataclass(frozen=True)
class Stretch:
    """Where an identifier stands in its sentence."""

    kind: str
    start: int
    end: int
    is_exact: bool = True


@dataclass(frozen=True)
class Sentence:
    """A sentence with every identifier in it."""

    text: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Parts:
    """What institutions are called; the held-out sentences have others than the tuned ones."""

    hospitals: tuple[str, ...]
    trades: tuple[str, ...]
    firsts: tuple[str, ...]


TUNED_PARTS = Parts(
    hospitals=(
        "{last} Memorial Hospital",
        "Saint {first}'s Hospital",
        "{city} General Hospital",
        "{city} Regional Medical Center",
        "the University of {city}",
        "{last} Clinic",
        "Mercy Hospital",
        "Good Samaritan Medical Center",
        "{city} ALS Clinic",
        "Sacred Heart Hospital",
    ),
    trades=("Freight", "Credit Union", "Dairy", "Roofing", "Insurance", "Foods", "Electric"),
    firsts=("Summit", "Harbor", "Blue Ridge", "Lakeside", "Pioneer", "Golden", "Cardinal"),
)
HELD_OUT_PARTS = Parts(
    hospitals=(
        "{last} University Hospital",
        "St. {first} Medical Center",
        "{city} Community Hospital",
        "{city} Health",
        "Our Lady of Hope",
        "the {last} Institute",
        "{last} Children's Hospital",
        "Providence Rehabilitation Center",
        "Mount {last} Hospital",
        "{city} Hospice",
        "Three Rivers Veterans Hospital",
    ),
    trades=("Trucking", "Bank", "Software", "Realty", "Brewing", "Couriers", "Textiles", "Tire"),
    firsts=("Evergreen", "Sunrise", "Red River", "Northern", "Liberty", "Coastal", "Keystone"),
)


class Maker:
    """Makes values for the slots of a template, the same ones for the same seed."""

    def __init__(self, seed: int, parts: Parts) -> None:
        self.chance = random.Random(seed)
        self.parts = parts
        self.people = [self._person() for _ in range(N_ON_ROSTER)]

    def value(self, kind: str) -> str:
        return str(getattr(self, f"_{kind}")())

    @property
    def roster(self) -> list[str]:
        """Names as a roster has them, some with a title."""
        return [
            f"Dr. {first} {last}" if n % 7 == 0 else f"{first} {last}"
            for n, (first, last) in enumerate(self.people)
        ]

    def _person(self) -> tuple[str, str]:
        locale = self.chance.choice(LOCALES)
        fake = _faker(locale)
        fake.seed_instance(self.chance.getrandbits(32))
        if locale in ROMANISED:
            words = (fake.romanized_name() if locale == "ja_JP" else _taiwanese(fake)).split()
            first, last = words[0], words[-1]
        else:
            first, last = _bare(fake.first_name()), _bare(fake.last_name())
        if locale == "vi_VN" or self.chance.random() < 0.5:
            return _without_accents(first), _without_accents(last)
        return first, last

    def _name(self) -> str:
        return " ".join(self._person())

    def _first(self) -> str:
        return self._person()[0]

    def _last(self) -> str:
        return self._person()[1]

    def _roster_full(self) -> str:
        return " ".join(self.chance.choice(self.people))

    def _roster_first(self) -> str:
        return self.chance.choice(self.people)[0]

    def _roster_last(self) -> str:
        return self.chance.choice(self.people)[1]

    def _city(self) -> str:
        fake = self._fake("en_US")
        roll = self.chance.random()
        if roll < 0.7:
            return str(fake.local_latlng("US")[2])
        if roll < 0.85:
            return str(fake.city())
        return _without_accents(self._fake(self.chance.choice(("de_DE", "pl_PL"))).city())

    def _hospital(self) -> str:
        pattern = self.chance.choice(self.parts.hospitals)
        return SLOT.sub(lambda slot: self.value(slot[1]), pattern)

    def _company(self) -> str:
        if self.chance.random() < 0.5:
            return str(self._fake("en_US").company())
        first = self.chance.choice((*self.parts.firsts, self._last()))
        return f"{first} {self.chance.choice(self.parts.trades)}"

    def _street(self) -> str:
        return str(self._fake("en_US").street_address())

    def _zip(self) -> str:
        return str(self._fake("en_US").postcode())

    def _email(self) -> str:
        fake = self._fake("en_US")
        return str(self.chance.choice((fake.email, fake.company_email, fake.free_email))())

    def _phone(self) -> str:
        digits = f"{self.chance.randint(201, 989)}555{self.chance.randint(0, 9999):04}"
        a, b, c = digits[:3], digits[3:6], digits[6:]
        shapes = (f"{a}-{b}-{c}", f"({a}) {b}-{c}", f"{a}.{b}.{c}", f"+1 {a} {b} {c}", digits)
        return self.chance.choice(shapes)

    def _ssn(self) -> str:
        return str(self._fake("en_US").ssn())

    def _mbi(self) -> str:
        pick = self.chance.choice
        made = "".join(pick(MBI_SIGNS[place]) for place in "9axnaxnaann")
        return f"{made[:4]}-{made[4:7]}-{made[7:]}" if self.chance.random() < 0.5 else made

    def _mrn(self) -> str:
        return str(self.chance.randint(100_000, 99_999_999))

    def _plan(self) -> str:
        return self._fake("en_US").bothify("???#########").upper()

    def _account(self) -> str:
        return self._fake("en_US").numerify("####-####-####")

    def _licence(self) -> str:
        return self._fake("en_US").bothify("?#######").upper()

    def _url(self) -> str:
        fake = self._fake("en_US")
        site = fake.domain_name()
        shapes = (f"https://{site}/{fake.uri_path()}", f"www.{site}", f"{site}/{fake.uri_path()}")
        return self.chance.choice(shapes)

    def _ip(self) -> str:
        return str(self._fake("en_US").ipv4())

    def _date(self) -> str:
        day = self._fake("en_US").date_between("-12y", "-1y")
        month, n = day.strftime("%B"), day.day
        nth = f"{n}{'th' if 10 < n < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
        return self.chance.choice(
            (
                f"{month} {nth}",
                f"{month} {n}, {day.year}",
                f"{month} {nth}, {day.year}",
                f"the {nth} of {month}",
                f"{day.month}/{n}/{day.year}",
                f"{month} {day.year}",
                day.isoformat(),
                f"{n} {month[:3]} {day.year}",
            )
        )

    def _age(self) -> str:
        return str(self.chance.randint(90, 108))

    def _vehicle(self) -> str:
        return str(self._fake("en_US").license_plate())

    def _device(self) -> str:
        return self._fake("en_US").bothify("??-#######").upper()

    def _trial(self) -> str:
        return f"NCT0{self.chance.randint(1_000_000, 6_999_999)}"

    def _fake(self, locale: str) -> Faker:
        fake = _faker(locale)
        fake.seed_instance(self.chance.getrandbits(32))
        return fake


@cache
def _faker(locale: str) -> Faker:
    return Faker(locale)


def _taiwanese(fake: Faker) -> str:
    """ "Chia-Hao Chuang", the given name first, as a transcript has it."""
    last, first = fake.romanized_name().title().split(" ", 1)
    return f"{first.replace(' ', '-')} {last}"


def _bare(name: str) -> str:
    while (bare := TITLES.sub("", name)) != name:
        name = bare
    return name.strip()


def _without_accents(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = plain.replace("ł", "l").replace("Ł", "L").replace("ß", "ss")
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def gold_sentences(
    maker: Maker, templates: str, plain: str, n_sentences: int, variant: Variant
) -> Iterator[Sentence]:
    """So many sentences in one variant: three with identifiers, then one without."""
    with_slots, without = _lines(templates), _lines(plain)
    order = maker.chance.sample(with_slots, len(with_slots))
    for n in range(n_sentences):
        if n % 4 == 3:
            template = without[(n // 4) % len(without)]
        else:
            template = order[(n - n // 4) % len(order)]
        yield _fill(maker, template, variant)


def _lines(block: str) -> list[str]:
    return [line for line in block.strip().split("\n") if line]


def _fill(maker: Maker, template: str, variant: Variant) -> Sentence:
    text, stretches = "", []
    for n, piece in enumerate(SLOT.split(template)):
        is_value = n % 2 == 1
        said = maker.value(piece) if is_value else piece
        if is_value and said.startswith("the ") and piece == "hospital":
            text, said = text + "the ", said.removeprefix("the ")
        heard = _as_heard(maker.chance, said, piece if is_value else "", variant)
        if is_value:
            is_exact = piece not in ROSTER | OTHER_NAMES or heard == write_plainly(said)
            is_exact = is_exact or variant is Variant.CASED
            stretches.append(Stretch(piece, len(text), len(text) + len(heard), is_exact))
        text += heard
    return Sentence(text, tuple(stretches))


def _as_heard(chance: random.Random, said: str, kind: str, variant: Variant) -> str:
    if variant is Variant.CASED:
        return said
    if variant is Variant.LOWER:
        return write_plainly(said)
    change = mishear_name if kind in ROSTER | OTHER_NAMES else mishear
    return read_out(kind, said) or change(chance, write_plainly(said))
