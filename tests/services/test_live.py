import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup
from domain.recommendations import RecommendationState
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy, Zone
from services import ballots, live, meetings, recommendations, transcripts
from services.access import acting_as
from store import consent, talk, wishes
from tests.services.conftest import agree


@pytest.fixture
def told_table(meeting_id):
    """A meeting where everybody was told that words are grouped and quoted."""
    agree(meeting_id)
    return meeting_id


def texts_of(meeting_id):
    return [line.said.text for line in live.newest_lines(meeting_id)]


def test_a_scribed_line_joins_the_meeting_at_once(meeting_id):
    live.scribe(
        meeting_id, "Nights are hardest.", stakeholder_group=StakeholderGroup.PAST_CAREGIVER
    )

    (line,) = live.newest_lines(meeting_id)
    assert (line.said.text, line.said.stakeholder_group) == (
        "Nights are hardest.",
        StakeholderGroup.PAST_CAREGIVER,
    )


def test_a_proposing_line_becomes_a_draft_with_itself_as_evidence(told_table):
    live.scribe(told_table, "We should lend machines.", stakeholder_group=None, is_proposal=True)

    (view,) = recommendations.recommendations(told_table)
    assert view.recommendation.state is RecommendationState.DRAFT
    assert [e.quote.text for e in view.evidence] == ["We should lend machines."]


def test_an_empty_line_is_refused(meeting_id):
    with pytest.raises(NotAllowedNow):
        live.scribe(meeting_id, "   ", stakeholder_group=None)


def test_a_line_can_be_taken_back(meeting_id):
    utterance_id = live.scribe(meeting_id, "Oops.", stakeholder_group=None)

    live.take_back(utterance_id)

    assert live.newest_lines(meeting_id) == []


def test_a_line_from_a_file_cannot_be_taken_back(told_meeting):
    first = live.newest_lines(told_meeting)[-1]

    with pytest.raises(NotAllowedNow):
        live.take_back(first.said.utterance_id)


def test_captions_pasted_twice_are_kept_once(meeting_id):
    captions = "Ann Lee: The mask leaks.\nDr. Bo Diaz: We will look at it."

    live.paste(meeting_id, captions)
    live.paste(meeting_id, captions + "\nAnn Lee: Thank you all.")

    assert texts_of(meeting_id) == [
        "Thank you all.",
        "We will look at it.",
        "The mask leaks.",
    ]


def test_a_turn_that_grew_since_the_last_paste_brings_only_what_is_new(meeting_id):
    live.paste(meeting_id, "Ann Lee: The mask leaks at night.\nAnn Lee: Every night.")
    grown = "Ann Lee: The mask leaks at night.\nAnn Lee: Every night.\nAnn Lee: Twice."
    live.paste(meeting_id, grown)

    live.paste(meeting_id, f"{grown}\nBo Diaz: I see.")

    assert texts_of(meeting_id)[::-1] == [
        "The mask leaks at night. Every night.",
        "Twice.",
        "I see.",
    ]


def test_a_short_answer_that_comes_again_is_not_lost(meeting_id):
    live.paste(meeting_id, "Ann Lee: Is that so?\nBo Diaz: Yes.")

    live.paste(meeting_id, "Ann Lee: And at night?\nBo Diaz: Yes.")
    live.paste(meeting_id, "Bo Diaz: Yes.")

    assert texts_of(meeting_id).count("Yes.") == 3


def test_without_an_agreement_a_line_is_kept_for_its_typist_and_nobody_else(meeting_id):
    """B-3: Where nobody was told anything, no line reaches the shared zone."""
    live.scribe(meeting_id, "Nights are hardest.", stakeholder_group=None, author="Ann")

    (line,) = live.newest_lines(meeting_id, author="Ann")
    assert (line.said.text, line.is_shared) == ("Nights are hardest.", False)
    assert live.newest_lines(meeting_id, author="Bo") == []
    assert transcripts.utterances(meeting_id) == []


def test_a_proposing_line_without_an_agreement_is_kept_and_makes_no_draft(meeting_id):
    live.scribe(meeting_id, "Lend machines.", stakeholder_group=None, is_proposal=True)

    (line,) = live.newest_lines(meeting_id)
    assert line.said.is_proposal
    assert recommendations.recommendations(meeting_id) == ()
    with pytest.raises(NotAllowedNow, match="did not agree"):
        live.propose(line.said.utterance_id)


def test_an_agreement_shares_what_was_typed_before_it(meeting_id):
    live.scribe(meeting_id, "Nights are hardest.", stakeholder_group=None)

    agree(meeting_id)

    (line,) = live.newest_lines(meeting_id)
    assert line.is_shared


def test_a_table_that_is_only_counted_is_never_quoted_in_a_draft(meeting_id):
    agree(meeting_id, may_quote=False)

    live.scribe(meeting_id, "Lend machines.", stakeholder_group=None, is_proposal=True)

    assert recommendations.recommendations(meeting_id) == ()
    assert transcripts.utterances(meeting_id) == []


def test_a_scribe_who_may_not_release_keeps_the_line_restricted(told_table):
    """B-15: Only somebody who may release words shares a line."""
    with acting_as(Actor("Ann", (Grant(StaffRole.FACILITATOR),))):
        live.scribe(told_table, "Nights are hardest.", stakeholder_group=None, author="Ann")

        (line,) = live.newest_lines(told_table, author="Ann")

    assert not line.is_shared
    assert transcripts.utterances(told_table) == []


@pytest.fixture
def draft_line(told_table):
    """A line of which a draft was made."""
    return live.scribe(
        told_table, "Lend machines at once.", stakeholder_group=None, is_proposal=True
    )


def drafts(meeting_id):
    return [v.recommendation.text for v in recommendations.recommendations(meeting_id)]


@pytest.mark.parametrize("how", ["withdrawn", "withheld", "not agreed"])
def test_a_draft_is_not_shown_once_its_line_is_taken_back(told_table, draft_line, store, how):
    """B-4: The copy of a line goes with the line, on the next request."""
    assert drafts(told_table) == ["Lend machines at once."]

    with store.write() as tx:
        if how == "withdrawn":
            wishes.add_wish(tx, draft_line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
        elif how == "withheld":
            talk.add_revision(tx, draft_line, RevisionKind.WITHHELD, "", author="r")
        else:
            no = {ConsentUse.QUOTED: False}
            consent.add_consent(tx, told_table, no, written_where="", recorded_by="r")

    assert drafts(told_table) == []
    with pytest.raises(NotAllowedNow):
        ballots.open_ballot(told_table)


def test_a_draft_comes_back_with_its_line(told_table, draft_line, store):
    with store.write() as tx:
        wishes.add_wish(tx, draft_line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
        wishes.take_back(tx, draft_line, Wish.WITHDRAWN)

    assert drafts(told_table) == ["Lend machines at once."]


def test_what_people_voted_on_keeps_its_words(told_table, draft_line, store):
    ballots.open_ballot(told_table)

    with store.write() as tx:
        wishes.add_wish(tx, draft_line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert drafts(told_table) == ["Lend machines at once."]


def test_a_draft_that_was_worded_anew_stays_and_its_first_wording_is_not_told(
    told_table, draft_line, store
):
    (view,) = recommendations.recommendations(told_table)
    recommendations.revise(view.recommendation.recommendation_id, "Lend them.", author="f")

    with store.write() as tx:
        wishes.add_wish(tx, draft_line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert drafts(told_table) == ["Lend them."]
    told = [text for _, text, _ in recommendations.wordings(view.recommendation.recommendation_id)]
    assert told == [recommendations.TAKEN_BACK, "Lend them."]


def test_a_line_that_its_typist_takes_back_takes_its_draft_along(told_table, draft_line):
    live.take_back(draft_line)

    assert drafts(told_table) == []


def test_a_recommendation_written_freely_is_no_copy_of_a_line(told_table, store):
    line = live.scribe(told_table, "Lend machines.", stakeholder_group=None)
    recommendations.write(told_table, "Lend machines.", author="f", is_draft=True)

    with store.write() as tx:
        wishes.add_wish(tx, line, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert drafts(told_table) == ["Lend machines."]


def test_pasted_lines_of_a_person_who_said_no_are_left_out_and_counted(told_table, store):
    ann = next(a for a in meetings.roster(told_table) if a.name == "Ann Lee").attendance_id
    with store.write() as tx:
        no = {ConsentUse.RECORDED: False}
        consent.add_consent(
            tx, told_table, no, written_where="", recorded_by="Ann", attendance_id=ann
        )

    pasted = live.paste(told_table, "Ann Lee: Not for you.\nBo Diaz: Fine.\nAnn Lee: Never.")

    assert (pasted.n_utterances, pasted.n_left_out) == (1, 2)
    with store.read() as tx:
        kept = talk.utterances_of(tx, told_table, Zone.RESTRICTED)
    assert [u.text for u in kept] == ["Fine."]
    assert b"Not for you" not in store.path.read_bytes()


def test_pasted_lines_of_a_name_that_nobody_knows_are_not_shared(told_table):
    live.paste(told_table, "Stranger: Hello there.\nBo Diaz: Welcome.")

    assert [u.text for u in transcripts.utterances(told_table)] == ["Welcome."]
