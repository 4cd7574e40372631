"""Who may do what, asked of the services themselves."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from domain.access import ALLOWED, Act, Actor, Grant, StaffRole
from domain.errors import NotPermitted, NotSignedIn
from domain.talk import Zone
from services import access, ballots, meetings, programmes, recommendations, transcripts
from services.access import acting_as, actor, may, require
from tests.pages.chain import make_chain
from tests.pages.staged import empty_meeting

ROOT = Path(__file__).parents[2]
REFUSES = {"require"}
ASKS = REFUSES | {"may", "may_reach", "actor"}
LEAVES_OUT = {"meetings.meetings_of", "programmes.programmes"}
"""Refuse nobody, and list what may be read."""

WITHOUT_ASKING = {
    "chain.by_meeting": "adds up what its caller read",
    "access.acting_as": "names who acts",
    "access.actor": "is who acts",
    "access.ask_with": "registers the question",
    "ballot_times.end_of": "computes a moment",
    "ballot_times.start_of": "computes a moment",
    "binding.refuse_open_address": "asks whether there are accounts at all",
    "accounts.actor_of": "is how it is known who acts",
    "accounts.change_password": "asks for the session and the password of whoever it is for",
    "accounts.cookie_name": "a name",
    "accounts.has_accounts": "whether a sign-in is needed",
    "accounts.sign_in": "comes before it is known who acts; asks for the password",
    "accounts.sign_out": "asks for the session that it ends",
    "exports.table_csv": "writes what stands on a screen already; its button asks for EXPORT",
    "links.qr_svg": "draws an address it is given",
    "log_lines.guard_logs": "the start of the program",
    "meetings.read_roster_file": "reads the file that is handed in; nothing is stored",
    "overview.months_between": "counts",
    "page_marks.make_mark": "seals a form that anybody may see",
    "page_marks.read_mark": "opens the seal again",
    "polis.read_polis": "reads the files that are handed in; nothing is stored",
    "practice.open_practice_vote": "the sample's invented people, and only without accounts",
    "practice.people_to_try": "the sample's invented people, and only without accounts",
    "panels.in_few_words": "words for a released rating it is given",
    "panels.in_numbers": "words for a released rating it is given",
    "reading_level.told": "a sentence about the text that it is given",
    "recommendations.read_list": "reads the file that is handed in; nothing is stored",
    "runtime.runtime": "where settings and store are",
    "set_up.open_link": "the one-time link says for whom it is",
    "set_up.use_link": "the one-time link says for whom it is",
    "settings.read_settings": "where things are",
    "themes.request_warm_model": "loads a model; no words of anybody",
    "transcripts.read_columns": "reads the file that is handed in; nothing is stored",
    "upkeep.bring_up_to_date": "the shape of the database, before anybody can be known",
    "upkeep.check": "whether the database is ready",
    "upkeep.health": "whether the database answers",
    "upkeep.is_whole": "whether a first start went through",
    "upkeep.make_ready": "the start of the program",
    "vote_parts.parts_of": "draws a released vote it is given",
    "vote_parts.whole_of": "draws a released vote it is given",
    "words_to_read.language_of": "tells the language of the text that it is given",
    "words_to_read.parts_of": "tells where the text that it is given changes language",
    "worker_supervisor.start": "the start of the program",
    "worker_supervisor.stop": "the end of the program",
}
"""What the staff's side calls and does not ask who acts, each with its reason."""


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def services() -> dict[str, ast.FunctionDef]:
    """ "module.function" → its tree."""
    return {
        f"{path.stem}.{node.name}": node
        for path in sorted((ROOT / "services").glob("*.py"))
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
    }


def named_in(tree: ast.Module) -> dict[str, str]:
    """Name in a file → the service, or the module of services, that it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            floor, _, module = node.module.partition(".")
            for alias in node.names if floor == "services" else ():
                told = f"{module}.{alias.name}" if module else alias.name
                names[alias.asname or alias.name] = told
    return names


def mentioned(tree: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """Every service that the tree mentions, called or handed on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{names.get(node.value.id, '')}.{node.attr}"
        elif isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]


def called_by_staff() -> set[str]:
    files = [ROOT / "dashboard.py", ROOT / "manage.py"]
    files += [
        path
        for floor in ("pages", "ui", "staff", "commands")
        for path in (ROOT / floor).rglob("*.py")
    ]
    trees = [parsed(path) for path in files]
    found = {name for tree in trees for name in mentioned(tree, named_in(tree))}
    return {name for name in found & services().keys() if "._" not in name}


def names_called(node: ast.AST) -> set[str]:
    calls = (n.func for n in ast.walk(node) if isinstance(n, ast.Call))
    return {call.id for call in calls if isinstance(call, ast.Name)}


@cache
def inner(name: str) -> frozenset[str]:
    """The services that a service goes on to."""
    module = name.partition(".")[0]
    tree = parsed(ROOT / "services" / f"{module}.py")
    known = named_in(tree)
    known |= {n.name: f"{module}.{n.name}" for n in tree.body if isinstance(n, ast.FunctionDef)}
    return frozenset(mentioned(services()[name], known)) & services().keys()


@cache
def asking() -> frozenset[str]:
    """Every service that asks who acts, itself or through another one that does.

    One that names somebody else to act for it does not ask through what it calls then.
    """
    found = {name for name, node in services().items() if names_called(node) & REFUSES}
    found |= LEAVES_OUT
    others = {n for n, node in services().items() if "acting_as" not in names_called(node)}
    while more := {name for name in others - found if inner(name) & found}:
        found |= more
    return frozenset(found)


def asks_itself(name: str) -> bool:
    """Whether the question stands in the service, or in a private function beside it."""
    module = name.partition(".")[0]
    called = names_called(services()[name])
    private = {f"{module}.{one}" for one in called if one.startswith("_")} & services().keys()
    return bool(called & REFUSES) or any(names_called(services()[one]) & REFUSES for one in private)


def opens_store(name: str) -> bool:
    """Whether a service opens the store itself."""
    attributes = (n for n in ast.walk(services()[name]) if isinstance(n, ast.Attribute))
    return any(n.attr == "store" for n in attributes)


def test_every_service_of_the_staff_asks_who_acts():
    """B-15: No screen, route or command reaches a service that asks nobody."""
    silent = called_by_staff() - asking()

    assert silent - set(WITHOUT_ASKING) == set()


def test_a_service_that_opens_the_store_itself_asks_in_its_own_words():
    """B-15: Asking through another service is not enough where data are read beside it."""
    openers = {name for name in called_by_staff() if opens_store(name)}
    silent = {name for name in openers if not asks_itself(name)}

    assert silent - set(WITHOUT_ASKING) == LEAVES_OUT


@pytest.mark.parametrize("name", sorted(LEAVES_OUT))
def test_a_list_leaves_out_what_may_not_be_read(name):
    assert names_called(services()[name]) & ASKS


def test_nobody_is_asked_for_within_a_transaction():
    """Asking may write that a session was used: within a transaction that waits for itself."""
    wrong = {
        name
        for name, node in services().items()
        for block in ast.walk(node)
        if isinstance(block, ast.With)
        and any(".write(" in ast.unparse(entered) for entered in block.items)
        and names_called(block) & ASKS
    }

    assert wrong == set()


def test_the_list_of_those_that_need_not_ask_names_nothing_else():
    assert set(WITHOUT_ASKING) <= called_by_staff() - asking()


def test_participants_services_ask_for_a_secret_and_never_for_a_role():
    files = (ROOT / "services" / f"{name}.py" for name in ("voting", "participation"))

    assert not [p.name for p in files if "services.access" in p.read_text("utf-8")]


@pytest.fixture
def chain(app_runtime):
    return make_chain()


def ann(*grants: Grant) -> Actor:
    return Actor("Ann", grants)


@pytest.mark.parametrize("role", StaffRole)
@pytest.mark.parametrize("act", Act)
def test_a_role_allows_its_acts_and_no_other(chain, role, act):
    """B-15: Every role with every act, in one's own meeting and in another."""
    other = empty_meeting(programmes.start_ours("Another programme"))
    with acting_as(ann(Grant(role, meeting_id=chain.meeting_id))):
        own, elsewhere = may(act, meeting_id=chain.meeting_id), may(act, meeting_id=other)

    assert (own, elsewhere) == (act in ALLOWED[role], False)


def test_a_role_for_a_programme_reaches_its_meetings_only(chain):
    """S6: Sideways into another programme."""
    other = empty_meeting(programmes.start_ours("Another programme"))
    with acting_as(ann(Grant(StaffRole.LEADER, programme_id=chain.programme_id))):
        reached = [may(Act.READ, meeting_id=m) for m in (chain.meeting_id, other)]

    assert reached == [True, False]


def test_a_role_for_one_meeting_does_not_open_its_programme(chain):
    """S6: Upwards."""
    with (
        acting_as(ann(Grant(StaffRole.LEADER, meeting_id=chain.meeting_id))),
        pytest.raises(NotPermitted),
    ):
        require(Act.READ, programme_id=chain.programme_id)


def test_programmes_and_meetings_out_of_reach_are_not_listed(chain):
    """S6: What no role reaches is not even named."""
    own = programmes.start_ours("Another programme")
    meeting_id = empty_meeting(own)
    with acting_as(ann(Grant(StaffRole.LEADER, meeting_id=meeting_id))):
        listed = [p.programme_id for p in programmes.programmes()]
        held = [m.meeting.meeting_id for p in listed for m in meetings.meetings_of(p)]
        others = meetings.meetings_of(chain.programme_id)

    assert (listed, held, others) == ([own], [meeting_id], [])


def test_nobody_reads_anything(chain):
    """S7: Where nobody is named, nothing is allowed."""
    nobody = access._named.set(None)
    try:
        with pytest.raises(NotSignedIn):
            recommendations.recommendations(chain.meeting_id)
    finally:
        access._named.reset(nobody)


def test_a_leader_reads_and_changes_nothing(chain):
    with acting_as(ann(Grant(StaffRole.LEADER))):
        assert recommendations.recommendations(chain.meeting_id)
        with pytest.raises(NotPermitted):
            recommendations.unchoose(chain.recommendation_id)

    assert [v.recommendation.state for v in recommendations.recommendations(chain.meeting_id)] == [
        "chosen"
    ]


def test_nobody_but_a_reviewer_reads_raw_words(chain):
    """B-3: The restricted zone is closed to facilitators too."""
    with (
        acting_as(ann(Grant(StaffRole.FACILITATOR), Grant(StaffRole.LEADER))),
        pytest.raises(NotPermitted),
    ):
        transcripts.utterances(chain.meeting_id, Zone.RESTRICTED)


def test_a_vote_of_another_meeting_cannot_be_closed(chain):
    """S6: With the id of somebody else's vote in hand."""
    ballot_id = ballots.open_ballot(chain.meeting_id, [chain.recommendation_id])
    other = empty_meeting(programmes.start_ours("Another programme"))
    with (
        acting_as(ann(Grant(StaffRole.FACILITATOR, meeting_id=other))),
        pytest.raises(NotPermitted),
    ):
        ballots.close_ballot(ballot_id)

    assert ballots.ballots_of(chain.meeting_id)[0].ballot.state == "open"


def test_a_name_holds_within_its_block_only():
    before = actor()
    with acting_as(ann()):
        assert actor().name == "Ann"

    assert actor() == before
