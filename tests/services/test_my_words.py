"""What a person sees of their own words, and what becomes of those they take back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.errors import NotFound, PageNotOurs
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, RevisionKind, Wish, Zone, locate_quote
from services import (
    ballots,
    family,
    links,
    meetings,
    recommendations,
    themes,
    transcripts,
)
from services.my_words import Change, change, change_all, mark_of, my_turn, my_words
from services.theme_finding import find_themes_of_meeting
from services.voting import Outcome
from services.word_uses import Shown
from store import audit, consent, talk, wishes
from store.tables import audit_event, lost_source, text_revision
from tests.services.conftest import AGREED
from tests.services.test_themes import PLACES, TOPICS

MASK = "The mask leaks every single night"


@pytest.fixture
def secrets(told_meeting):
    return {a.name: secret for a, secret in links.secrets_for(told_meeting)}


@pytest.fixture
def ann(secrets):
    return secrets["Ann Lee"]


@pytest.fixture
def first(ann):
    """Ann's first turn."""
    return my_words(ann).turns[0]


@pytest.fixture
def quoted(told_meeting, store):
    """A recommendation in an open vote that rests on Ann's first turn."""
    recommendation_id = recommendations.write(told_meeting, "Fit masks at home.", author="test")
    with store.read() as tx:
        said = next(u for u in talk.utterances_of(tx, told_meeting, Zone.SHARED) if MASK in u.text)
    quote = locate_quote(said.revision_id, said.text, MASK)
    recommendations.attach(recommendation_id, quote, author="test")
    ballots.open_ballot(told_meeting, title="Priorities")
    return recommendation_id


def press(secret, turn, wanted):
    return change(secret, turn.utterance_id, wanted, mark_of(secret, wanted, turn))


def shared_texts(store, meeting_id):
    with store.read() as tx:
        return [u.text for u in talk.utterances_of(tx, meeting_id, Zone.SHARED)]


def test_somebody_sees_everything_they_said_and_nothing_of_others(ann):
    texts = [turn.text for turn in my_words(ann).turns]

    assert [text[:9] for text in texts] == ["The mask ", "We should", "Twice! Th"]


def test_somebody_who_said_nothing_sees_an_empty_list(told_meeting, store):
    meetings.add_person(told_meeting, "Quiet Quinn", StakeholderGroup.OTHER)
    secret = {a.name: s for a, s in links.secrets_for(told_meeting)}["Quiet Quinn"]

    assert my_words(secret).turns == ()


def test_words_that_were_not_released_are_shown_to_the_person_alone(ann, first, store):
    with store.write() as tx:
        talk.add_revision(tx, first.utterance_id, RevisionKind.WITHHELD, "", author="test")

    turn = my_turn(ann, first.utterance_id).turn

    assert (turn.text, turn.shown) == (first.text, Shown.STAFF)


def test_words_that_only_count_are_told_apart_from_words_that_are_read(ann, first, store):
    """B-4: Grouped without quoted."""
    with store.write() as tx:
        attendance_id = family.owner_of(tx, ann).attendance.attendance_id
        meeting_id = family.owner_of(tx, ann).attendance.meeting_id
        consent.add_consent(
            tx,
            meeting_id,
            {ConsentUse.QUOTED: False},
            written_where="said so",
            recorded_by="test",
            attendance_id=attendance_id,
        )

    turn = my_turn(ann, first.utterance_id).turn

    assert (first.shown, turn.shown, turn.uses.shared_text) == (Shown.WORDS, Shown.COUNTED, "")


def test_a_recommendation_is_told_with_the_exact_quote_and_its_vote(ann, quoted):
    (told,) = my_words(ann).turns[0].uses.quoted

    assert (told.number, told.recommendation, told.quote) == (1, "Fit masks at home.", MASK)
    assert told.votes == ("Priorities",)


def test_nobody_is_told_where_words_of_others_are_quoted(secrets, quoted):
    assert my_words(secrets["Dr. Bo Diaz"]).quoted == ()


def test_words_taken_back_are_hidden_from_everybody_at_once(ann, first, store, told_meeting):
    """B-4: From the next request on."""
    before = shared_texts(store, told_meeting)

    press(ann, first, Change.TAKE_BACK)

    assert first.text in before
    assert first.text not in shared_texts(store, told_meeting)
    assert my_turn(ann, first.utterance_id).turn.shown is Shown.NOBODY


def test_a_recommendation_remembers_that_a_source_was_withdrawn(
    ann, first, quoted, told_meeting, store
):
    """B-11: Its text stays."""
    press(ann, first, Change.TAKE_BACK)

    (view,) = recommendations.recommendations(told_meeting)
    with store.read() as tx:
        lost = tx.execute(select(lost_source.c.recommendation_id, lost_source.c.reason)).all()
    assert (view.recommendation.text, view.evidence) == ("Fit masks at home.", ())
    assert lost == [(quoted, "withdrawn")]


def test_words_put_back_are_shown_again_but_quoted_nowhere(ann, first, quoted, store, told_meeting):
    press(ann, first, Change.TAKE_BACK)

    press(ann, my_turn(ann, first.utterance_id).turn, Change.PUT_BACK)

    turn = my_turn(ann, first.utterance_id).turn
    assert (turn.shown, turn.uses.quoted) == (Shown.WORDS, ())
    assert first.text in shared_texts(store, told_meeting)


def test_everything_is_taken_back_and_put_back_in_one_press(ann, store, told_meeting):
    mine = [turn.text for turn in my_words(ann).turns]

    change_all(ann, Change.TAKE_BACK, mark_of(ann, Change.TAKE_BACK))
    hidden = shared_texts(store, told_meeting)
    change_all(ann, Change.PUT_BACK, mark_of(ann, Change.PUT_BACK))

    assert not set(mine) & set(hidden)
    assert set(mine) <= set(shared_texts(store, told_meeting))


def test_private_is_noted_and_ends(ann, first, store):
    press(ann, first, Change.MAKE_PRIVATE)
    with store.read() as tx:
        noted = wishes.wishes_of(tx, [first.utterance_id])

    press(ann, my_turn(ann, first.utterance_id).turn, Change.END_PRIVATE)

    assert noted == {first.utterance_id: frozenset({Wish.PRIVATE})}
    assert not my_turn(ann, first.utterance_id).turn.is_private


def test_an_old_press_after_a_change_does_nothing(ann, first):
    """V2: A page that is older than what holds now."""
    mark = mark_of(ann, Change.TAKE_BACK, first)
    change(ann, first.utterance_id, Change.TAKE_BACK, mark)
    press(ann, my_turn(ann, first.utterance_id).turn, Change.PUT_BACK)
    press(ann, my_turn(ann, first.utterance_id).turn, Change.MAKE_PRIVATE)

    outcome = change(ann, first.utterance_id, Change.TAKE_BACK, mark)

    assert outcome is Outcome.OLD_PAGE
    assert not my_turn(ann, first.utterance_id).turn.is_taken_back


def test_a_press_that_comes_too_soon_does_nothing(ann, first, app_runtime):
    """A-9: A gaze that still rests there."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)

    outcome = press(ann, first, Change.TAKE_BACK)

    assert outcome is Outcome.TOO_SOON
    assert not my_turn(ann, first.utterance_id).turn.is_taken_back


@pytest.mark.parametrize("wanted", list(Change))
def test_somebody_elses_words_cannot_be_changed(secrets, first, wanted):
    """S6: Own and other."""
    bo = secrets["Dr. Bo Diaz"]

    with pytest.raises(NotFound):
        change(bo, first.utterance_id, wanted, mark_of(bo, wanted, first))

    assert not my_turn(secrets["Ann Lee"], first.utterance_id).turn.is_taken_back


@pytest.mark.parametrize("wanted", list(Change))
def test_another_persons_mark_is_refused(secrets, ann, first, wanted):
    """V4: A mark that was made for somebody else."""
    with pytest.raises(PageNotOurs):
        change(ann, first.utterance_id, wanted, mark_of(secrets["Dr. Bo Diaz"], wanted, first))


def test_the_mark_of_another_press_is_refused(ann, first):
    """V4: Keeping private is not taking back."""
    mark = mark_of(ann, Change.MAKE_PRIVATE, first)

    with pytest.raises(PageNotOurs):
        change(ann, first.utterance_id, Change.TAKE_BACK, mark)


def test_the_audit_log_tells_what_was_done_and_no_word(ann, first, store):
    """B-14: Who, when, what id; no content."""
    press(ann, first, Change.TAKE_BACK)

    with store.read() as tx:
        row = tx.execute(audit_event.select().order_by(audit_event.c.number.desc())).first()
        broken = audit.first_broken(tx)
    assert (row.actor, row.action, row.subject_id) == (
        "participant",
        "words take-back",
        first.utterance_id,
    )
    assert "mask" not in str(row)
    assert broken is None


def test_one_turn_is_deleted_for_good_and_the_others_stay(ann, first, store, told_meeting):
    """B-10: In one press, by the person's own link."""
    n_before = len(my_words(ann).turns)

    press(ann, first, Change.DELETE)

    with store.read() as tx:
        texts = tx.execute(select(text_revision.c.text)).scalars().all()
    assert len(my_words(ann).turns) == n_before - 1
    assert not [text for text in texts if MASK in text]


def test_all_of_ones_words_are_deleted_and_nobody_elses(ann, secrets, store):
    """B-10: Everything, in one press."""
    mine = {turn.text for turn in my_words(ann).turns}

    change_all(ann, Change.DELETE, mark_of(ann, Change.DELETE))

    with store.read() as tx:
        texts = set(tx.execute(select(text_revision.c.text)).scalars())
    assert my_words(ann).turns == ()
    assert not mine & texts
    assert my_words(secrets["Dr. Bo Diaz"]).turns


def test_a_press_to_delete_that_comes_too_soon_deletes_nothing(ann, first, app_runtime):
    """A-9: Nothing goes by a gaze that still rests there."""
    app_runtime.settings = replace(app_runtime.settings, dwell_guard_ms=3000)

    press(ann, first, Change.DELETE)
    change_all(ann, Change.DELETE, mark_of(ann, Change.DELETE))

    assert my_turn(ann, first.utterance_id).turn.text == first.text


@pytest.fixture
def themed(meeting_id):
    """A meeting of 24 turns whose themes were found."""
    names = ["Ann Lee", "Dr. Bo Diaz", "Cyrus Ode"]
    lines = [
        f"{names[(n + m) % 3]}: {text.format(PLACES[n])}"
        for n in range(8)
        for m, text in enumerate(TOPICS.values())
    ]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)
    find_themes_of_meeting(meeting_id)
    return meeting_id


def ann_at(meeting_id):
    return {a.name: secret for a, secret in links.secrets_for(meeting_id)}["Ann Lee"]


def test_the_theme_that_words_are_part_of_is_told_by_name(themed):
    told = {turn.text: turn.uses.themes for turn in my_words(ann_at(themed)).turns}
    names = {theme.name for theme in themes.theme_report(themed).themes}

    assert all(len(found) == 1 and set(found) <= names for found in told.values())
    masks = {found for text, found in told.items() if "mask" in text}
    assert len(masks) == 1
    assert "mask" in masks.pop()[0].lower()


def test_words_taken_back_are_in_no_theme_any_more(themed):
    """B-11: On the next request, before themes are found anew."""
    ann = ann_at(themed)
    first = my_words(ann).turns[0]

    press(ann, first, Change.TAKE_BACK)

    assert my_turn(ann, first.utterance_id).turn.uses.themes == ()


def test_private_words_are_no_example_that_everybody_looks_at(themed):
    """B-4: Private from the person who came along, on a wall that both look at."""
    ann = ann_at(themed)
    mine = {turn.text for turn in my_words(ann).turns}
    before = shown_to_all(themed)

    for turn in my_words(ann).turns:
        press(ann, turn, Change.MAKE_PRIVATE)

    assert mine & before
    assert not mine & shown_to_all(themed)


def shown_to_all(meeting_id):
    public = themes.public_themes(meeting_id, 3)
    return {quote.quote.text for theme in public for quote in theme.quotes}
