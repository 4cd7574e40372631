"""A meeting with two plain themes and a sample of its passages. Start at `make_check`."""

from dataclasses import dataclass

from domain.coding import CodedAs
from domain.ids import CheckId, MeetingId, ThemeId
from domain.talk import ConsentUse
from services import coding, transcripts
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import coding as kept
from store import themes
from tests.pages import staged

WHEELCHAIRS = "The wheelchair {n} waited at the wheelchair vendor for the wheelchair letter."
ALARMS = "The ventilator {n} alarm rang and the ventilator manual explained no ventilator alarm."
PLACES = ("upstairs", "downtown", "abroad", "yesterday", "slowly", "quietly", "outside", "twice")


@dataclass(frozen=True)
class MadeCheck:
    """Ids, and where the machine put each passage of the sample."""

    meeting_id: MeetingId
    check_id: CheckId


def make_meeting() -> MeetingId:
    """Sixteen released turns of three people on two themes, and the themes found."""
    meeting_id = staged.meeting_with_people(staged.programme())
    names = list(staged.GROUPS)
    lines = [
        f"{names[n % 3]}: {(WHEELCHAIRS, ALARMS)[n % 2].format(n=place)}"
        for n, place in enumerate(PLACES * 2)
    ]
    understood = transcripts.understand(meeting_id, "talk.txt", "\n".join(lines).encode())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        ConsentGiven(frozenset(ConsentUse), "signed forms"),
        is_released=True,
    )
    find_themes_of_meeting(meeting_id)
    return meeting_id


def make_check() -> MadeCheck:
    """The meeting with a sample of all its passages."""
    meeting_id = make_meeting()
    return MadeCheck(meeting_id, coding.draw_sample(meeting_id, 60, seed=1))


def machine_says(check_id: CheckId) -> dict[str, ThemeId | None]:
    """Where the machine put each passage."""
    with runtime().store.read() as tx:
        check, _, _ = kept.check_by_id(tx, check_id)
        rows = themes.memberships_of_run(tx, check.run_id)
    return {member.passage_id: member.theme_id for member, *_ in rows}


def code_as_the_machine(check_id: CheckId, name: str, *, n_otherwise: int = 0) -> int:
    """Somebody codes everything as the machine did, but for the first few; how many passages."""
    says = machine_says(check_id)
    opened = coding.open_check(check_id, name)
    n = 0
    while turn := coding.next_turn(opened):
        theme_id = says[turn.passage_id]
        if n < n_otherwise:
            theme_id = next(c.theme_id for c in turn.choices if c.theme_id != theme_id)
        coded_as = CodedAs.THEME if theme_id else CodedAs.NONE
        coding.code(opened, turn.passage_id, coded_as, theme_id)
        n += 1
    return n
