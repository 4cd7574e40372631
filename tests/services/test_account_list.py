"""Who has an account and what they may do: changed by those who look after accounts alone."""

from datetime import date

import pytest

from domain.access import EVERY_ROLE, Act, Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.ids import AccountId, MeetingId, ProgrammeId
from domain.meetings import MeetingFormat, Pillar, Season
from services import account_list, meetings, programmes
from services.access import acting_as, may
from services.accounts import actor_of, has_accounts
from store import audit
from tests.made_accounts import cheap_passwords, make_account, make_first, sign_in

LEADER, REVIEWER = Grant(StaffRole.LEADER), Grant(StaffRole.REVIEWER)


@pytest.fixture(autouse=True)
def quick():
    with cheap_passwords():
        yield


@pytest.fixture
def june(app_runtime):
    return make_first("June")


@pytest.fixture
def ann(june):
    make_account("Ann", LEADER)
    return account_list.account_called("ann")


@pytest.fixture
def meeting_id(june):
    return meetings.create_meeting(
        programmes.start_ours(),
        season=Season.FALL,
        held_on=date(2024, 10, 3),
        challenge="Equipment",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )


ACTS = {
    "list": lambda ann: account_list.people(),
    "places": lambda ann: account_list.places(),
    "add": lambda ann: account_list.add_account("Eve", "eve", (Grant(StaffRole.ADMIN),)),
    "link": account_list.renew_link,
    "give": lambda ann: account_list.give_role(ann, Grant(StaffRole.ADMIN)),
    "take": lambda ann: account_list.take_role(ann, LEADER),
    "disable": account_list.disable,
    "enable": account_list.enable,
    "sign out": account_list.sign_out_everywhere,
    "find": lambda ann: account_list.account_called("ann"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ADMIN])
def test_nobody_but_an_admin_looks_after_accounts(ann, role, act):
    """B-15: Every function asks, whatever the screen shows."""
    with acting_as(Actor("Bo", (Grant(role),))), pytest.raises(NotPermitted):
        ACTS[act](ann)


@pytest.mark.parametrize("act", ACTS)
def test_an_admin_of_one_programme_does_not_look_after_accounts(ann, act):
    """B-15: A role for a part is none for everything."""
    grant = Grant(StaffRole.ADMIN, ProgrammeId("p"))
    with acting_as(Actor("Bo", (grant,))), pytest.raises(NotPermitted):
        ACTS[act](ann)


def test_the_last_admin_cannot_be_disabled_or_lose_the_role(june, ann):
    id = account_list.account_called("june")

    with pytest.raises(NotAllowedNow, match="nobody could look after accounts"):
        account_list.disable(id)
    with pytest.raises(NotAllowedNow, match="nobody could look after accounts"):
        account_list.take_role(id, Grant(StaffRole.ADMIN))

    assert actor_of(june).has(StaffRole.ADMIN)


def test_an_admin_who_never_chose_a_password_does_not_count_as_one_left(june):
    account_list.add_account("Bo", "bo", (Grant(StaffRole.ADMIN),))

    with pytest.raises(NotAllowedNow):
        account_list.disable(account_list.account_called("june"))


def test_an_admin_may_go_when_another_one_is_there(june):
    make_account("Bo", Grant(StaffRole.ADMIN))

    account_list.disable(account_list.account_called("june"))

    assert actor_of(june) is None


def test_a_disabled_account_still_keeps_the_doors_shut(june):
    """S7: Shutting accounts never opens the app to everybody."""
    make_account("Bo", Grant(StaffRole.ADMIN))
    account_list.disable(account_list.account_called("june"))

    assert has_accounts()


def test_an_account_that_is_opened_again_has_its_roles_and_its_password(ann):
    account_list.disable(ann)

    account_list.enable(ann)

    assert actor_of(sign_in("Ann")).grants == (LEADER,)


def test_a_role_for_a_meeting_holds_there_and_nowhere_else(ann, meeting_id):
    account_list.give_role(ann, Grant(StaffRole.REVIEWER, meeting_id=meeting_id))

    with acting_as(actor_of(sign_in("Ann"))):
        assert may(Act.RELEASE, meeting_id=meeting_id)
        assert not may(Act.RELEASE)
        assert not may(Act.RELEASE, programme_id=programmes.programmes()[0].programme_id)


def test_a_role_that_is_held_already_changes_nothing(ann):
    token = sign_in("Ann")

    account_list.give_role(ann, LEADER)

    assert actor_of(token).grants == (LEADER,)


@pytest.mark.parametrize(
    "grant",
    [
        Grant(StaffRole.LEADER, ProgrammeId("nowhere")),
        Grant(StaffRole.LEADER, meeting_id=MeetingId("nowhere")),
    ],
)
def test_a_role_is_not_given_for_what_is_not_there(ann, grant):
    with pytest.raises(NotFound):
        account_list.give_role(ann, grant)


@pytest.mark.parametrize("act", ["link", "give", "take", "disable", "enable", "sign out"])
def test_an_account_that_is_not_there_is_named_as_such(june, act):
    with pytest.raises(NotFound):
        ACTS[act](AccountId("nowhere"))


def test_places_are_everything_then_each_programme_with_its_meetings(meeting_id):
    told = account_list.places()

    assert [place.name for place in told] == [
        "everything here",
        "the programme Our programme",
        "Fall 2024, Our programme",
    ]
    assert (told[2].programme_id, told[2].meeting_id) == (None, meeting_id)


def test_a_role_ends_with_the_meeting_it_was_for(ann, meeting_id, store):
    account_list.give_role(ann, Grant(StaffRole.REVIEWER, meeting_id=meeting_id))

    from store import meetings as kept

    with store.write() as tx:
        kept.remove_programme(tx, programmes.programmes()[0].programme_id)

    assert actor_of(sign_in("Ann")).grants == (LEADER,)


def test_what_is_done_to_an_account_is_written_down_with_who_did_it(ann, store):
    """B-14: Roles given and taken, links and ends, by id."""
    with acting_as(Actor("June", EVERY_ROLE)):
        account_list.give_role(ann, REVIEWER)
        account_list.take_role(ann, LEADER)
        account_list.renew_link(ann)
        account_list.sign_out_everywhere(ann)
        account_list.disable(ann)
        account_list.enable(ann)

    with store.read() as tx:
        told = [e for e in reversed(audit.events(tx)) if e.actor == "June" and e.subject_id == ann]
    assert [(event.action, event.reason) for event in told] == [
        ("role reviewer given", "for everything"),
        ("role leader taken", "for everything"),
        ("set-up link made", ""),
        ("signed out everywhere", ""),
        ("account disabled", ""),
        ("account opened again", ""),
    ]
