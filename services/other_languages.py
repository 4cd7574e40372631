"""Words that were said in another language and stand in no theme. Start at `not_grouped`."""

from collections import Counter

from domain.ids import MeetingId
from services.theme_reading import read_run
from store.engine import Connection


def not_grouped(tx: Connection, meeting_id: MeetingId) -> Counter[str]:
    """How many passages of which language stand in no theme; empty before there are themes."""
    from analysis.languages import other_language

    read = read_run(tx, meeting_id)
    aside = [p for p in read.passages if p.member.theme_id is None] if read else []
    return Counter(language for p in aside if (language := other_language(p.quote.text)))
