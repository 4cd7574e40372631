"""A programme whose meetings share themes, stored by hand. Start at `make_years`.

Twelve caregivers, five people living with ALS and six clinicians speak at every meeting. Who
speaks of what is written down here, so that every number can be counted by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.ids import MeetingId, ProgrammeId, RunId, ThemeId, new_id
from domain.meetings import MeetingFormat, Pillar, Season
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Zone
from domain.themes import Membership, RunTheme, ThemeRun
from services import meetings, programmes, transcripts
from services.passages import passages_of_meeting
from services.runtime import runtime
from services.transcripts import ConsentGiven
from store import themes

CARERS, PALS, CLINICIANS = "Carer", "Pal", "Doc"
SIZES = {CARERS: 12, PALS: 5, CLINICIANS: 6}
GROUPS = {
    CARERS: StakeholderGroup.CURRENT_CAREGIVER,
    PALS: StakeholderGroup.PERSON_LIVING_WITH_ALS,
    CLINICIANS: StakeholderGroup.CLINICIAN,
}
CHAIR, NIGHT, FORMS = "chair", "night", "forms"
NAMES = {CHAIR: "Wheelchair repairs", NIGHT: "Night alarms", FORMS: "Insurance forms"}

Speaking = Mapping[str, Mapping[str, int]]
"""How many of each kind of people speak of each theme."""
YEARS: dict[int, Speaking] = {
    2022: {CHAIR: {CARERS: 7, PALS: 2}, FORMS: {CARERS: 1, PALS: 1}},
    2023: {CHAIR: {CARERS: 6, PALS: 2}, NIGHT: {CARERS: 5, CLINICIANS: 5}},
    2024: {CHAIR: {CARERS: 7, PALS: 2}, FORMS: {CARERS: 6, CLINICIANS: 2}},
}


@dataclass(frozen=True)
class MadeYears:
    """Where everything is."""

    programme_id: ProgrammeId
    meetings: dict[int, MeetingId]
    themes: dict[str, ThemeId]


def make_years(years: Mapping[int, Speaking] = YEARS) -> MadeYears:
    """One meeting each fall, with the themes that are written above."""
    programme_id = programmes.start_ours()
    with runtime().store.write() as tx:
        ids = themes.add_themes(tx, programme_id, len(NAMES))
    made = MadeYears(programme_id, {}, dict(zip(NAMES, ids, strict=True)))
    for year, speaking in years.items():
        made.meetings[year] = hold(programme_id, year, speaking)
        publish(made.meetings[year], speaking, made.themes)
    return made


def hold(programme_id: ProgrammeId, year: int, speaking: Speaking) -> MeetingId:
    """A meeting at which everybody says one plain line, and one for each theme they speak of."""
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.FALL,
        held_on=date(year, 10, 17),
        challenge=f"The challenge of {year}",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    for name, group in people():
        meetings.add_person(meeting_id, name, group)
    lines = [f"{name}: Good morning from me, in {year}." for name, _ in people()]
    for theme, by_kind in speaking.items():
        for kind, n in by_kind.items():
            lines += [f"{kind} {i}: {said(theme, kind, i, year)}" for i in range(n)]
    understood = transcripts.understand(meeting_id, "talk.txt", "\n".join(lines).encode())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        ConsentGiven(frozenset(ConsentUse), "signed forms"),
        is_released=True,
    )
    return meeting_id


def people() -> Sequence[tuple[str, StakeholderGroup]]:
    """Everybody, with their group."""
    return [(f"{kind} {i}", GROUPS[kind]) for kind, n in SIZES.items() for i in range(n)]


def said(theme: str, kind: str, number: int, year: int) -> str:
    """What one of them says about a theme; it stands nowhere else."""
    return f"{NAMES[theme]} took long, says {kind.lower()} number {number} in {year}."


def publish(meeting_id: MeetingId, speaking: Speaking, ids: Mapping[str, ThemeId]) -> None:
    """Store the themes of a meeting as a run would."""
    passages = passages_of_meeting(meeting_id, Zone.SHARED, use=ConsentUse.GROUPED)
    theme_of = [
        next((ids[t] for t in speaking if p.quote.text.startswith(NAMES[t])), None)
        for p in passages
    ]
    run = ThemeRun(
        RunId(new_id()),
        meeting_id,
        Zone.SHARED,
        "words",
        "fake",
        datetime.now(UTC),
        len(passages),
        theme_of.count(None),
    )
    rows = [
        RunTheme(ids[theme], rank, NAMES[theme], "took long", theme_of.count(ids[theme]))
        for rank, theme in enumerate(speaking)
    ]
    members = [
        # The first that was said of a theme is its most typical passage.
        Membership(p.passage_id, theme_id, None, 1.0, theme_of[:n].count(theme_id), n / 100, 0.0)
        for n, (p, theme_id) in enumerate(zip(passages, theme_of, strict=True))
    ]
    with runtime().store.write() as tx:
        themes.publish_run(tx, run, rows, members)
