"""Only new words ever reach the model: everything else is known by its content."""

import pytest

from domain.people import StakeholderGroup
from domain.talk import Zone
from services import meetings, releasing, themes, transcripts
from services.passages import embed_texts
from services.review_turns import the_turn
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from store import themes as kept
from tests.fakes import WordEmbedder
from tests.pages.staged import empty_meeting
from tests.services.test_themes import TOPICS, bring_in, by_turns

NAMES = ("Ann Lee", "Dr. Bo Diaz")
PLACES = "in clinic", "at home", "upstairs", "on the ward", "at night", "by post"


class CountingEmbedder(WordEmbedder):
    """Remembers every text that reached it."""

    def __init__(self):
        self.seen = []

    def embed(self, texts, *, on_progress=None):
        self.seen += texts
        return super().embed(texts, on_progress=on_progress)


@pytest.fixture
def embedder(app_runtime):
    counting = CountingEmbedder()
    app_runtime.__dict__["_embedder"] = counting
    return counting


@pytest.fixture
def found(meeting_id, embedder):
    """A meeting whose themes were found once."""
    lines = [text.format(place) for place in PLACES for text in TOPICS.values()]
    bring_in(meeting_id, "t.txt", by_turns(lines, *NAMES))
    find_themes_of_meeting(meeting_id)
    return meeting_id


def test_finding_the_themes_again_embeds_nothing(found, embedder):
    embedder.seen.clear()

    find_themes_of_meeting(found)

    assert embedder.seen == []


def test_after_a_change_only_what_is_new_is_embedded(found, embedder):
    """Of the sentences the new one alone; of the phrases for names those not weighed before."""
    known = set(embedder.seen)
    sentences = {u.text for u in transcripts.utterances(found)}
    embedder.seen.clear()

    bring_in(found, "more.txt", by_turns([TOPICS["mask"].format("elsewhere")], *NAMES))
    find_themes_of_meeting(found)

    now = {u.text for u in transcripts.utterances(found)}
    assert [text for text in embedder.seen if text in now] == list(now - sentences)
    assert not known & set(embedder.seen)
    assert len(embedder.seen) == len(set(embedder.seen))


def test_a_correction_embeds_its_own_passage_alone_and_new_phrases(found, embedder):
    known = set(embedder.seen)
    embedder.seen.clear()

    corrected = reword_first(found)
    find_themes_of_meeting(found)

    sentences = {u.text for u in transcripts.utterances(found)}
    assert [text for text in embedder.seen if text in sentences] == [corrected]
    assert not known & set(embedder.seen)


def test_themes_after_a_correction_are_those_of_a_meeting_that_began_with_it(
    found, programme_id, store
):
    reword_first(found)
    find_themes_of_meeting(found)
    anew = empty_meeting(programme_id)
    for name in NAMES:
        meetings.add_person(anew, name, StakeholderGroup.CURRENT_CAREGIVER)
    bring_in(anew, "t.txt", by_turns([u.text for u in transcripts.utterances(found)], *NAMES))
    find_themes_of_meeting(anew)

    assert run_of(store, found) == run_of(store, anew)


def reword_first(meeting_id):
    """Correct the first turn and release it; its words from then on."""
    first = transcripts.utterances(meeting_id)[0]
    text = f"{first.text.rstrip('.')} and nobody came."
    for act in (
        lambda revision_id: releasing.correct(first.utterance_id, revision_id, text),
        lambda revision_id: releasing.release(first.utterance_id, revision_id),
    ):
        with runtime().store.read() as tx:
            as_read = the_turn(tx, first.utterance_id).texts.source
        act(as_read)
    return text


def run_of(store, meeting_id):
    """All of a run but the ids: each passage's place, and the themes by rank."""
    with store.read() as tx:
        run = kept.current_run(tx, meeting_id, Zone.SHARED)
        found = kept.themes_of_run(tx, run.run_id)
        rank = {t.theme_id: (t.parent_id is None, t.rank) for t in found}
        members = [m for m, *_ in kept.memberships_of_run(tx, run.run_id)]
    places = [
        (rank.get(m.theme_id), rank.get(m.fine_theme_id), m.strength, m.typical, m.x, m.y, m.aside)
        for m in members
    ]
    return places, [(rank[t.theme_id], t.name, t.key_words, t.n_passages) for t in found]


def test_the_same_words_in_another_turn_are_embedded_once(embedder, app_runtime):
    embed_texts(["The mask leaks.", "The ramp is steep.", "The mask leaks."])
    embed_texts(["The mask leaks."])

    assert sorted(embedder.seen) == ["The mask leaks.", "The ramp is steep."]


def test_what_is_shown_of_themes_asks_the_model_nothing(found, embedder):
    embedder.seen.clear()

    themes.theme_report(found)

    assert embedder.seen == []
