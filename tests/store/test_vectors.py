import numpy as np

from analysis.themes import find_themes
from store.embeddings import add_embeddings, embeddings_of


def test_vectors_from_either_database_give_the_very_same_themes(any_store):
    rng = np.random.default_rng(0)
    vectors = 0.6 * np.eye(64)[rng.integers(0, 9, 240)] + 0.1 * rng.normal(size=(240, 64))
    rows = vectors.astype(np.float16)
    keys = [f"{n:064x}" for n in rng.permutation(240)]
    with any_store.write() as tx:
        stored = dict(zip(keys, (row.tobytes() for row in rows), strict=True))
        add_embeddings(tx, "m", "p", stored)

    with any_store.read() as tx:
        found = embeddings_of(tx, "m", "p", keys)
    read_back = np.stack([np.frombuffer(found[key], dtype=np.float16) for key in keys])

    told, again = find_themes(rows), find_themes(read_back)
    assert told.fine.tolist() == again.fine.tolist()
    assert told.strength.tobytes() == again.strength.tobytes()
