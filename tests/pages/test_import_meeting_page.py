import pytest

from domain.talk import Zone
from services import glance, jobs, meetings, recommendations, themes, transcripts
from tests.pages import staged
from tests.pages.conftest import text_of
from ui.screens import IMPORT
from ui.transcript_review import RELEASE_NOW


@pytest.fixture
def meeting_id(app_runtime):
    return staged.meeting_with_people(staged.programme())


@pytest.fixture
def at(meeting_id, open_page):
    """The page at the transcript."""
    return open_page(IMPORT, step="Transcript")


def upload(at, text=staged.VTT, name="talk.vtt"):
    at.file_uploader(key="transcript_file").upload(name, text.encode())
    return at.run()


def press(at, label):
    next(b for b in at.button if b.label == label).click()
    return at.run()


def test_what_was_understood_is_shown_before_anything_is_stored(at, meeting_id):
    upload(at)

    assert not at.exception
    assert "3 of 3 to the roster" in " ".join(text_of(at).split())
    assert transcripts.utterances(meeting_id) == []


def test_first_lines_stand_verbatim(at):
    upload(at)

    assert staged.SAID[0][1] in text_of(at)


def test_a_stored_and_released_transcript_asks_for_its_themes(at, meeting_id):
    upload(at)
    at.checkbox(key="consent_recorded").check()
    at.checkbox(key="consent_grouped").check()
    at.checkbox(key="consent_quoted").check()
    at.text_input(key="consent_where").set_value("forms of the fall meeting")
    at.radio(key="release_all").set_value(RELEASE_NOW)

    press(at, "Store this transcript")

    assert not at.exception
    assert len(transcripts.utterances(meeting_id)) == 6
    assert jobs.newest(meeting_id, themes.THEMES)


def test_without_agreement_to_be_recorded_nothing_is_stored(at, meeting_id):
    upload(at)

    press(at, "Store this transcript")

    assert "agreed to be recorded" in at.warning[0].value
    assert transcripts.utterances(meeting_id) == []


def test_a_transcript_that_is_not_released_is_not_shared(at, meeting_id):
    upload(at)
    at.checkbox(key="consent_recorded").check()

    press(at, "Store this transcript")

    assert transcripts.utterances(meeting_id) == []
    assert jobs.newest(meeting_id, themes.THEMES) is None


def test_words_that_nobody_agreed_to_have_quoted_ask_for_no_themes(at, meeting_id):
    upload(at)
    at.checkbox(key="consent_recorded").check()
    at.radio(key="release_all").set_value(RELEASE_NOW)

    press(at, "Store this transcript")

    assert jobs.newest(meeting_id, themes.THEMES) is None


def test_the_same_file_twice_is_noticed_and_cannot_be_stored(open_page, app_runtime):
    staged.meeting_with_words(staged.programme())
    at = open_page(IMPORT, step="Transcript")

    upload(at)

    assert "already in this meeting" in at.warning[0].value
    assert not any(b.label == "Store this transcript" for b in at.button)


def test_a_name_that_is_not_on_the_roster_can_be_added_with_its_group(at, meeting_id):
    upload(at, staged.VTT.replace(staged.CY, "Zed Quill"))
    at.selectbox(key="who_Zed Quill").select("add as academic investigator")
    at.checkbox(key="consent_recorded").check()

    press(at, "Store this transcript")

    added = next(a for a in meetings.roster(meeting_id) if a.name == "Zed Quill")
    assert added.stakeholder_group.value == "academic investigator"


def test_markdown_in_a_speakers_name_is_no_markdown_on_the_page(at):
    upload(at, staged.VTT.replace(staged.CY, "![x](//example.org/x.png)"))

    label = next(s.label for s in at.selectbox if s.key and s.key.startswith("who_!"))
    assert label.startswith("\\!\\[x\\]\\(//example")


@pytest.mark.parametrize(
    ("name", "text"), [("empty.vtt", ""), ("noise.vtt", "\x00\x01\x02\x03"), ("x.csv", "a,b\n1")]
)
def test_a_file_that_cannot_be_read_is_a_sentence_with_its_name(at, meeting_id, name, text):
    upload(at, text, name)

    assert not at.exception
    assert name in at.warning[0].value
    assert transcripts.utterances(meeting_id) == []


def test_columns_of_a_table_can_be_chosen(at):
    upload(at, "A,B\nAnn Ray,Hello there everybody\nBo Lind,Good morning\n", "talk.csv")
    at.selectbox(key="column_speaker").select("A")
    at.selectbox(key="column_text").select("B").run()

    assert not at.exception
    assert "2 of 2 to the roster" in " ".join(text_of(at).split())


def test_a_roster_file_is_shown_and_then_stored(open_page, app_runtime):
    meeting_id = staged.empty_meeting(staged.programme())
    at = open_page(IMPORT)
    at.file_uploader(key="roster_file").upload(
        "roster.csv", b"name,stakeholder_group\nAnn Ray,caregiver\n"
    ).run()

    press(at, "Put 1 person on the roster")

    assert [a.name for a in meetings.roster(meeting_id)] == ["Ann Ray"]


def test_a_list_of_recommendations_is_shown_and_then_stored(meeting_id, open_page):
    at = open_page(IMPORT, step="Recommendations")
    at.file_uploader(key="recommendation_file").upload(
        "list.csv", b"number,recommendation\n1,Lend ventilators before the first night.\n"
    ).run()

    press(at, "Add 1 recommendation")

    found = recommendations.recommendations(meeting_id)
    assert [v.recommendation.text for v in found] == ["Lend ventilators before the first night."]


def test_written_words_join_the_meeting(meeting_id, open_page):
    at = open_page(IMPORT, step="Written contributions")
    at.text_area(key="written_words").set_value("I type with my eyes. Wait for me.")
    at.selectbox(key="may_typed").select("Group them and quote them without a name")
    at.text_input(key="may_typed_where").set_value("her letter of 3 May")

    press(at, "Add these words")

    said = transcripts.utterances(meeting_id)
    assert [u.text for u in said] == ["I type with my eyes. Wait for me."]


def test_written_words_without_an_agreement_stay_with_those_who_run_the_meeting(
    meeting_id, open_page
):
    """B-4: Silence of a writer shares nothing."""
    at = open_page(IMPORT, step="Written contributions")
    at.text_area(key="written_words").set_value("I type with my eyes. Wait for me.")

    press(at, "Add these words")

    assert transcripts.utterances(meeting_id) == []
    assert len(transcripts.utterances(meeting_id, Zone.RESTRICTED)) == 1


def agree_to_all(at):
    for use in ("recorded", "grouped", "quoted"):
        at.checkbox(key=f"consent_{use}").check()
    at.text_input(key="consent_where").set_value("forms of the fall meeting")
    at.radio(key="release_all").set_value(RELEASE_NOW)


def test_lines_of_a_person_who_did_not_agree_to_be_recorded_are_not_stored(at, meeting_id):
    """B-4: Whoever said no on the form is not in the store at all."""
    upload(at)
    agree_to_all(at)
    at.multiselect(key="not_recorded").select(staged.ANN)

    press(at, "Store this transcript")

    assert not at.exception
    kept = transcripts.utterances(meeting_id, Zone.RESTRICTED)
    assert len(kept) == 4
    assert staged.ANN not in {u.speaker for u in kept}


def test_a_person_who_may_only_be_counted_is_counted_and_not_quoted(at, meeting_id):
    """B-4: Grouped only: in the counts, in no quote."""
    upload(at)
    agree_to_all(at)
    at.multiselect(key="grouped_only").select(staged.ANN)

    press(at, "Store this transcript")

    assert glance.glance(meeting_id).n_shared == 6
    assert staged.ANN not in {u.speaker for u in transcripts.utterances(meeting_id)}


def test_an_agreement_is_not_stored_without_where_it_is_written(at, meeting_id):
    upload(at)
    agree_to_all(at)
    at.text_input(key="consent_where").set_value(" ")

    press(at, "Store this transcript")

    assert "where it is written" in at.warning[0].value
    assert transcripts.utterances(meeting_id, Zone.RESTRICTED) == []


def test_a_programme_without_a_meeting_says_what_to_do(app_runtime, open_page):
    staged.programme()

    at = open_page(IMPORT)

    assert not at.exception
    assert "No meeting yet" in text_of(at)
    assert not at.main.file_uploader
