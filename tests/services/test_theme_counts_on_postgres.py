"""Counting alone and reading whole, once more on PostgreSQL."""

from services import theme_edits
from services.theme_counts import places_at, voices_at
from services.theme_reading import read_run
from services.theme_speakers import voices_in
from tests.made_years import CHAIR, make_years
from tests.services.test_on_postgres import app_runtime

__all__ = ["app_runtime"]  # fixture


def test_counting_tells_what_reading_tells(app_runtime):
    made = make_years()
    theme_edits.rename(made.meetings[2022], made.themes[CHAIR], "Waiting")

    with app_runtime.store.read() as tx:
        counted = [voices_at(tx, meeting_id) for meeting_id in made.meetings.values()]
        read = [voices_in(read_run(tx, meeting_id)) for meeting_id in made.meetings.values()]

    assert counted == read


def test_places_are_found_by_their_texts(app_runtime):
    made = make_years()
    meeting_id = made.meetings[2022]

    with app_runtime.store.read() as tx:
        whole = [p for p in read_run(tx, meeting_id).passages if p.member.theme_id]
        asked = whole[0]
        found = places_at(tx, meeting_id, asked.member.theme_id, {asked.quote.revision_id})

    assert [p.start for p in found] == [asked.quote.start]
