"""Only new words ever reach the model: everything else is known by its content."""

import pytest

from services import themes, transcripts
from services.passages import embed_texts
from services.theme_finding import find_themes_of_meeting
from tests.fakes import WordEmbedder
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


def test_the_same_words_in_another_turn_are_embedded_once(embedder, app_runtime):
    embed_texts(["The mask leaks.", "The ramp is steep.", "The mask leaks."])
    embed_texts(["The mask leaks."])

    assert sorted(embedder.seen) == ["The mask leaks.", "The ramp is steep."]


def test_what_is_shown_of_themes_asks_the_model_nothing(found, embedder):
    embedder.seen.clear()

    themes.theme_report(found)

    assert embedder.seen == []
