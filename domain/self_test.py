"""What the self test measures and what it needs. Start at `BOUNDS`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Measure(StrEnum):
    """One thing that must come out of what was planted."""

    THEME_ARI = "themes recovered"
    THEME_V = "themes recovered, by V-measure"
    EVIDENCE = "quotes found for recommendations"
    CHANGED_TURNS = "turns changed on the way in"
    QUOTE_ERRORS = "quotes that are not exact"
    UNRELEASED = "unreleased words shown"
    SIGN_ERRORS = "agree and disagree mixed up"
    TALLY_ERRORS = "counts that are wrong"
    LEAKS = "answers of a few people shown"


BOUNDS: dict[Measure, float] = {
    Measure.THEME_ARI: 0.45,
    Measure.THEME_V: 0.65,
    Measure.EVIDENCE: 0.65,
    Measure.CHANGED_TURNS: 0,
    Measure.QUOTE_ERRORS: 0,
    Measure.UNRELEASED: 0,
    Measure.SIGN_ERRORS: 0,
    Measure.TALLY_ERRORS: 0,
    Measure.LEAKS: 0,
}
SHARES = frozenset({Measure.THEME_ARI, Measure.THEME_V, Measure.EVIDENCE})
"""Those that must reach their bound; the others must not exceed it.

The bounds are what the model that comes with the program reached at worst over twelve seeds (ARI
.53, V .75, quotes .76), less about a tenth for other seeds and processors. Vectors in a random
order reach an ARI of .02 and a V of .16 at best.
"""


@dataclass(frozen=True)
class Finding:
    """A measure with what came out, and out of how many."""

    measure: Measure
    value: float
    bound: float
    n: int

    @property
    def is_met(self) -> bool:
        """A value that is no number meets nothing."""
        if self.measure in SHARES:
            return self.value >= self.bound
        return self.value <= self.bound and self.n > 0


@dataclass(frozen=True)
class SelfTest:
    """One run of the self test on this installation."""

    tested_at: datetime
    seed: int
    model: str
    path_name: str
    version: str
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def is_passed(self) -> bool:
        """Whether everything was measured and is as it must be."""
        return {f.measure for f in self.findings} == set(Measure) and all(
            finding.is_met for finding in self.findings
        )
