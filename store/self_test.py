"""Results of the self test. Start at `add`."""

from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from domain.ids import new_id
from domain.self_test import Finding, Measure, SelfTest
from store.tables import self_test, self_test_finding


def add(tx: Connection, done: SelfTest) -> None:
    """Keep a result; none is ever changed."""
    self_test_id = new_id()
    tx.execute(
        insert(self_test).values(
            self_test_id=self_test_id,
            tested_at=done.tested_at,
            seed=done.seed,
            model=done.model,
            path_name=done.path_name,
            version=done.version,
            seconds=done.seconds,
        )
    )
    rows = [{"self_test_id": self_test_id, **vars(finding)} for finding in done.findings]
    if rows:
        tx.execute(insert(self_test_finding), rows)


def newest(tx: Connection, n: int) -> Iterator[SelfTest]:
    """The last results, the newest first."""
    order = (self_test.c.tested_at.desc(), self_test.c.self_test_id)
    for row in tx.execute(select(self_test).order_by(*order).limit(n)).all():
        mine = self_test_finding.c.self_test_id == row.self_test_id
        found = {
            Measure(f.measure): Finding(Measure(f.measure), f.value, f.bound, f.n)
            for f in tx.execute(select(self_test_finding).where(mine))
        }
        yield SelfTest(
            row.tested_at,
            row.seed,
            row.model,
            row.path_name,
            row.version,
            row.seconds,
            tuple(found[measure] for measure in Measure if measure in found),
        )
