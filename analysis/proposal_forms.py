"""Ways to propose. Start at `PROPOSING`.

Written by hand from how English does it: what is advised (`proposal_modals`), what is asked for,
wished and offered (`proposal_asking`); what looks alike stands in `proposal_alike`. Each is a name
and a pattern over a sentence in small letters with straight apostrophes. What each is worth is
learned, see docs/proposals.md.
"""

from analysis.proposal_asking import ASKING
from analysis.proposal_modals import ADVISING

PROPOSING: tuple[tuple[str, str], ...] = (*ADVISING, *ASKING)
"""A sentence that has none of these, and no command, proposes nothing."""
