"""What can be found in a programme. Start at `Kind`."""

from enum import StrEnum


class Kind(StrEnum):
    """What a result is."""

    SAID = "what was said"
    RECOMMENDATION = "recommendation"
    OUTCOME = "outcome"
