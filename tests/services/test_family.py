"""Family who act for somebody who has died, by that person's recorded wish."""

from datetime import date

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import LinkUnknown, NotAllowedNow, NotFound, NotPermitted
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.votes import Answer
from services import ballots, family, links, meetings, recommendations, voters, voting
from services.access import acting_as
from services.my_words import Change, change, change_all, mark_of, my_turn, my_words
from services.word_uses import Shown
from store.tables import audit_event

WISH = "Her sister may act for her, as she wrote on the consent form of 3 October."


@pytest.fixture
def people(told_meeting):
    return {a.name: (a.attendance_id, secret) for a, secret in links.secrets_for(told_meeting)}


@pytest.fixture
def ann(people):
    """Ann's own link, as it was before she died."""
    return people["Ann Lee"][1]


def record(people):
    url = family.record_death(people["Ann Lee"][0], name="June Lee", wish=WISH)
    return url.rpartition("/")[2]


def test_the_familys_link_opens_the_words_and_names_both(people, ann):
    before = [turn.text for turn in my_words(ann).turns]

    mine = my_words(record(people))

    assert [turn.text for turn in mine.turns] == before
    assert (mine.voter.attendance.name, mine.voter.acts_for_them) == ("Ann Lee", "June Lee")


def test_the_persons_own_link_stops(people, ann):
    """S5: On the next request."""
    record(people)

    with pytest.raises(LinkUnknown):
        my_words(ann)


def test_the_familys_link_opens_no_vote(people, told_meeting):
    """S6: It opens the words and nothing else."""
    recommendations.write(told_meeting, "Fit masks at home.", author="test")
    ballot_id = ballots.open_ballot(told_meeting)
    secret = record(people)

    with pytest.raises(LinkUnknown):
        voters.enter(secret)
    with pytest.raises(LinkUnknown):
        voting.ballot_page(secret, ballot_id, 1)


def test_the_family_takes_words_back_and_puts_them_back(people):
    secret = record(people)
    turn = my_words(secret).turns[0]

    change(secret, turn.utterance_id, Change.TAKE_BACK, mark_of(secret, Change.TAKE_BACK, turn))
    hidden = my_turn(secret, turn.utterance_id).turn
    change(secret, turn.utterance_id, Change.PUT_BACK, mark_of(secret, Change.PUT_BACK, hidden))

    assert hidden.shown is Shown.NOBODY
    assert my_turn(secret, turn.utterance_id).turn.shown is Shown.WORDS


@pytest.mark.parametrize("wanted", [Change.MAKE_PRIVATE, Change.TAKE_BACK])
def test_what_the_person_kept_to_themselves_stays_theirs(people, ann, wanted):
    """S6: What was made private or taken back in life is not shown to the family."""
    turn = my_words(ann).turns[0]
    change(ann, turn.utterance_id, wanted, mark_of(ann, wanted, turn))
    secret = record(people)

    mine = my_words(secret)

    assert turn.text not in [t.text for t in mine.turns]
    assert mine.n_kept == 1
    with pytest.raises(NotFound):
        my_turn(secret, turn.utterance_id)


def test_the_family_cannot_put_back_what_the_person_took_back(people, ann):
    turn = my_words(ann).turns[0]
    change(ann, turn.utterance_id, Change.TAKE_BACK, mark_of(ann, Change.TAKE_BACK, turn))
    secret = record(people)

    change_all(secret, Change.PUT_BACK, mark_of(secret, Change.PUT_BACK))

    assert my_words(secret).n_kept == 1


def test_words_of_every_meeting_are_shown_to_the_family(people, told_meeting, programme_id, store):
    second = meetings.create_meeting(
        programme_id,
        season=Season.SPRING,
        held_on=date(2025, 4, 1),
        challenge="Days at home",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    meetings.add_person(second, "Ann Lee", StakeholderGroup.PERSON_LIVING_WITH_ALS)
    own = {a.name: s for a, s in links.secrets_for(second)}["Ann Lee"]

    secret = record(people)

    with store.read() as tx:
        assert len(family.owner_of(tx, secret).attendance_ids) == 2
    with pytest.raises(LinkUnknown):
        voters.enter(own)


def test_somebody_who_died_is_on_no_sheet_of_links_and_in_no_new_vote(people, told_meeting):
    recommendations.write(told_meeting, "Fit masks at home.", author="test")
    record(people)

    ballot_id = ballots.open_ballot(told_meeting)

    assert "Ann Lee" not in [a.name for a, _ in links.links_for(told_meeting)]
    assert ballots.progress(ballot_id).n_invited == len(people) - 1


def test_a_vote_that_somebody_gave_before_they_died_stands(people, ann, told_meeting):
    recommendation_id = recommendations.write(told_meeting, "Fit masks.", author="test")
    ballot_id = ballots.open_ballot(told_meeting)
    voting.lay_answer(ann, ballot_id, recommendation_id, Answer.AGREE)

    record(people)

    assert ballots.progress(ballot_id).n_answered == 1


def test_what_was_noted_by_mistake_is_taken_back(people, told_meeting):
    secret = record(people)
    (contact,) = family.contacts_of(told_meeting)

    family.take_back(contact.family_contact_id)

    with pytest.raises(LinkUnknown):
        my_words(secret)
    assert "Ann Lee" in [a.name for a, _ in links.links_for(told_meeting)]


def test_the_link_can_be_printed_again(people, told_meeting):
    secret = record(people)

    (contact,) = family.contacts_of(told_meeting)

    assert contact.url.endswith(f"/p/f/{secret}")
    assert (contact.name, contact.wish) == ("June Lee", WISH)


@pytest.mark.parametrize(("name", "wish"), [("", WISH), ("June Lee", ""), (" ", " ")])
def test_nobody_acts_without_a_name_and_a_recorded_wish(people, ann, name, wish):
    with pytest.raises(NotAllowedNow, match="what the person wished"):
        family.record_death(people["Ann Lee"][0], name=name, wish=wish)

    assert my_words(ann).turns


def test_a_second_contact_is_refused(people):
    record(people)

    with pytest.raises(NotAllowedNow, match="noted already"):
        record(people)


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.FACILITATOR])
def test_only_a_facilitator_notes_a_death(people, ann, role):
    """B-15: No other role."""
    with acting_as(Actor("Pat", (Grant(role),))), pytest.raises(NotPermitted):
        record(people)

    assert my_words(ann).turns


def test_the_audit_log_tells_no_name(people, store):
    """B-14: Without content."""
    record(people)

    with store.read() as tx:
        rows = tx.execute(audit_event.select().order_by(audit_event.c.number.desc())).all()
    assert rows[0].action == "family contact recorded"
    assert not [row for row in rows if "June" in str(row) or "sister" in str(row)]
