"""Who did what, as it is read."""

import csv
import io

import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from services import audit_log
from services.access import acting_as
from store import audit
from store.tables import audit_event

ADMIN = Actor("Ada", (Grant(StaffRole.ADMIN),))
FACILITATOR = Actor("Fay", (Grant(StaffRole.FACILITATOR),))


@pytest.fixture
def written(store):
    with store.write() as tx:
        audit.record(tx, "Ann", "raw words read", "meeting", "m1", reason="a complaint")
        audit.record(tx, "Bo", "ballot opened", "ballot", "b1")


def test_the_newest_event_comes_first_and_says_why(written):
    with acting_as(ADMIN):
        log = audit_log.read_log()

    assert [(e.actor, e.reason) for e in log.events] == [("Bo", ""), ("Ann", "a complaint")]
    assert (log.n_events, log.first_broken, log.actors) == (2, None, ("Ann", "Bo"))


def test_one_persons_events_stand_alone(written):
    log = audit_log.read_log(actor="Ann")

    assert [e.action for e in log.events] == ["raw words read"]


def test_a_change_shows(written, store):
    """B-14: On the screen, too."""
    with store.write() as tx:
        tx.execute(audit_event.update().where(audit_event.c.number == 1).values(actor="Eve"))

    assert audit_log.read_log().first_broken == 1


def test_taking_the_log_along_is_written_into_it(written):
    rows = list(csv.DictReader(io.StringIO(audit_log.export_log().decode("utf-8-sig"))))

    assert rows[0]["action"] == "audit log exported"
    assert len(rows) == 3


def test_only_an_admin_reads_it(written):
    with acting_as(FACILITATOR), pytest.raises(NotPermitted):
        audit_log.read_log()
