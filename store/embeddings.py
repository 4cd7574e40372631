"""Vectors of texts by the digest of their words. Start at `embeddings_of`."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from store.reach import chunks_of
from store.tables import embedding


def embeddings_of(
    tx: Connection, model: str, path_name: str, sha256s: Sequence[str]
) -> dict[str, bytes]:
    """Known vectors (float16 bytes) by the SHA-256 of their text."""
    found: dict[str, bytes] = {}
    for chunk in chunks_of(sha256s):
        query = select(embedding.c.text_sha256, embedding.c.vector).where(
            embedding.c.model == model,
            embedding.c.path_name == path_name,
            embedding.c.text_sha256.in_(chunk),
        )
        found.update(dict(tx.execute(query).all()))
    return found


def all_embeddings(tx: Connection, model: str, path_name: str) -> dict[str, bytes]:
    """Every known vector of a model, by the SHA-256 of its text."""
    query = select(embedding.c.text_sha256, embedding.c.vector).where(
        embedding.c.model == model, embedding.c.path_name == path_name
    )
    return dict(tx.execute(query).all())


def add_embeddings(
    tx: Connection, model: str, path_name: str, vectors: Mapping[str, bytes]
) -> None:
    """Keep vectors by the SHA-256 of their text; those already known stay."""
    known = embeddings_of(tx, model, path_name, list(vectors))
    rows = [
        {"model": model, "path_name": path_name, "text_sha256": sha256, "vector": vector}
        for sha256, vector in vectors.items()
        if sha256 not in known
    ]
    if rows:
        tx.execute(insert(embedding), rows)
