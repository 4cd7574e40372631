"""Links, a new link for somebody, and family who act; help that reaches a person."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import LinkUnknown
from domain.initiatives import InitiativeKind, Milestone
from services import family, initiatives, links, owner_links, voters
from tests.pages import staged
from tests.pages.conftest import html_of, text_of
from ui.screens import BALLOTS, INITIATIVE, MEETINGS, PEOPLE


@pytest.fixture
def programme_id(app_runtime):
    return staged.programme()


@pytest.fixture
def meeting_id(programme_id):
    return staged.meeting_with_people(programme_id)


@pytest.fixture
def secrets(meeting_id):
    return {a.name: secret for a, secret in links.secrets_for(meeting_id)}


@pytest.fixture
def pool(programme_id):
    """An initiative with a milestone."""
    made = initiatives.create(
        programme_id,
        title="Loan pool",
        kind=InitiativeKind.PROGRAMME,
        owner="June",
        summary="",
        answers=(),
        proposed_on=date(2026, 1, 5),
    )
    initiatives.add_milestone(made, Milestone("First chairs lent", None, None))
    return made


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def test_everybodys_link_stands_there_before_any_vote(secrets, open_page):
    at = open_page(PEOPLE)

    assert not at.exception
    assert [s for s in secrets.values() if s not in html_of(at)] == []


@pytest.mark.parametrize("role", ["leader", "participant"])
def test_the_screen_of_links_is_for_who_runs_the_meeting(secrets, open_page, role):
    """B-15: For another role there is no such screen."""
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page(PEOPLE, **{"as": role})


def test_somebodys_link_is_replaced_by_a_button(secrets, meeting_id, open_page):
    """S5: The old one stops at once."""
    at = open_page(PEOPLE)
    ann = next(a for a, _ in links.secrets_for(meeting_id) if a.name == staged.ANN)
    at.selectbox(key="replace_of").set_value(ann.attendance_id)

    press(at, "Replace this link")

    assert not at.exception
    assert "Ann Ray has a new link." in text_of(at) + " ".join(s.value for s in at.success)
    with pytest.raises(LinkUnknown):
        voters.enter(secrets[staged.ANN])
    assert voters.enter(secrets[staged.BO])


def test_a_death_is_noted_with_who_may_act(secrets, meeting_id, open_page):
    at = open_page(PEOPLE)
    ann = next(a for a, _ in links.secrets_for(meeting_id) if a.name == staged.ANN)
    at.selectbox(key="died").set_value(ann.attendance_id)
    at.text_input(key="died_contact").set_value("Lee Ray")
    at.text_area(key="died_wish").set_value("Lee may act, as on the form of 3 October.")

    press(at, "Note it and make the link")

    (contact,) = family.contacts_of(meeting_id)
    assert not at.exception
    assert "Lee Ray may act for Ann Ray" in text_of(at)
    assert contact.url in text_of(at)
    assert secrets[staged.ANN] not in html_of(at)


def test_a_note_of_a_death_can_be_taken_back(meeting_id, open_page):
    ann = next(a for a, _ in links.secrets_for(meeting_id) if a.name == staged.ANN)
    family.record_death(ann.attendance_id, name="Lee Ray", wish="On the form.")
    at = open_page(PEOPLE)

    press(at, "Take this note about Ann Ray back")

    assert family.contacts_of(meeting_id) == []
    assert staged.ANN in [a.name for a, _ in links.links_for(meeting_id)]


def test_a_death_without_a_recorded_wish_is_refused_in_a_sentence(meeting_id, open_page):
    at = open_page(PEOPLE)
    ann = next(a for a, _ in links.secrets_for(meeting_id) if a.name == staged.ANN)
    at.selectbox(key="died").set_value(ann.attendance_id)
    at.text_input(key="died_contact").set_value("Lee Ray")

    press(at, "Note it and make the link")

    assert any("what the person wished" in w.value for w in at.warning)
    assert family.contacts_of(meeting_id) == []


@pytest.mark.parametrize("label", ["Replace this link", "Note it and make the link"])
def test_a_press_before_anybody_is_chosen_changes_nothing(secrets, meeting_id, open_page, label):
    at = open_page(PEOPLE)

    press(at, label)

    assert any("Choose a person first" in w.value for w in at.warning)
    assert [voters.enter(secret).attendance.name for secret in secrets.values()] == list(secrets)


@pytest.mark.parametrize("screen", [MEETINGS, PEOPLE])
def test_without_anybody_to_call_the_staff_is_told(meeting_id, open_page, screen):
    at = open_page(screen)

    assert any("name nobody to call for help" in w.value for w in at.warning)


@pytest.mark.parametrize("screen", [MEETINGS, PEOPLE, BALLOTS])
def test_with_somebody_to_call_nothing_is_told(app_runtime, meeting_id, open_page, screen):
    app_runtime.settings = replace(app_runtime.settings, contact="Michelle, 555 0100")

    at = open_page(screen)

    assert not any("name nobody to call for help" in w.value for w in at.warning)


def test_a_link_for_an_owner_is_made_replaced_and_revoked(pool, meeting_id, open_page):
    at = open_page(INITIATIVE, initiative=pool)
    at.text_input(key="owner_link_name").set_value("June")

    press(at, "Make a link")
    (first,) = owner_links.links_of(pool)
    shown = first.url in text_of(at)
    press(at, "Replace the link of June")
    (second,) = owner_links.links_of(pool)
    press(at, "Revoke the link of June")

    assert not at.exception
    assert shown
    assert first.url != second.url
    assert owner_links.links_of(pool) == []


def test_the_links_of_owners_are_not_shown_to_a_leader(pool, meeting_id, open_page):
    """B-15: Who may not follow up sees none."""
    url = owner_links.make_link(pool, "June")

    at = open_page(INITIATIVE, initiative=pool, **{"as": "leader"})

    assert not at.exception
    assert url not in text_of(at) + html_of(at)


def test_a_milestone_is_marked_done_on_the_staffs_screen(pool, programme_id, open_page):
    at = open_page(INITIATIVE, initiative=pool)

    press(at, "Mark as done")

    (view,) = initiatives.initiatives(programme_id)
    assert not at.exception
    assert view.initiative.milestones[0].done_on is not None
