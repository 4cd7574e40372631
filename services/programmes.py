"""The series of meetings that this house holds. Start at `programmes`."""

from domain.access import Act
from domain.errors import NotFound
from domain.ids import ProgrammeId
from domain.meetings import Programme
from services.access import may_reach, require
from services.runtime import runtime
from store import audit, meetings

OURS = "Our programme"


def programmes() -> list[Programme]:
    """Every programme that holds something to be read here, the oldest first."""
    with runtime().store.read() as tx:
        held = meetings.programmes(tx)
    return [programme for programme in held if may_reach(programme.programme_id)]


def the_programme(programme_id: ProgrammeId) -> Programme:
    """One programme."""
    for programme in programmes():
        if programme.programme_id == programme_id:
            return programme
    raise NotFound(kind="programme", id=programme_id)


def start_ours(name: str = OURS, *, actor: str = "facilitator") -> ProgrammeId:
    """Begin a programme of one's own, empty; an empty one of that name is used again."""
    require(Act.START_PROGRAMME)
    wanted = name.strip() or OURS
    with runtime().store.write() as tx:
        for programme in meetings.programmes(tx):
            if programme.name == wanted and not programme.is_sample:
                return programme.programme_id
        programme_id = meetings.add_programme(tx, wanted, is_sample=False)
        audit.record(tx, actor, "programme started", "programme", programme_id)
    return programme_id
