"""Words in other languages are read by a translation that somebody reviewed, and quoted as said."""

import csv
import io
import shutil
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.ids import TranslationId
from domain.recommendations import LossReason
from domain.talk import (
    ConsentUse,
    RevisionKind,
    Wish,
    WishMadeBy,
    digest_of,
    verify_quote,
)
from domain.themes import AsideReason, ChangeKind
from domain.translations import TranslationState
from services import (
    audit_log,
    echoes,
    erasure,
    evidence,
    exports,
    glance,
    links,
    meetings,
    my_words,
    programmes,
    proposals,
    recommendations,
    releasing,
    retention,
    search,
    theme_desk,
    theme_edits,
    themes,
    transcripts,
    translations,
    words_to_read,
)
from services.access import COMMAND_LINE, acting_as
from services.reanchoring import reanchor
from services.runtime import Runtime, runtime, use_runtime
from services.settings import read_settings
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import consent, talk, wishes
from store.tables import embedding, translation
from tests.fakes import WordEmbedder
from tests.made_translation import (
    CHAIR,
    CHAIR_IN_ENGLISH,
    PHONE,
    PHONE_IN_ENGLISH,
    say_in_spanish,
    translate,
    translate_and_review,
    waiting,
)
from tests.pages.staged import empty_meeting, meeting_with_words

ANN = Actor("Ann", (Grant(StaffRole.FACILITATOR),))
BEA = Actor("Bea", (Grant(StaffRole.REVIEWER),))
ORDER = "The wheelchair order waited for a letter that the wheelchair vendor had lost twice."


@pytest.fixture(scope="module")
def spoken_set(migrated_file, tmp_path_factory):
    """The folder of a meeting with English turns and two Spanish ones, its themes found."""
    folder = tmp_path_factory.mktemp("spoken")
    shutil.copy(migrated_file, folder / "roundtable.db")
    made = runtime_over(folder)
    with acting_as(COMMAND_LINE):
        meeting_id = meeting_with_words(programmes.start_ours("Ours"))
        say_in_spanish(meeting_id)
    use_runtime(None)
    made.store.close()
    return folder, meeting_id


@pytest.fixture
def app_runtime(spoken_set, tmp_path):
    """A runtime over a copy of it."""
    shutil.copytree(spoken_set[0], tmp_path, dirs_exist_ok=True)
    made = runtime_over(tmp_path)
    yield made
    use_runtime(None)
    made.store.close()


@pytest.fixture
def spoken(spoken_set, app_runtime):
    return spoken_set[1]


@pytest.fixture
def meeting_id(app_runtime):
    """Another meeting, with six English turns."""
    return meeting_with_words(programmes.start_ours("Another"))


def runtime_over(folder):
    made = Runtime(
        read_settings(
            {
                "ROUNDTABLE_FOLDER": str(folder),
                "ROUNDTABLE_WORKER": "0",
                "ROUNDTABLE_DWELL_GUARD_MS": "0",
            }
        )
    )
    made.__dict__["_embedder"] = WordEmbedder()
    use_runtime(made)
    return made


def grouped(meeting_id):
    """Quotes of every theme, by the words that were said."""
    report = themes.theme_report(meeting_id, n_quotes=100)
    return {q.quote.text: q.quote for theme in report.themes for q in theme.quotes}


def theme_of(meeting_id, words):
    report = themes.theme_report(meeting_id, n_quotes=100)
    return next((t for t in report.themes if words in [q.quote.text for q in t.quotes]), None)


def programme_of(meeting_id):
    return meetings.the_meeting(meeting_id).programme_id


def release_as(store, utterance_id, words):
    with store.write() as tx:
        talk.add_revision(tx, utterance_id, RevisionKind.RELEASED, words, author="r")
        reanchor(tx, utterance_id, reason=LossReason.TEXT_CHANGED)


def test_a_reviewed_translation_puts_words_into_the_theme_that_says_the_same(spoken):
    translate_and_review(spoken, PHONE, ORDER)

    theme = theme_of(spoken, PHONE)

    assert theme
    assert any("wheelchair order" in q.quote.text for q in theme.quotes)


def test_what_is_quoted_stays_as_it_was_said_with_the_translation_beside(spoken):
    translate_and_review(spoken, PHONE, ORDER)

    quote = grouped(spoken)[PHONE]

    assert (quote.text, quote.translation) == (PHONE, ORDER)


def test_a_translation_that_waits_for_review_is_not_used(spoken):
    translate(spoken, PHONE, ORDER)
    find_themes_of_meeting(spoken)

    assert theme_of(spoken, PHONE) is None
    assert waiting(spoken).quote.translation == ""


def test_a_theme_may_be_named_by_a_translation(spoken):
    say_in_spanish(spoken, *(f"{CHAIR} {n} veces nos lo han dicho." for n in ("Dos", "Tres")))
    for n in ("Dos", "Tres"):
        translate_and_review(
            spoken, f"{CHAIR} {n} veces nos lo han dicho.", "The plover paperwork is never done."
        )
    translate_and_review(spoken, CHAIR, "The plover paperwork is never done by anybody.")

    theme = theme_of(spoken, CHAIR)

    assert "plover" in f"{theme.name} {theme.key_words}".lower()


def test_the_list_tells_how_far_each_is(spoken):
    translate(spoken)

    listed = translations.other_languages(spoken)

    assert listed.n_not_grouped == 2
    assert listed.told == "1 without a translation, 1 waiting for review"
    assert {one.spoken.language for one in listed.words} == {"Spanish"}


def test_at_a_glance_the_same_is_told(spoken):
    translate(spoken)

    needs = [need.told for need in glance.glance(spoken).needs]

    told = "1 without a translation, 1 waiting for review"
    assert f"2 passages are not grouped (Spanish): {told}." in needs


def test_themes_say_that_they_are_to_be_found_again_once_a_translation_is_reviewed(spoken):
    assert not theme_desk.open_themes(spoken).report.is_stale
    translations.review(translate(spoken))

    assert theme_desk.open_themes(spoken).report.is_stale


def test_what_changed_tells_that_a_theme_grew_by_translated_words(spoken):
    say_in_spanish(spoken, f"{CHAIR} Nos lo han dicho ya.")
    for words in (PHONE, CHAIR, f"{CHAIR} Nos lo han dicho ya."):
        translations.review(translate(spoken, words, f"{ORDER} {len(words)}"))
    find_themes_of_meeting(spoken)

    (changed,) = theme_desk.what_changed(spoken)

    assert (changed.kind, changed.n_now - changed.n_before) == (ChangeKind.GROWN, 3)


def test_a_translation_taken_back_is_used_no_more_on_the_next_request(spoken):
    made = translate_and_review(spoken, PHONE, ORDER)
    assert theme_of(spoken, PHONE)

    translations.take_back(made)

    desk = theme_desk.open_themes(spoken)
    aside = {a.reason: a for a in desk.aside}[AsideReason.OTHER_LANGUAGE]
    assert theme_of(spoken, PHONE) is None
    assert PHONE in [q.quote.text for q in aside.quotes]
    assert desk.report.is_stale


def test_taking_back_can_be_undone(spoken):
    made = translate_and_review(spoken, PHONE, ORDER)
    translations.take_back(made)

    translations.bring_back(made)

    assert theme_of(spoken, PHONE)
    assert not theme_desk.open_themes(spoken).report.is_stale


def test_a_changed_translation_waits_for_its_own_review(spoken):
    translate_and_review(spoken, PHONE, ORDER)

    translate(spoken, PHONE, f"{ORDER} Truly.")

    assert waiting(spoken).state is TranslationState.WAITING
    assert theme_of(spoken, PHONE) is None


def test_taking_back_a_change_lets_the_reviewed_wording_before_it_hold_again(spoken):
    translate_and_review(spoken, PHONE, ORDER)
    changed = translate(spoken, PHONE, f"{ORDER} Truly.")

    translations.take_back(changed)

    assert waiting(spoken).quote.translation == ORDER
    assert theme_of(spoken, PHONE)


def test_a_review_can_be_taken_back(spoken):
    made = translate_and_review(spoken, PHONE, ORDER)

    translations.end_review(made)

    assert waiting(spoken).state is TranslationState.WAITING
    assert theme_of(spoken, PHONE) is None


def test_who_wrote_and_who_reviewed_is_told(spoken):
    with acting_as(ANN):
        made = translate(spoken)
    with acting_as(BEA):
        translations.review(made)

    told = waiting(spoken).translation

    assert (told.written_by, told.reviewed_by) == ("Ann", "Bea")
    assert told.reviewed_at >= told.written_at
    assert not told.is_by_one_person


def test_one_person_may_do_both_and_that_is_told(spoken):
    with acting_as(ANN):
        translations.review(translate(spoken))

    assert waiting(spoken).translation.is_by_one_person


def test_every_step_is_in_the_log_without_a_word_of_it(spoken):
    made = translate(spoken)
    translations.review(made)
    translations.end_review(made)
    translations.take_back(made)
    translations.bring_back(made)

    found = audit_log.read_log(n=20).events
    entries = [e for e in found if e.action.startswith("translation")]

    assert [e.action.removeprefix("translation ") for e in reversed(entries)] == [
        "written",
        "reviewed",
        "no longer reviewed",
        "taken back",
        "brought back",
    ]
    assert PHONE_IN_ENGLISH not in str(entries)


def test_words_released_otherwise_end_their_translation_and_are_listed_again(spoken, store):
    translate_and_review(spoken, PHONE, ORDER)
    now = PHONE.replace("teléfono", "[place]")
    release_as(store, waiting(spoken).utterance_id, now)
    find_themes_of_meeting(spoken)

    one = waiting(spoken, now)

    assert one.state is TranslationState.CHANGED
    assert (one.translation, one.quote.translation) == (None, "")
    assert theme_of(spoken, now) is None


def test_released_as_they_were_before_they_have_their_translation_again(spoken, store):
    translate_and_review(spoken, PHONE, ORDER)
    utterance_id = waiting(spoken).utterance_id
    release_as(store, utterance_id, f"{PHONE} Gracias a todos.")
    release_as(store, utterance_id, PHONE)
    find_themes_of_meeting(spoken)

    assert waiting(spoken).quote.translation == ORDER


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to keep yet"),
        (" \n\t ", "nothing to keep yet"),
        ("…!? – ", "nothing to keep yet"),
        (PHONE, "word for word"),
        (f"  {PHONE.upper()} ", "word for word"),
        (CHAIR, "reads like Spanish"),
        ("x" * 20_000, "20,000 characters, for 73 that were said"),
        ("word " * 4_000, "19,999 characters, for 73 that were said"),
        ("a mask " * 200, "1,399 characters, for 73 that were said"),
    ],
)
def test_what_is_no_translation_is_refused_and_says_why(spoken, text, why):
    with pytest.raises(NotAllowedNow, match=why):
        translate(spoken, PHONE, text)

    assert waiting(spoken).state is TranslationState.MISSING


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('x')</script> **bold** [a](javascript:b) mask",
        "The mask \u202egnitset\u202c leaks \u200f at night",
        "=HYPERLINK(1) mask",
        "She said “no”, and 'nobody' came with the mask.",
    ],
)
def test_marks_of_any_kind_stay_as_they_were_typed(spoken, text):
    translate_and_review(spoken, PHONE, text)

    assert waiting(spoken).quote.translation == text


def test_of_a_turn_in_several_passages_each_is_translated_by_itself(meeting_id):
    parts = [
        f"Número {n} no es lo que nos han dicho, y la silla que no llega es para mi madre."
        for n in range(12)
    ]
    say_in_spanish(meeting_id, " ".join(parts))
    first, *rest = translations.other_languages(meeting_id).words

    made = translations.write(first.utterance_id, first.original_sha256, ORDER, seen=None)
    translations.review(made)

    listed = translations.other_languages(meeting_id)
    assert len(rest) >= 1
    assert (
        listed.told == f"{len(rest)} without a translation, 1 reviewed since the themes were found"
    )


def test_a_half_translated_turn_says_what_is_missing(meeting_id):
    english = "We wait for the chair and nobody calls us back about it at all. " * 6
    spanish = "No es lo que nos han dicho, y la silla que no llega es para mi madre. " * 6
    say_in_spanish(meeting_id, f"{english}{spanish}{spanish}")
    first, *_, last = translations.other_languages(meeting_id).words
    translations.review(
        translations.write(first.utterance_id, first.original_sha256, ORDER, seen=None)
    )

    (said,) = [u for u in transcripts.utterances(meeting_id) if u.text.startswith(english[:40])]
    with runtime().store.read() as tx:
        told = words_to_read.of_whole_turns(tx, [said])[said.utterance_id]

    assert first.original_sha256 != last.original_sha256 or first == last
    assert told.startswith(english[:60])
    assert ORDER in told


HALF = "We wait for the chair and nobody calls. No hay nadie que nos ayude con el papeleo."


def test_words_half_in_english_are_grouped_as_they_stand_and_listed(meeting_id):
    say_in_spanish(meeting_id, HALF)

    listed = translations.other_languages(meeting_id)

    (one,) = listed.heard_in_part
    assert (one.quote.text, one.spoken.language, one.spoken.is_in_part) == (HALF, "Spanish", True)
    assert (listed.n_not_grouped, one.state) == (0, TranslationState.MISSING)


def test_at_a_glance_it_is_told_that_half_is_not_heard(meeting_id):
    say_in_spanish(meeting_id, HALF)

    needs = [need.told for need in glance.glance(meeting_id).needs]

    assert "Of 1 passage only the English words are heard: 1 without a translation." in needs


def test_translated_words_half_in_english_are_grouped_by_all_that_they_say(meeting_id):
    say_in_spanish(meeting_id, HALF)
    translations.review(translate(meeting_id, HALF, ORDER))
    before = translations.other_languages(meeting_id)
    find_themes_of_meeting(meeting_id)

    listed = translations.other_languages(meeting_id)

    assert [one.quote.text for one in before.heard_in_part] == [HALF]
    assert ([o.quote.text for o in listed.heard], listed.heard_in_part) == ([HALF], ())
    assert theme_of(meeting_id, HALF)


@pytest.mark.parametrize("asked", ["papeleo", "nobody calls"])
def test_words_half_in_english_are_found_by_both_halves_without_a_translation(meeting_id, asked):
    say_in_spanish(meeting_id, HALF)

    hits = search.search(programme_of(meeting_id), asked).hits

    assert hits[0].quote.text == HALF


def test_of_two_who_write_at_once_the_second_is_told(spoken):
    one = waiting(spoken)
    first = translations.write(one.utterance_id, one.original_sha256, ORDER, seen=None)

    with pytest.raises(NotAllowedNow, match="Somebody else wrote a translation"):
        translations.write(one.utterance_id, one.original_sha256, "Another one.", seen=None)

    assert waiting(spoken).translation.translation_id == first


def test_nobody_reviews_a_wording_that_was_changed_meanwhile(spoken):
    first = translate(spoken)
    translate(spoken, PHONE, ORDER)

    with pytest.raises(NotAllowedNow, match="changed this translation meanwhile"):
        translations.review(first)


def test_an_older_wording_is_not_brought_back_over_a_newer_one(spoken):
    first = translate(spoken)
    translations.take_back(first)
    translate(spoken, PHONE, ORDER)

    with pytest.raises(NotAllowedNow):
        translations.bring_back(first)


def test_the_same_wording_again_is_no_new_one(spoken):
    translate(spoken)

    with pytest.raises(NotAllowedNow, match="says exactly this already"):
        translate(spoken)


def test_words_that_were_withdrawn_take_no_translation_and_are_not_listed(spoken, store):
    one = waiting(spoken)
    made = translate(spoken)
    with store.write() as tx:
        wishes.add_wish(tx, one.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    with pytest.raises(NotAllowedNow, match="Others may not read these words now"):
        translations.write(one.utterance_id, one.original_sha256, ORDER, seen=made)
    with pytest.raises(NotAllowedNow, match="Others may not read these words now"):
        translations.review(made)
    assert PHONE not in [o.quote.text for o in translations.other_languages(spoken).words]


def test_words_that_may_only_be_counted_are_counted_in_the_list(meeting_id):
    only_counted = ConsentGiven(frozenset({ConsentUse.RECORDED, ConsentUse.GROUPED}), "form")
    say_in_spanish(meeting_id, consent=only_counted, who=1)
    listed = translations.other_languages(meeting_id)

    assert listed.words == ()
    assert listed.told == "2 that may only be counted"


def test_a_translation_obeys_a_consent_that_ends(spoken, store):
    translate_and_review(spoken, PHONE, ORDER)
    who = meetings.roster(spoken)[0].attendance_id
    with store.write() as tx:
        consent.add_consent(
            tx,
            spoken,
            {ConsentUse.RECORDED: True, ConsentUse.GROUPED: True, ConsentUse.QUOTED: False},
            written_where="their page",
            recorded_by="participant",
            attendance_id=who,
        )

    assert ORDER not in str(theme_desk.open_themes(spoken))
    assert translations.other_languages(spoken).words == ()


def test_what_a_reviewer_hid_does_not_come_back_through_a_translation(spoken, store):
    one = waiting(spoken)
    release_as(store, one.utterance_id, PHONE.replace("teléfono", "[place]"))
    find_themes_of_meeting(spoken)
    now = next(o for o in translations.other_languages(spoken).words if "[place]" in o.quote.text)

    with pytest.raises(NotAllowedNow, match="A reviewer hid “teléfono”"):
        translations.write(
            now.utterance_id, now.original_sha256, "She cannot speak by teléfono.", seen=None
        )


def test_a_turn_of_another_meeting_or_programme_needs_the_right_there(spoken):
    one, made = waiting(spoken), translate(spoken)
    elsewhere = empty_meeting(programmes.start_ours("Another"))
    with acting_as(Actor("Eve", (Grant(StaffRole.REVIEWER, meeting_id=elsewhere),))):
        with pytest.raises(NotPermitted):
            translations.write(one.utterance_id, one.original_sha256, ORDER, seen=made)
        with pytest.raises(NotPermitted):
            translations.review(made)
        with pytest.raises(NotPermitted):
            translations.other_languages(spoken)


def test_an_id_that_never_was_is_refused(app_runtime):
    with pytest.raises(NotFound):
        translations.review(TranslationId("A" * 12))


@pytest.mark.parametrize("role", [StaffRole.LEADER, StaffRole.ANALYST, StaffRole.ADMIN])
def test_who_neither_runs_nor_reviews_the_meeting_translates_nothing(spoken, role):
    one = waiting(spoken)

    with acting_as(Actor("Eve", (Grant(role),))), pytest.raises(NotPermitted):
        translations.write(one.utterance_id, one.original_sha256, ORDER, seen=None)


@pytest.mark.parametrize("column", ["text", "original_sha256"])
def test_a_translation_altered_after_its_review_is_not_shown_as_reviewed(spoken, store, column):
    translate_and_review(spoken, PHONE, ORDER)
    altered = {"text": f"{ORDER}!", "original_sha256": digest_of(CHAIR)}[column]
    with store.write() as tx:
        tx.execute(update(translation).values({column: altered}))

    shown = str(theme_desk.open_themes(spoken)) + str(themes.theme_report(spoken, n_quotes=100))

    assert ORDER not in shown
    assert not any(
        o.state is TranslationState.REVIEWED for o in translations.other_languages(spoken).words
    )


def test_evidence_is_found_by_the_translation_and_quoted_as_said(spoken):
    translate_and_review(spoken, CHAIR, CHAIR_IN_ENGLISH)
    asked = recommendations.write(spoken, "Show the ventilator alarm at home.", author="f")

    found = {s.quote.text: s.quote for s in evidence.suggest_evidence(asked, 50)}

    assert found[CHAIR].translation == CHAIR_IN_ENGLISH


def test_attached_evidence_keeps_its_words_and_has_the_translation_beside(spoken):
    translate_and_review(spoken, CHAIR, CHAIR_IN_ENGLISH)
    asked = recommendations.write(spoken, "Help with the letter.", author="f")
    evidence.attach(asked, waiting(spoken, CHAIR).quote, author="f")

    (view,) = recommendations.recommendations(spoken)

    assert [(e.quote.text, e.quote.translation) for e in view.evidence] == [
        (CHAIR, CHAIR_IN_ENGLISH)
    ]


def test_a_turn_of_several_passages_quoted_whole_has_the_whole_translation_beside(meeting_id):
    parts = [f"Número {n} no es lo que nos han dicho, y la silla no llega." for n in range(20)]
    whole = " ".join(parts)
    say_in_spanish(meeting_id, whole)
    for one in translations.other_languages(meeting_id).words:
        made = translations.write(one.utterance_id, one.original_sha256, ORDER, seen=None)
        translations.review(made)
    (said,) = [u for u in transcripts.utterances(meeting_id) if u.text == whole]
    asked = recommendations.write(meeting_id, "Help with the letter.", author="f")
    evidence.attach(asked, verify_quote(said.revision_id, whole, 0, len(whole), whole), author="f")

    (view,) = recommendations.recommendations(meeting_id)

    n_passages = len(translations.other_languages(meeting_id).words)
    assert n_passages > 1
    assert view.evidence[0].quote.translation == " ".join([ORDER] * n_passages)


@pytest.mark.parametrize("asked", ["papeleo", "ventilator alarm manual", '"guess what it means"'])
def test_a_search_finds_the_words_in_both_languages(spoken, asked):
    translate_and_review(spoken, CHAIR, CHAIR_IN_ENGLISH)

    hits = search.search(programme_of(spoken), asked).hits

    assert (CHAIR, CHAIR_IN_ENGLISH) in [(h.quote.text, h.quote.translation) for h in hits]


def test_a_question_in_spanish_is_answered_by_its_words_and_by_nothing_that_is_only_near(spoken):
    found = search.search(programme_of(spoken), "no hay nadie que nos ayude con el papeleo")

    assert (found.language, found.is_by_meaning) == ("Spanish", False)
    assert found.hits[0].quote.text == CHAIR
    assert all(hit.quote.text in (PHONE, CHAIR) for hit in found.hits)


def test_a_search_finds_nothing_by_a_translation_that_was_taken_back(spoken):
    made = translate_and_review(spoken, CHAIR, "The plover papers are never done.")
    assert search.search(programme_of(spoken), '"plover papers"').hits[0].quote.text == CHAIR

    translations.take_back(made)

    assert not any(h.is_exact for h in search.search(programme_of(spoken), '"plover papers"').hits)


def test_only_what_is_new_is_embedded_for_a_translation(spoken, app_runtime):
    asked = []
    embedder = app_runtime.embedder()
    whole = embedder.embed

    def noted(texts, **more):
        asked.extend(texts)
        return whole(texts, **more)

    embedder.embed = noted
    translate_and_review(spoken, PHONE, ORDER)
    first = list(asked)
    asked.clear()
    find_themes_of_meeting(spoken)

    assert ORDER in first
    assert asked == []


def test_a_wording_stays_below_the_one_that_replaced_it(spoken, store):
    translate(spoken)
    translate(spoken, PHONE, ORDER)

    with store.read() as tx:
        kept = tx.execute(select(translation.c.text).order_by(translation.c.number)).scalars()

        assert list(kept) == [PHONE_IN_ENGLISH, ORDER]


@pytest.mark.parametrize("is_whole", [True, False])
def test_an_erasure_takes_the_translation_and_its_vector_along(spoken, store, is_whole):
    translate_and_review(spoken, PHONE, ORDER)
    turn = waiting(spoken).utterance_id
    if is_whole:
        who = meetings.roster(spoken)[0].attendance_id
        erasure.erase_person(who, reason="asked on the phone")
    else:
        erasure.erase_utterance(turn, reason="asked on the phone")

    with store.read() as tx:
        kept = tx.execute(select(translation.c.text)).scalars().all()
        vectors = tx.execute(select(embedding.c.text_sha256)).scalars().all()

    assert kept == []
    assert digest_of(ORDER) not in vectors


def test_the_vector_goes_when_the_words_are_released_otherwise(spoken, store):
    translate_and_review(spoken, PHONE, ORDER)

    releasing.take_back(waiting(spoken).utterance_id)

    with store.read() as tx:
        vectors = tx.execute(select(embedding.c.text_sha256)).scalars().all()
    assert digest_of(ORDER) not in vectors


def test_a_translation_of_words_hidden_since_goes_with_the_raw_words(spoken, store):
    translate_and_review(spoken, PHONE, ORDER)
    release_as(store, waiting(spoken).utterance_id, PHONE.replace("teléfono", "[place]"))

    retention.purge(now=datetime.now(UTC) + timedelta(days=91))

    with store.read() as tx:
        assert tx.execute(select(translation.c.text)).scalars().all() == []


def test_a_translation_of_words_that_stand_stays_when_the_raw_words_go(spoken):
    translate_and_review(spoken, PHONE, ORDER)

    retention.purge(now=datetime.now(UTC) + timedelta(days=91))

    assert waiting(spoken).quote.translation == ORDER


def test_a_name_typed_after_a_translation_goes_when_its_words_are_taken_back(spoken, store):
    translate_and_review(spoken, PHONE, "The plover clamp and the wheelchair order are late.")
    theme = theme_of(spoken, PHONE)
    theme_edits.rename(spoken, theme.theme_id, "Plover clamp")
    with store.write() as tx:
        turn = waiting(spoken).utterance_id
        wishes.add_wish(tx, turn, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert "Plover clamp" not in str(theme_desk.open_themes(spoken))


def file_of(meeting_id, name):
    with zipfile.ZipFile(io.BytesIO(exports.export_meeting(meeting_id)[1])) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_files_have_the_translation_in_a_column_of_its_own(spoken):
    translate_and_review(spoken, PHONE, ORDER)
    asked = recommendations.write(spoken, "Send the letter once.", author="f")
    evidence.attach(asked, waiting(spoken).quote, author="f")

    turns = {row["text"]: row["translation"] for row in file_of(spoken, "utterances.csv")}
    quotes = [(row["quote"], row["translation"]) for row in file_of(spoken, "evidence.csv")]

    assert (turns[PHONE], turns[CHAIR]) == (ORDER, "")
    assert quotes == [(PHONE, ORDER)]
    examples = {row["words"]: row["translation"] for row in file_of(spoken, "memberships.csv")}
    assert examples[PHONE] == ORDER


def test_a_person_sees_the_translation_of_their_words_among_their_own(spoken):
    translate_and_review(spoken, PHONE, ORDER)
    secret = links.secrets_for(spoken)[0][1]

    mine = {turn.text: turn.uses.translation for turn in my_words.my_words(secret).turns}

    assert (mine[PHONE], mine[CHAIR]) == (ORDER, "")


def test_words_taken_back_on_their_own_page_take_the_translation_along(spoken):
    translate_and_review(spoken, PHONE, ORDER)
    secret = links.secrets_for(spoken)[0][1]
    turn = my_words.my_turn(secret, waiting(spoken).utterance_id).turn

    my_words.change(
        secret,
        turn.utterance_id,
        my_words.Change.TAKE_BACK,
        my_words.mark_of(secret, my_words.Change.TAKE_BACK, turn),
    )

    assert ORDER not in str(theme_desk.open_themes(spoken))
    assert ORDER not in str(file_of(spoken, "utterances.csv"))
    assert ORDER not in str(my_words.my_words(secret))


PROPOSES = "We should lend a wheelchair to every family before the order is signed."


def test_a_translation_that_proposes_something_offers_the_words_as_they_were_said(spoken):
    translate_and_review(spoken, CHAIR, PROPOSES)

    found = {one.quote.text: one.quote for one in proposals.proposed(spoken).sentences}

    assert found[CHAIR].translation == PROPOSES


def test_a_draft_from_it_says_it_in_english_and_finds_its_echo(spoken):
    earlier = recommendations.write(
        spoken, "Lend a wheelchair to every family before the order is signed.", author="f"
    )
    translate_and_review(spoken, CHAIR, PROPOSES)
    quote = next(o.quote for o in proposals.proposed(spoken).sentences if o.quote.text == CHAIR)

    made = proposals.make_draft(quote, author="f")

    (draft,) = [
        v
        for v in recommendations.recommendations(spoken)
        if v.recommendation.recommendation_id == made
    ]
    assert draft.recommendation.text == PROPOSES
    assert [e.quote.text for e in draft.evidence] == [CHAIR]
    found = echoes.echoes(spoken, PROPOSES, without=made).found
    assert [e.recommendation.recommendation_id for e in found] == [earlier]


def test_that_draft_is_hidden_when_its_words_are_taken_back(spoken, store):
    translate_and_review(spoken, CHAIR, PROPOSES)
    quote = next(o.quote for o in proposals.proposed(spoken).sentences if o.quote.text == CHAIR)
    proposals.make_draft(quote, author="f")
    turn = waiting(spoken, CHAIR).utterance_id
    assert len(recommendations.recommendations(spoken)) == 1

    with store.write() as tx:
        wishes.add_wish(tx, turn, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert recommendations.recommendations(spoken) == ()
