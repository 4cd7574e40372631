"""Talk that is odd, and vectors or models that are broken, through the services."""

import shutil

import numpy as np
import pytest

from analysis.embeddings import load_embedder
from analysis.model_folder import find_model_folder
from domain.errors import ModelBroken, ModelMissing, TooFewPassages, VectorsUnusable
from domain.talk import Zone
from services import themes, transcripts
from services.passages import embed_texts, passages_of_meeting
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from tests.fakes import WordEmbedder
from tests.services.conftest import AGREED


class OtherModel(WordEmbedder):
    """Another model with vectors of another size."""

    model_id = "small"
    n_dims = 8

    def embed(self, texts, *, on_progress=None):
        return super().embed(texts, on_progress=on_progress)[:, :8]


class BrokenModel(WordEmbedder):
    """A model whose every vector is not a number, or zero."""

    def __init__(self, value):
        self.value = value

    def embed(self, texts, *, on_progress=None):
        return np.full((len(texts), self.n_dims), self.value, dtype=np.float32)


def say(meeting_id, *lines):
    data = "".join(f"Ann Lee: {line}\n" for line in lines).encode()
    understood = transcripts.understand(meeting_id, "talk.txt", data)
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)


def use_model(embedder):
    runtime().__dict__["_embedder"] = embedder


def by_turns(*lines):
    """Lines with another speaker between them, so that each stays a turn of its own."""
    return "".join(
        f"{('Ann Lee', 'Bo Diaz')[n % 2]}: {line}\n" for n, line in enumerate(lines)
    ).encode()


def talk_of(meeting_id, *lines):
    understood = transcripts.understand(meeting_id, "talk.txt", by_turns(*lines))
    people = {match.label: match.attendance_id for match in understood.matches}
    transcripts.store_transcript(meeting_id, understood, people, AGREED, is_released=True)


def test_one_thing_said_over_and_over_is_one_theme(meeting_id):
    talk_of(meeting_id, *["The mask leaks every single night."] * 12)

    find_themes_of_meeting(meeting_id)

    assert [t.n_utterances for t in themes.theme_report(meeting_id).themes] == [12]


def test_single_words_are_grouped_by_the_word(meeting_id):
    talk_of(meeting_id, *["Wheelchair", "Insurance", "Caregivers"] * 5)

    find_themes_of_meeting(meeting_id)

    assert sorted(t.n_utterances for t in themes.theme_report(meeting_id).themes) == [5, 5, 5]


def test_where_only_answers_without_content_were_given_there_is_too_little_for_themes(meeting_id):
    talk_of(meeting_id, *["Yes.", "Okay."] * 10)

    with pytest.raises(TooFewPassages, match="this meeting has 0"):
        find_themes_of_meeting(meeting_id)


def test_a_monologue_of_5000_words_is_one_turn_of_many_passages(meeting_id):
    sentence = "The cough machine was denied twice before anybody called the insurance. "
    say(meeting_id, sentence * 455)

    passages = passages_of_meeting(meeting_id, Zone.SHARED)

    (turn,) = transcripts.utterances(meeting_id, Zone.SHARED)
    assert len(turn.text.split()) >= 5000
    assert len(passages) > 10
    assert all(p.quote.text.endswith("insurance.") for p in passages)


def test_words_in_other_languages_are_kept_and_have_a_place(meeting_id):
    lines = [
        "La silla llegó tarde.",
        "車椅子が遅れました。",
        "Коляска опоздала.",
        "وصل الكرسي متأخرا",
    ]
    talk_of(meeting_id, *lines)

    find_themes_of_meeting(meeting_id)

    placed = {point.words for point in themes.map_points(meeting_id)}
    assert len(placed) == 4


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.0])
def test_vectors_without_direction_are_refused_in_words(meeting_id, value):
    talk_of(meeting_id, "The mask leaks.", "Who pays for it?", "Insurance denied it twice.")
    use_model(BrokenModel(value))

    with pytest.raises(VectorsUnusable, match="3 of 3 vectors have no direction"):
        find_themes_of_meeting(meeting_id)

    assert themes.theme_report(meeting_id) is None


def test_broken_vectors_are_not_kept_so_the_next_good_model_is_asked_again(meeting_id):
    talk_of(meeting_id, "The mask leaks.", "Who pays for it?", "Insurance denied it twice.")
    use_model(BrokenModel(np.nan))
    with pytest.raises(VectorsUnusable):
        find_themes_of_meeting(meeting_id)
    use_model(WordEmbedder())

    vectors = embed_texts(["The mask leaks."])

    assert np.isfinite(vectors).all()


def test_a_model_of_another_size_than_the_cache_gets_vectors_of_its_own(meeting_id):
    talk_of(meeting_id, *["The mask leaks.", "Insurance denied it."] * 4)
    texts = ["The mask leaks.", "Insurance denied it."]
    find_themes_of_meeting(meeting_id)
    use_model(OtherModel())

    told = find_themes_of_meeting(meeting_id)

    assert "8 passages" in told
    assert embed_texts(texts).shape == (2, 8)
    use_model(WordEmbedder())
    assert embed_texts(texts).shape == (2, 384)


def test_a_model_folder_that_is_missing_is_named():
    with pytest.raises(ModelMissing, match="/nowhere/model"):
        load_embedder("/nowhere/model")


@pytest.mark.slow
@pytest.mark.parametrize("file_name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_damaged_model_folder_is_refused(tmp_path, file_name):
    folder = tmp_path / "model"
    shutil.copytree(find_model_folder(None), folder)
    (folder / file_name).write_bytes(b"damaged")

    with pytest.raises(ModelBroken):
        load_embedder(str(folder))
