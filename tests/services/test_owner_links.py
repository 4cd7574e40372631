"""Links of initiatives' owners: one initiative, checked as on the screens of the staff."""

from dataclasses import replace
from datetime import date

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import LinkUnknown, NotAllowedNow, NotFound, NotPermitted, PageNotOurs
from domain.ids import MeasureId
from domain.initiatives import InitiativeKind, Measure, Milestone, Reading, Stage, StageEvent
from services import initiatives, owner_links
from services.access import acting_as
from services.owner_links import Purpose, open_link
from services.voting import Outcome
from store.tables import audit_event

TODAY = date(2026, 3, 14)


def make(programme_id, title):
    initiative_id = initiatives.create(
        programme_id,
        title=title,
        kind=InitiativeKind.PROGRAMME,
        owner="June",
        summary="",
        answers=(),
        proposed_on=date(2026, 1, 5),
    )
    initiatives.add_milestone(initiative_id, Milestone("First chairs lent", TODAY, None))
    named = Measure(MeasureId(""), "Days of waiting", "days", False, 80, None, "", 20, None)
    initiatives.add_measure(initiative_id, named)
    return initiative_id


@pytest.fixture
def loan_pool(programme_id):
    return make(programme_id, "Loan pool")


@pytest.fixture
def secret(loan_pool):
    return owner_links.make_link(loan_pool, "June").rpartition("/")[2]


def mark(secret, purpose, position=0):
    return owner_links.mark_of(open_link(secret), purpose, position)


def test_a_link_opens_its_initiative_and_no_other(programme_id, loan_pool, secret):
    make(programme_id, "Night line")

    owner = open_link(secret)

    assert (owner.name, owner.initiative.title) == ("June", "Loan pool")


def test_an_owner_marks_a_milestone_done(secret):
    owner_links.mark_done(secret, 1, TODAY, mark(secret, Purpose.MILESTONE, 1))

    assert open_link(secret).initiative.milestones[0].done_on == TODAY


def test_the_same_press_twice_counts_once(secret):
    """V1: A form that is sent twice."""
    stage = mark(secret, Purpose.STAGE)
    done = mark(secret, Purpose.MILESTONE, 1)
    event = StageEvent(Stage.LAUNCHED, TODAY)

    first = owner_links.note_stage(secret, event, stage)
    second = owner_links.note_stage(secret, event, stage)
    owner_links.mark_done(secret, 1, TODAY, done)
    later = owner_links.mark_done(secret, 1, date(2026, 4, 1), done)

    initiative = open_link(secret).initiative
    assert (first, second, later) == (Outcome.SAVED, Outcome.OLD_PAGE, Outcome.OLD_PAGE)
    assert len(initiative.events) == 2
    assert initiative.milestones[0].done_on == TODAY


def test_an_owner_adds_a_reading(secret):
    new = Reading(31.5, TODAY, "loan register")

    owner_links.add_reading(secret, 1, new, mark(secret, Purpose.READING, 1))

    assert open_link(secret).initiative.measures[0].readings == (new,)


@pytest.mark.parametrize(
    "new", [Reading(31.5, TODAY, " "), Reading(float("nan"), TODAY, "register")]
)
def test_a_reading_without_source_or_number_is_refused(secret, new):
    """V13: As on the screens of the staff."""
    with pytest.raises(NotAllowedNow):
        owner_links.add_reading(secret, 1, new, mark(secret, Purpose.READING, 1))

    assert open_link(secret).initiative.measures[0].readings == ()


@pytest.mark.parametrize(
    "event",
    [StageEvent(Stage.CLOSED_NOT_IMPLEMENTED, TODAY), StageEvent(Stage.LAUNCHED, date(2025, 1, 1))],
)
def test_a_stage_is_checked_as_on_the_screens_of_the_staff(secret, event):
    with pytest.raises(NotAllowedNow):
        owner_links.note_stage(secret, event, mark(secret, Purpose.STAGE))

    assert len(open_link(secret).initiative.events) == 1


@pytest.mark.parametrize("position", [0, 2, -1])
def test_a_measure_or_milestone_that_is_not_there_is_refused(programme_id, secret, position):
    """S6: Nor does a number reach into another initiative."""
    make(programme_id, "Night line")
    new = Reading(1, TODAY, "register")
    done, read = (mark(secret, p, position) for p in (Purpose.MILESTONE, Purpose.READING))

    with pytest.raises(NotFound):
        owner_links.mark_done(secret, position, TODAY, done)
    with pytest.raises(NotFound):
        owner_links.add_reading(secret, position, new, read)


def test_the_mark_of_another_owner_is_refused(programme_id, secret):
    """V4, S6: A mark is for one link."""
    other = owner_links.make_link(make(programme_id, "Night line"), "Kim").rpartition("/")[2]

    with pytest.raises(PageNotOurs):
        owner_links.mark_done(secret, 1, TODAY, mark(other, Purpose.MILESTONE, 1))


def test_a_press_that_comes_too_soon_does_nothing(app_runtime, secret):
    """A-9: A gaze that still rests there."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)

    outcome = owner_links.mark_done(secret, 1, TODAY, mark(secret, Purpose.MILESTONE, 1))

    assert outcome is Outcome.TOO_SOON
    assert open_link(secret).initiative.milestones[0].done_on is None


def test_a_revoked_link_opens_nothing(loan_pool, secret):
    """S5: From the next request on, also for a form that was served before."""
    held = mark(secret, Purpose.MILESTONE, 1)
    (link,) = owner_links.links_of(loan_pool)

    owner_links.revoke(link.owner_link_id)

    with pytest.raises(LinkUnknown):
        open_link(secret)
    with pytest.raises(LinkUnknown):
        owner_links.mark_done(secret, 1, TODAY, held)


def test_a_replaced_link_stops_and_the_new_one_opens_the_same(loan_pool, secret):
    (link,) = owner_links.links_of(loan_pool)

    new = owner_links.replace_link(link.owner_link_id).rpartition("/")[2]

    with pytest.raises(LinkUnknown):
        open_link(secret)
    assert open_link(new).name == "June"


def test_a_link_can_be_printed_again(loan_pool, secret):
    (link,) = owner_links.links_of(loan_pool)

    assert (link.name, link.url.rpartition("/")[2]) == ("June", secret)


def test_a_link_needs_a_name(loan_pool):
    with pytest.raises(NotAllowedNow, match="whom"):
        owner_links.make_link(loan_pool, "  ")


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.FACILITATOR])
def test_only_who_may_follow_up_makes_links(loan_pool, secret, role):
    """B-15: Making, reading and revoking."""
    (link,) = owner_links.links_of(loan_pool)
    with acting_as(Actor("Pat", (Grant(role),))):
        for forbidden in (
            lambda: owner_links.make_link(loan_pool, "Kim"),
            lambda: owner_links.links_of(loan_pool),
            lambda: owner_links.replace_link(link.owner_link_id),
            lambda: owner_links.revoke(link.owner_link_id),
        ):
            with pytest.raises(NotPermitted):
                forbidden()

    assert open_link(secret).name == "June"


def test_the_audit_log_names_the_owners_link_and_not_the_owner(secret, store):
    """B-14: Which link, what, on what; no content."""
    owner_links.mark_done(secret, 1, TODAY, mark(secret, Purpose.MILESTONE, 1))

    with store.read() as tx:
        rows = tx.execute(audit_event.select().order_by(audit_event.c.number.desc())).all()
    assert (rows[0].actor, rows[0].action) == ("owner link", "milestone done")
    assert rows[0].reason.startswith("link ")
    assert not [row for row in rows if "June" in str(row)]
