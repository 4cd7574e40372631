"""Themes corrected by hand: what holds, for whom, and what a correction keeps of people's words."""

from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy, Zone
from domain.theme_edits import EditKind, Effect
from domain.themes import AsideReason, ChangeKind
from services import (
    erasure,
    meetings,
    programmes,
    theme_desk,
    theme_edits,
    themes,
    transcripts,
)
from services.access import acting_as
from services.theme_edits import Chosen
from services.theme_finding import find_themes_of_meeting
from store import audit, consent, talk, wishes
from tests.pages.staged import empty_meeting
from tests.services.test_themes import PLACES, TOPICS, bring_in, by_turns

PROGRAMMES = count()
NAMES = ("Ann Lee", "Dr. Bo Diaz", "Cyrus Ode")
OTHERS = ("Dana Ives", "Ed Moss")


@pytest.fixture
def found(meeting_id):
    """Masks, insurance and ramps, eight turns each, and a line about the meeting itself."""
    lines = ["Dr. Bo Diaz: Can you hear me?"] + [
        f"{NAMES[(n + m) % 3]}: {text.format(PLACES[n])}"
        for n in range(8)
        for m, text in enumerate(TOPICS.values())
    ]
    bring_in(meeting_id, "t.txt", lines)
    find_themes_of_meeting(meeting_id)
    return meeting_id


def theme(meeting_id, word):
    """The theme whose quotes mostly hold a word."""
    shown = theme_desk.open_themes(meeting_id).report.themes
    return max(shown, key=lambda t: sum(word in q.quote.text.lower() for q in t.quotes))


def words_in(meeting_id, theme_id):
    report = theme_desk.open_themes(meeting_id).report
    return {q.quote.text for t in report.themes if t.theme_id == theme_id for q in t.quotes}


def ids(quotes):
    return tuple(q.passage_id for q in quotes)


def effects(meeting_id):
    return [
        told.outcome and told.outcome.effect for told in theme_desk.open_themes(meeting_id).edits
    ]


def test_a_name_given_by_hand_stays_when_the_themes_are_found_again(found):
    mask = theme(found, "mask")

    theme_edits.rename(found, mask.theme_id, "  Sleeping   with a mask ")
    find_themes_of_meeting(found)

    assert theme(found, "mask").name == "Sleeping with a mask"
    assert theme(found, "mask").is_named_by_hand


def test_joined_themes_stay_joined_when_words_come_in(found):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")

    theme_edits.join(found, ramp.theme_id, mask.theme_id)
    bring_in(found, "more.txt", by_turns([TOPICS["ramp"].format(p) for p in "abcd"], *NAMES[:2]))
    find_themes_of_meeting(found)

    assert theme(found, "ramp").theme_id == mask.theme_id
    assert theme(found, "ramp").n_utterances == 20


def test_quotes_parted_into_a_new_theme_stay_there(found):
    mask = theme(found, "mask")
    chosen = Chosen(ids(mask.quotes[:3]))

    theme_edits.part(found, mask.theme_id, chosen, "Straps")
    find_themes_of_meeting(found)

    shown = {t.name: t for t in theme_desk.open_themes(found).report.themes}
    assert {q.quote.text for q in shown["Straps"].quotes} == {q.quote.text for q in mask.quotes[:3]}
    assert theme(found, "mask").n_utterances == 5


def test_a_fine_theme_can_be_moved_whole(found):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")
    fine = mask.fine[0]

    theme_edits.move(found, Chosen(fine_theme_ids=(fine.theme_id,)), ramp.theme_id)

    assert {q.quote.text for q in fine.quotes} <= words_in(found, ramp.theme_id)


def test_a_moved_quote_says_so_and_stands_in_its_new_theme_alone(found):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")
    quote = mask.quotes[0]

    edit_id = theme_edits.move(found, Chosen(ids([quote])), ramp.theme_id)

    assert quote.quote.text not in words_in(found, mask.theme_id)
    moved = next(q for q in theme(found, "ramp").quotes if q.passage_id == quote.passage_id)
    assert moved.moved_by == edit_id


def test_what_is_set_aside_is_listed_apart_from_talk_about_the_meeting(found):
    quote = theme(found, "mask").quotes[0]

    theme_edits.set_aside(found, Chosen(ids([quote])))

    aside = {
        a.reason: [q.quote.text for q in a.quotes] for a in theme_desk.open_themes(found).aside
    }
    assert aside == {
        AsideReason.BY_HAND: [quote.quote.text],
        AsideReason.MEETING_TALK: ["Can you hear me?"],
    }


def test_what_was_set_aside_can_be_put_into_a_theme(found):
    aside = theme_desk.open_themes(found).aside[0].quotes

    theme_edits.move(found, Chosen(ids(aside)), theme(found, "ramp").theme_id)

    assert theme_desk.open_themes(found).aside == ()


def test_a_pinned_quote_stands_first_everywhere(found):
    last = theme(found, "mask").quotes[-1]

    theme_edits.pin(found, ids([last]))

    mask = theme(found, "mask")
    assert mask.quotes[0].passage_id == last.passage_id
    assert themes.theme_quotes(found, mask.theme_id, 1)[0].passage_id == last.passage_id
    shown = next(t for t in themes.public_themes(found) if t.theme_id == mask.theme_id)
    assert last.quote in [q.quote for q in shown.quotes]


def test_a_note_says_who_wrote_it_and_when(found):
    with acting_as(Actor("Fay", (Grant(StaffRole.FACILITATOR),))):
        theme_edits.note(found, theme(found, "mask").theme_id, "Ask the vendor in spring.")

    (note,) = theme(found, "mask").notes
    assert (note.text, note.edit.author) == ("Ask the vendor in spring.", "Fay")


def told_of(meeting_id):
    desk = theme_desk.open_themes(meeting_id)
    return desk.report.themes, desk.aside, desk.points


def test_an_undo_restores_exactly_and_can_be_undone(found):
    before = told_of(found)
    mask, ramp = theme(found, "mask"), theme(found, "ramp")
    edit_id = theme_edits.join(found, ramp.theme_id, mask.theme_id)
    after = told_of(found)

    theme_edits.undo(edit_id)
    assert told_of(found) == before

    theme_edits.redo(edit_id)
    assert told_of(found) == after


def test_only_what_holds_is_taken_back(found):
    edit_id = theme_edits.rename(found, theme(found, "mask").theme_id, "Masks")
    with pytest.raises(NotAllowedNow, match="holds already"):
        theme_edits.redo(edit_id)

    theme_edits.undo(edit_id)

    with pytest.raises(NotAllowedNow, match="taken back already"):
        theme_edits.undo(edit_id)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_short_and_not_empty(found, name):
    with pytest.raises(NotAllowedNow):
        theme_edits.rename(found, theme(found, "mask").theme_id, name)


def test_a_name_names_nobody(found):
    with pytest.raises(NotAllowedNow, match="names nobody"):
        theme_edits.rename(found, theme(found, "mask").theme_id, "What ann lee said")


def test_two_themes_never_get_the_same_name(found):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")

    with pytest.raises(NotAllowedNow, match="Another theme has this name"):
        theme_edits.rename(found, mask.theme_id, ramp.name.upper())


def test_what_is_not_there_cannot_be_corrected(found):
    mask = theme(found, "mask")

    with pytest.raises(NotFound):
        theme_edits.join(found, mask.theme_id, "nothing")
    with pytest.raises(NotAllowedNow, match="choose again"):
        theme_edits.set_aside(found, Chosen(("nothing",)))
    with pytest.raises(NotAllowedNow, match="at least one"):
        theme_edits.set_aside(found, Chosen())
    with pytest.raises(NotAllowedNow, match="itself"):
        theme_edits.join(found, mask.theme_id, mask.theme_id)


def test_a_correction_whose_words_were_taken_back_says_so(found, store):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")
    quote = mask.quotes[0]
    theme_edits.move(found, Chosen(ids([quote])), ramp.theme_id)

    with store.write() as tx:
        wishes.add_wish(tx, quote.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert effects(found) == [Effect.NOT_APPLIED]
    assert quote.quote.text not in repr(theme_desk.open_themes(found))


def test_a_correction_follows_words_that_are_released_anew(found, store):
    mask, ramp = theme(found, "mask"), theme(found, "ramp")
    quote = mask.quotes[0]
    theme_edits.move(found, Chosen(ids([quote])), ramp.theme_id)

    with store.write() as tx:
        text = quote.quote.text.replace("straps", "clips")
        talk.add_revision(tx, quote.utterance_id, RevisionKind.RELEASED, text, author="r")
    find_themes_of_meeting(found)

    assert effects(found) == [Effect.HOLDS]
    assert text in words_in(found, ramp.theme_id)


def a_later_meeting(programme_id):
    """Another meeting that speaks of masks alone."""
    later = empty_meeting(programme_id)
    people(later, *OTHERS)
    bring_in(later, "l.txt", by_turns([TOPICS["mask"].format(p) for p in PLACES], *OTHERS))
    find_themes_of_meeting(later)
    return later


def people(meeting_id, *names):
    for name in names:
        meetings.add_person(meeting_id, name, StakeholderGroup.CLINICIAN)


def test_at_another_meeting_the_name_is_the_same(found, programme_id):
    later = a_later_meeting(programme_id)
    mask = theme(found, "mask")
    assert theme(later, "mask").theme_id == mask.theme_id

    theme_edits.rename(found, mask.theme_id, "Nights with a mask")

    assert theme(later, "mask").name == "Nights with a mask"


def test_what_was_done_to_quotes_is_listed_at_their_meeting_alone(found, programme_id):
    later = a_later_meeting(programme_id)
    mask = theme(found, "mask")
    theme_edits.pin(found, ids(mask.quotes[:1]))
    theme_edits.rename(found, mask.theme_id, "Nights with a mask")

    told = theme_desk.open_themes(later).edits

    assert [one.edit.kind for one in told] == [EditKind.RENAME]


def test_who_may_correct_one_meeting_corrects_nothing_elsewhere(found, programme_id):
    later = a_later_meeting(programme_id)
    before = theme(later, "mask").name
    here = Actor("Fay", (Grant(StaffRole.FACILITATOR, programme_id, found),))

    with acting_as(here):
        theme_edits.rename(found, theme(found, "mask").theme_id, "Nights with a mask")
        with pytest.raises(NotPermitted):
            theme_edits.rename(later, theme(found, "mask").theme_id, "Other")

    assert theme(found, "mask").name == "Nights with a mask"
    assert theme(later, "mask").name == before


def test_who_may_correct_one_meeting_takes_nothing_back_that_holds_in_all(found, programme_id):
    edit_id = theme_edits.rename(found, theme(found, "mask").theme_id, "Masks")

    with (
        acting_as(Actor("Fay", (Grant(StaffRole.FACILITATOR, programme_id, found),))),
        pytest.raises(NotPermitted),
    ):
        theme_edits.undo(edit_id)


@pytest.mark.parametrize("role", [StaffRole.LEADER, StaffRole.REVIEWER, StaffRole.ADMIN])
def test_only_facilitators_and_analysts_correct(found, role):
    mask = theme(found, "mask")
    edit_id = theme_edits.note(found, mask.theme_id, "Ask.")

    with acting_as(Actor("Lee", (Grant(role),))):
        for call in (
            lambda: theme_edits.rename(found, mask.theme_id, "N"),
            lambda: theme_edits.join(found, mask.theme_id, mask.theme_id),
            lambda: theme_edits.part(found, mask.theme_id, Chosen(), "N"),
            lambda: theme_edits.move(found, Chosen(), mask.theme_id),
            lambda: theme_edits.set_aside(found, Chosen()),
            lambda: theme_edits.pin(found, ()),
            lambda: theme_edits.note(found, mask.theme_id, "N"),
            lambda: theme_edits.undo(edit_id),
            lambda: theme_edits.redo(edit_id),
        ):
            with pytest.raises(NotPermitted):
                call()


def test_the_log_of_who_did_what_holds_no_words(found, store):
    mask = theme(found, "mask")
    theme_edits.rename(found, mask.theme_id, "Sleeping outdoors")
    theme_edits.note(found, mask.theme_id, "Ask the vendor.")
    theme_edits.pin(found, ids(mask.quotes[:1]))

    with store.read() as tx:
        events = audit.events(tx, limit=3)

    assert [e.action for e in events] == ["quotes pinned", "theme noted", "theme renamed"]
    assert "outdoors" not in repr(events)
    assert "vendor" not in repr(events)


HERS = "The plover clamp of the breathing mask leaks, the plover clamp {}."


@pytest.fixture
def hers(meeting_id):
    """Ann alone says "plover clamp"; somebody named a theme after it and noted a line of hers."""
    lines = [
        f"{who}: {text.format(PLACES[n])}"
        for n in range(8)
        for who, text in (
            ("Ann Lee", HERS),
            ("Dr. Bo Diaz", TOPICS["mask"]),
            ("Cyrus Ode", TOPICS["insurance"]),
        )
    ]
    bring_in(meeting_id, "t.txt", lines)
    find_themes_of_meeting(meeting_id)
    mask = theme(meeting_id, "mask")
    theme_edits.rename(meeting_id, mask.theme_id, "Plover clamp")
    theme_edits.note(meeting_id, mask.theme_id, f"Ann Lee said: {HERS.format('Monday')} Call her.")
    theme_edits.rename(meeting_id, theme(meeting_id, "insurance").theme_id, "Appeals and letters")
    return meeting_id


def person(meeting_id, name):
    return next(a.attendance_id for a in meetings.roster(meeting_id) if a.name == name)


def take_back(store, meeting_id, how):
    her = [
        u.utterance_id
        for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)
        if u.speaker == "Ann Lee"
    ]
    with store.write() as tx:
        for utterance_id in her:
            if how == "withdrawn":
                wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
            elif how == "withheld":
                talk.add_revision(tx, utterance_id, RevisionKind.WITHHELD, "", author="r")
            else:
                words = "The [name] of the breathing mask leaks."
                talk.add_revision(tx, utterance_id, RevisionKind.RELEASED, words, author="r")
        if how == "only counted":
            consent.add_consent(
                tx,
                meeting_id,
                {ConsentUse.QUOTED: False},
                written_where="",
                recorded_by="Ann",
                attendance_id=person(meeting_id, "Ann Lee"),
            )


@pytest.mark.parametrize("how", ["withdrawn", "withheld", "released otherwise", "only counted"])
def test_a_typed_name_and_note_lose_words_that_were_taken_back(hers, store, how):
    """B-4: What staff typed repeats nobody who took their words back, on the next request."""
    assert "plover" in repr(theme_desk.open_themes(hers)).lower()

    take_back(store, hers, how)

    told = repr((theme_desk.open_themes(hers), themes.public_themes(hers))).lower()
    assert "plover" not in told
    assert "call her" in told
    assert "appeals and letters" in told


def test_a_typed_name_stays_while_somebody_else_says_the_same(hers, store):
    bring_in(hers, "more.txt", ["Dr. Bo Diaz: A plover clamp is dear.", "Ed: Yes.", "Fi: No."])

    take_back(store, hers, "withdrawn")

    named, noted, _ = theme_desk.open_themes(hers).edits
    assert (named.text, noted.is_text_hidden) == ("Plover clamp", True)


def test_a_correction_that_was_told_by_name_does_not_tell_a_hidden_one(hers, store):
    take_back(store, hers, "withdrawn")

    told = theme_desk.open_themes(hers).edits

    assert [one.is_text_hidden for one in told] == [True, True, False]


def test_erasing_somebody_takes_their_words_out_of_names_and_notes(hers, store):
    """B-10: What staff typed of them goes too, with every id of their words."""
    mask = theme(hers, "mask")
    hers_said = [q for q in mask.quotes if "plover" in q.quote.text]
    theme_edits.set_aside(hers, Chosen(ids(hers_said[:2])))
    gone = {q.utterance_id for q in hers_said}

    erasure.erase_person(person(hers, "Ann Lee"), reason="asked")

    with store.read() as tx:
        rows = [
            str(tuple(row)).lower()
            for table in ("theme_edit", "theme_edit_passage", "theme_edit_fine")
            for row in tx.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert not any(word in row for row in rows for word in ("plover", "ann", "lee said"))
    assert not any(utterance_id.lower() in row for row in rows for utterance_id in gone)
    assert any("call her" in row for row in rows)
    assert any("appeals and letters" in row for row in rows)


def test_after_an_erasure_a_correction_says_what_it_could_not_do(hers):
    mask = theme(hers, "mask")
    hers_said = [q for q in mask.quotes if "plover" in q.quote.text]
    theme_edits.set_aside(hers, Chosen(ids(hers_said[:2])))

    erasure.erase_person(person(hers, "Ann Lee"), reason="asked")
    find_themes_of_meeting(hers)

    assert effects(hers)[-1] is Effect.NOT_APPLIED


def test_what_changed_since_the_last_time_is_told_in_names(found):
    assert theme_desk.what_changed(found) is None
    text = "Genetic testing counsellors explained genetic testing results {}."
    bring_in(found, "more.txt", by_turns([text.format(p) for p in PLACES], *NAMES[:2]))
    find_themes_of_meeting(found)

    (change,) = theme_desk.what_changed(found)

    assert (change.kind, change.n_now) == (ChangeKind.APPEARED, 8)
    assert "genetic" in change.name.lower()


def test_a_breadth_changes_what_is_shown_and_nothing_else(found):
    desk = theme_desk.open_themes(found)

    for n in range(desk.fewest, desk.most + 1):
        at = theme_desk.open_themes(found, n)
        assert len(at.shown) == n
        assert sum(len(t.quotes) for t in at.shown) == sum(len(t.quotes) for t in desk.shown)
        assert at.report == desk.report


KINDS = st.sampled_from(["rename", "join", "part", "move", "aside", "pin", "undo"])


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(KINDS, st.integers(0, 99), st.integers(0, 99)), max_size=6),
    n_withdrawn=st.integers(0, 3),
)
def test_corrections_survive_a_run_over_other_words(store, steps, n_withdrawn):
    """Any corrections, then words come and go and themes are found anew: what still can, holds."""
    # Of its own: what an earlier example did at another meeting could not be told apart.
    meeting_id = meetings.create_meeting(
        programmes.start_ours(f"Ours {next(PROGRAMMES)}"),
        season=Season.FALL,
        held_on=date(2001, 1, 1),
        challenge="Nights",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    people(meeting_id, *OTHERS, *NAMES[:2])
    texts = [t.format(p) for p in PLACES[:6] for t in TOPICS.values()]
    bring_in(meeting_id, "t.txt", by_turns(texts, *OTHERS))
    find_themes_of_meeting(meeting_id)
    last_place = {}
    kept = []
    for kind, a, b in steps:
        do(meeting_id, kind, a, b, kept, last_place)

    before = theme_desk.open_themes(meeting_id)
    gone = [q.utterance_id for t in before.report.themes for q in t.quotes][:n_withdrawn]
    with store.write() as tx:
        for utterance_id in gone:
            wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
    more = [TOPICS["mask"].format(p) for p in ("here", "there", "late")]
    bring_in(meeting_id, "more.txt", by_turns(more, *NAMES[:2]))
    find_themes_of_meeting(meeting_id)

    after = theme_desk.open_themes(meeting_id)
    now = {q.passage_id: t.theme_id for t in after.report.themes for q in t.quotes}
    for passage_id, theme_id in last_place.items():
        was_gone = passage_id not in {
            q.passage_id for t in before.report.themes for q in t.quotes
        } | {q.passage_id for a in before.aside for q in a.quotes}
        still = {q.passage_id for a in after.aside for q in a.quotes} | now.keys()
        if passage_id in still and not was_gone:
            assert now.get(passage_id) == theme_id
    for told in after.edits:
        assert told.outcome is None or told.outcome.effect in Effect


def do(meeting_id, kind, a, b, kept, last_place):
    """One correction as a screen makes it; `last_place` is what a person said last of a quote."""
    shown = theme_desk.open_themes(meeting_id).report.themes
    one, other = shown[a % len(shown)], shown[b % len(shown)]
    quotes = one.quotes[: 1 + b % 3]
    if kind == "undo" and kept:
        theme_edits.undo(kept.pop())
        last_place.clear()
    elif kind == "join" and one != other:
        kept.append(theme_edits.join(meeting_id, one.theme_id, other.theme_id))
        last_place.update({q.passage_id: other.theme_id for q in one.quotes})
    elif kind == "rename":
        kept.append(theme_edits.rename(meeting_id, one.theme_id, f"Name {len(kept)} {a} {b}"))
    elif kind == "pin":
        kept.append(theme_edits.pin(meeting_id, ids(quotes)))
    elif kind == "move":
        kept.append(theme_edits.move(meeting_id, Chosen(ids(quotes)), other.theme_id))
        last_place.update({q.passage_id: other.theme_id for q in quotes})
    elif kind == "aside" and len(shown) > 1:
        kept.append(theme_edits.set_aside(meeting_id, Chosen(ids(quotes))))
        last_place.update({q.passage_id: None for q in quotes})
    elif kind == "part":
        name = f"Part {len(kept)} {a} {b}"
        kept.append(theme_edits.part(meeting_id, one.theme_id, Chosen(ids(quotes)), name))
        new = next(t for t in theme_desk.open_themes(meeting_id).report.themes if t.name == name)
        last_place.update({q.passage_id: new.theme_id for q in quotes})
