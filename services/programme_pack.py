"""What was promised and where it stands, as one document to hand on. Start at `programme_pack`.

Two editions of one source: the board's says what is late and whose it is; the one for everyone
does not. Neither holds words of anybody who spoke.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.access import Act
from domain.ids import ProgrammeId
from domain.initiatives import Measure
from domain.recommendations import RecommendationState
from reports.document import Count, Document, Section, Table, write_html
from services.access import require
from services.chain import LINK_NAMES, ChainOf, by_meeting, chain
from services.initiatives import InitiativeView, initiatives
from services.overview import Attention, Overview, overview
from services.programmes import the_programme
from services.report_parts import HOW_TO_READ, count, day, file_name, note


def programme_pack(
    programme_id: ProgrammeId, today: date, *, is_for_board: bool
) -> tuple[str, bytes]:
    """File name and one HTML file: what was promised and where it stands, over all meetings.

    The edition for everyone says nothing of what is late, nor of who promised it.
    """
    require(Act.EXPORT, programme_id=programme_id)
    seen = overview(programme_id, today)
    found = initiatives(programme_id)
    links = chain(programme_id)
    inside = (_waiting(seen), _missing(links)) if is_for_board else ()
    document = Document(
        "Where our promises stand",
        f"{the_programme(programme_id).name}, {day(today)}",
        seen.sentence,
        (
            _numbers(seen),
            *inside,
            _changed(seen),
            _under_way(found, is_for_board=is_for_board),
            _by_meeting(links),
            *_documented(found),
            Section("How to read this", lines=HOW_TO_READ),
        ),
        today,
        note(programme_id),
    )
    edition = "board" if is_for_board else "everyone"
    return file_name(f"promises-{edition}-{today}", document), write_html(document)


def _numbers(seen: Overview) -> Section:
    counts = tuple(Count(n.label.capitalize(), n.value, n.of) for n in seen.numbers)
    return Section("From words to change", counts=counts)


def _waiting(seen: Overview) -> Section:
    rows = tuple((a.sentence, a.owner or "No owner yet", _months(a)) for a in seen.attention)
    if not rows:
        return Section("Needs attention", "Nothing waits for anybody today.")
    return Section("Needs attention", table=Table(("What", "Whose", "Waiting"), rows))


def _months(line: Attention) -> str:
    return count(line.age_months, "month") if line.age_months else "new this month"


def _missing(links: Sequence[ChainOf]) -> Section:
    rows = tuple(
        (f"{link.meeting.label}, {link.number}. {link.text}", ", ".join(link.missing))
        for link in links
        if link.missing
    )
    n_chosen = sum(link.state is RecommendationState.CHOSEN for link in links)
    lead = f"{n_chosen - len(rows)} of {n_chosen} chosen recommendations miss no link."
    table = Table(("Chosen recommendation", "What is missing"), rows) if rows else None
    return Section("Links that are missing", lead, table=table)


def _changed(seen: Overview) -> Section:
    lines = tuple(f"{day(change.happened_on)}: {change.sentence}" for change in seen.changes)
    lead = "" if lines else "No stage was reached and nothing was measured."
    return Section("What changed in half a year", lead, lines=lines)


def _under_way(found: Iterable[InitiativeView], *, is_for_board: bool) -> Section:
    parts = []
    for view in found:
        if view.initiative.is_documented:
            continue
        since = f" since {view.stage_since:%B %Y}" if view.stage_since else ""
        lines = [f"{str(view.initiative.stage).capitalize()}{since}."]
        lines += [f"Owner: {view.initiative.owner or 'nobody yet'}."] if is_for_board else []
        lines += [_answers(view)] if view.answers else []
        lines += [_measured(measure) for measure in view.initiative.measures]
        parts.append(Section(view.initiative.title, view.initiative.summary, lines=tuple(lines)))
    lead = "" if parts else "No initiative has begun yet."
    return Section("What is being done", lead, parts=tuple(parts))


def _answers(view: InitiativeView) -> str:
    asked = [f"{a.meeting_label}, number {a.number}" for a in view.answers]
    return f"Asked for: {'; '.join(asked)}."


def _measured(measure: Measure) -> str:
    newest = measure.readings[-1] if measure.readings else None
    now = f"{_value(newest.value, measure)} in {newest.read_on:%B %Y}" if newest else "not read yet"
    sides = [
        f"{name} {_value(value, measure)}"
        for name, value in (("before", measure.baseline_value), ("target", measure.target_value))
        if value is not None
    ]
    beside = f" ({', '.join(sides)})" if sides else ""
    source = f" Source: {newest.source}." if newest and newest.source else ""
    return f"{measure.name}: {now}{beside}.{source}"


def _value(value: float, measure: Measure) -> str:
    return f"{value:g} {measure.unit}".strip()


def _by_meeting(links: Sequence[ChainOf]) -> Section:
    rows = tuple(
        (f"{held.meeting.label}: {held.meeting.challenge}", *map(str, held.numbers))
        for held in by_meeting(links)
    )
    lead = "How many recommendations of each meeting every link of the chain holds."
    return Section("Meeting by meeting", lead, table=Table(("Meeting", *LINK_NAMES), rows))


def _documented(found: Iterable[InitiativeView]) -> tuple[Section, ...]:
    parts = tuple(
        Section(v.initiative.title, v.initiative.summary, lines=(f"Source: {v.initiative.source}",))
        for v in found
        if v.initiative.is_documented
    )
    lead = "Outcomes of the real programme, told apart and counted nowhere above."
    return (Section("Documented outcomes", lead, parts=parts),) if parts else ()
