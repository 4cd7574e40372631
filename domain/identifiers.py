"""What could tell who somebody is, and words with it taken out. Start at `hide`.

A machine that looks for identifiers misses some of them, always. What is here only suggests; a
person reads the words and decides what others see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class IdentifierKind(StrEnum):
    """HIPAA Safe Harbor's 18 kinds as far as text can hold them, and what our people add to them.

    Faces, voices and fingerprints are not in a text; telephone and fax numbers look the same.
    """

    NAME = "name"
    PLACE = "place"
    ADDRESS = "address"
    DATE = "date"
    AGE = "age over 89"
    PHONE = "phone or fax number"
    EMAIL = "e-mail address"
    SOCIAL_SECURITY = "social security number"
    MEDICAL = "medical record or plan number"
    ACCOUNT = "account or licence number"
    VEHICLE = "vehicle"
    DEVICE = "device"
    WEB = "web address"
    INTERNET = "internet address"
    CODE = "other number"
    ORGANISATION = "employer, clinic or other organisation"
    TRIAL = "clinical trial"

    @property
    def stand_in(self) -> str:
        """What readers see in its place."""
        return f"[{_STAND_INS.get(self, self.value)}]"


_STAND_INS = {
    IdentifierKind.AGE: "age",
    IdentifierKind.PHONE: "phone",
    IdentifierKind.EMAIL: "e-mail",
    IdentifierKind.SOCIAL_SECURITY: "number",
    IdentifierKind.MEDICAL: "number",
    IdentifierKind.ACCOUNT: "number",
    IdentifierKind.CODE: "number",
    IdentifierKind.WEB: "web address",
    IdentifierKind.INTERNET: "internet address",
    IdentifierKind.ORGANISATION: "organisation",
    IdentifierKind.TRIAL: "trial",
}


@dataclass(frozen=True)
class Suggestion:
    """A stretch that the machine would hide, why, and how sure it is from 0 to 1."""

    start: int
    end: int
    kind: IdentifierKind
    why: str
    sureness: float


def hide(text: str, suggestions: Iterable[Suggestion]) -> str:
    """The words with every stretch replaced by what it was.

    >>> hide("Ask Ann Lee.", [Suggestion(4, 11, IdentifierKind.NAME, "on the roster", 1.0)])
    'Ask [name].'
    """
    parts, done = [], 0
    for one in settle(suggestions):
        start, end = max(0, one.start), min(len(text), one.end)
        if start < end:
            parts += [text[done:start], one.kind.stand_in]
            done = end
    return "".join([*parts, text[done:]])


def settle(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Stretches that do not overlap and cover every character that any of them covers.

    Where several overlap, the longest tells the kind and the reason, the surest the sureness.
    """
    together: list[list[Suggestion]] = []
    reach = -1
    for one in sorted(suggestions, key=lambda one: (one.start, -one.end)):
        if one.start < reach:
            together[-1].append(one)
        else:
            together.append([one])
        reach = max(reach, one.end)
    return tuple(_joined(overlapping) for overlapping in together)


def _joined(overlapping: Sequence[Suggestion]) -> Suggestion:
    told = max(overlapping, key=lambda one: (one.end - one.start, one.sureness))
    return replace(
        told,
        start=overlapping[0].start,
        end=max(one.end for one in overlapping),
        sureness=max(one.sureness for one in overlapping),
    )
