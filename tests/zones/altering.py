"""Ways to alter in the database what a quote rests on. Start at `WORDS`.

Nothing of the product does any of this: it stands for a fault, a hand in the file, a bad restore.
"""

from sqlalchemy import select, update

from services.runtime import runtime
from store.tables import evidence, passage, text_revision, translation
from tests.zones.stage import TRANSLATED

TRUE = "mask leaks"
WORDS = (
    "mask leeks",
    "mas leaks",
    "Mask leaks",
    "mask  leaks",
    "mask\u00a0leaks",
    "mаsk leaks",
    "mask le\u0301aks",
    "mask\u200b leaks",
)
"""One letter, one fewer, case, a space, another space, a look-alike, a mark on it, no width."""
TRANSLATED_OTHERWISE = "buckle squeeks"


def quotes() -> int:
    """Alter the words of every kept quote, each in one of the ways; how many."""
    return _reword(evidence, evidence.c.evidence_id, evidence.c.quote, first=0)


def revisions() -> int:
    """Alter the texts underneath."""
    # Otherwise than the quotes that rest on them: the same twice would be a true quote again.
    return _reword(text_revision, text_revision.c.revision_id, text_revision.c.text, first=3)


def translations() -> int:
    """Alter every translation after its review."""
    with runtime().store.write() as tx:
        rows = tx.execute(select(translation.c.translation_id, translation.c.text)).all()
        for translation_id, words in rows:
            this_one = translation.c.translation_id == translation_id
            altered = words.replace(TRANSLATED, TRANSLATED_OTHERWISE)
            tx.execute(update(translation).where(this_one).values(text=altered))
    return len(rows)


def places() -> int:
    """Let every quote and every passage stand one letter further on; the words stay."""
    n = 0
    with runtime().store.write() as tx:
        for table in (evidence, passage):
            changed = update(table).values(start=table.c.start + 1)
            n += tx.execute(changed.where(table.c.start + 1 < table.c.end)).rowcount
    return n


def _reword(table, key, column, *, first) -> int:
    with runtime().store.write() as tx:
        rows = [row for row in tx.execute(select(key, column).order_by(column)) if TRUE in row[1]]
        for n, (found, words) in enumerate(rows, start=first):
            altered = words.replace(TRUE, WORDS[n % len(WORDS)])
            tx.execute(update(table).where(key == found).values({column.name: altered}))
    return len(rows)
