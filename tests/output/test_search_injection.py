"""Search, every input and every filter take commands to a database as words."""

import os
from urllib.parse import quote as in_address

import httpx
import pytest
from streamlit.testing.v1 import AppTest

from domain.errors import RoundtableError
from domain.people import StakeholderGroup
from domain.talk import Zone
from services import (
    ballots,
    initiatives,
    links,
    live,
    meetings,
    programmes,
    recommendations,
    search,
    themes,
    transcripts,
    voters,
)
from store.tables import metadata
from tests.browser import served as serving
from tests.made_vote import make_vote
from tests.output.hostile_words import DATABASE, as_name
from tests.pages.conftest import DASHBOARD

ATTACKS = (
    *DATABASE,
    "1; DROP TABLE meeting",
    "x' OR meeting_id LIKE '%",
    "%",
    "_",
    "\\",
    "'; ATTACH DATABASE '/tmp/x.db' AS x; --",
    "${jndi:ldap://x}",
    ":name",
    "?",
    "\ufffd' OR 1=1",
    "') OR 1=1 --",
    "NULL",
)


def n_tables(store) -> int:
    with store.read() as tx:
        found = tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    return len({name for (name,) in found} & set(metadata.tables))


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_input_takes_a_command_as_words(attack, app_runtime, store):
    """O5: Names, statements, recommendations, titles: stored as typed, and nothing else happens."""
    vote = make_vote()
    meeting_id, before = vote.meeting_id, n_tables(store)

    meetings.add_person(meeting_id, attack, StakeholderGroup.OTHER, attack, attack)
    live.scribe(meeting_id, attack, stakeholder_group=StakeholderGroup.OTHER)
    written = recommendations.write(meeting_id, attack, author=attack)
    recommendations.revise(written, f"{attack} again", author=attack)

    assert as_name(attack) in {a.name for a in meetings.roster(meeting_id)}
    assert attack.strip() in {u.text for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)}
    assert recommendations.wordings(written)[0][1] == attack.strip()
    assert n_tables(store) == before == len(metadata.tables)


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_id_takes_a_command_as_an_id_that_nobody_has(attack, app_runtime, store):
    """O5: An id from an address finds nothing, or is refused in words; never a failure."""
    vote = make_vote()
    asked = (
        lambda: meetings.the_meeting(attack),
        lambda: programmes.the_programme(attack),
        lambda: meetings.roster(attack),
        lambda: transcripts.utterances(attack),
        lambda: recommendations.recommendations(attack),
        lambda: recommendations.wordings(attack),
        lambda: initiatives.initiatives(attack),
        lambda: initiatives.the_initiative(vote.programme_id, attack),
        lambda: search.around(attack),
        lambda: themes.theme_report(attack),
        lambda: themes.theme_quotes(vote.meeting_id, attack),
        lambda: ballots.results(attack),
        lambda: ballots.progress(attack),
        lambda: links.links_for(attack),
        lambda: voters.enter(attack),
    )

    found = [_asked(question) for question in asked]

    assert all(isinstance(one, RoundtableError) or not one for one in found), found
    assert n_tables(store) == len(metadata.tables)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_search_takes_a_command_as_words(attack, app_runtime, store):
    """O5: As the question, as a phrase, as a group: words that stand somewhere or nowhere."""
    vote = make_vote()
    meeting = meetings.the_meeting(vote.meeting_id)
    recommendations.write(vote.meeting_id, f"Zebra {attack} zebra", author="f")

    found = search.search(meeting.programme_id, attack)
    phrase = search.search(meeting.programme_id, f'"{attack}"')
    nobody = search.search(meeting.programme_id, "zebra", group=attack)
    zebra = search.search(meeting.programme_id, "zebra")

    assert zebra.hits[0].words == f"Zebra {attack} zebra".strip()
    assert nobody.hits == ()
    n_all = len(recommendations.recommendations(vote.meeting_id))
    assert max(len(found.hits), len(phrase.hits)) <= n_all + len(
        transcripts.utterances(vote.meeting_id)
    )
    assert n_tables(store) == len(metadata.tables)


def _asked(question):
    try:
        return question()
    except RoundtableError as refusal:
        return refusal


PLACES = [
    ("", "meeting"),
    ("", "programme"),
    ("", "as"),
    ("themes", "theme"),
    ("themes", "view"),
    ("recommendations", "recommendation"),
    ("recommendations", "view"),
    ("ballots", "ballot"),
    ("initiative", "initiative"),
    ("initiatives", "answers"),
    ("import", "step"),
    ("search", "q"),
    ("search", "years"),
    ("search", "group"),
    ("search", "turn"),
]
# All of them everywhere take minutes: each place gets one, and each one a place.
TRIED = [
    (attack, *place)
    for n, attack in enumerate(ATTACKS)
    for k, place in enumerate(PLACES)
    if os.environ.get("STRESS") or (n < len(PLACES) and k == n)
]


@pytest.mark.parametrize(("attack", "address", "word"), TRIED)
def test_every_word_of_an_address_is_a_filter_that_finds_nothing(
    attack, address, word, app_runtime, store
):
    """O5: A command in an address opens the screen without what it names, and no fault."""
    from ui.screens import SCREENS

    make_vote()
    screen = next(s for s in SCREENS if s.address == address)
    at = AppTest.from_file(DASHBOARD, default_timeout=120)
    at.query_params[word] = attack
    at.run()
    if address:
        at.query_params[word] = attack
        at.switch_page(screen.path).run()

    assert not at.exception
    assert not [e.value for e in at.error]
    assert n_tables(store) == len(metadata.tables)


def test_participants_addresses_take_commands_as_unknown_links(app_runtime, store):
    """O5: Every part of a participant's address; the answer is a page, never a 500."""
    from starlette.applications import Starlette

    from participant.routes import routes

    vote = make_vote()
    with serving(Starlette(routes=routes)) as address, httpx.Client(base_url=address) as browser:
        for attack in ATTACKS:
            told = in_address(attack, safe="")
            for path in (f"/p/j/{told}", f"/p/x/v/{told}/1", f"/p/{told}/", f"/p/{told}/help"):
                answer = browser.get(f"{path}?at={told}")
                assert answer.status_code < 500, path
                assert vote.maria not in answer.text
    assert n_tables(store) == len(metadata.tables)
