"""A meeting as one document to hand on. Start at `meeting_report`.

What leaves the house may reach anybody, so it says no more than the files of `services.exports`:
released words of people who may be quoted, themes that everybody may see, votes as far as they are
released, and no name of anybody who spoke.
"""

from collections.abc import Sequence
from datetime import date

from domain.access import Act
from domain.ids import MeetingId, UtteranceId
from domain.recommendations import Direction, RecommendationState
from reports.document import Document, Quoted, Section, Table, write_html
from services.access import require
from services.chain import ChainOf, chain_of_meeting
from services.exports import Behind, groups_told, quotes_behind
from services.meetings import the_meeting
from services.report_parts import HOW_TO_READ, count, day, file_name, note, quoted
from services.theme_files import MemberRow, ThemeRow, theme_tables

N_QUOTES = 2
FEWEST_WORDS = 8
"""A longer quote tells more than a typical one of three words."""
DECIDED = {
    RecommendationState.PROPOSED: "Not decided",
    RecommendationState.CHOSEN: "Chosen",
    RecommendationState.NOT_CHOSEN: "Not chosen",
}


def meeting_report(meeting_id: MeetingId, today: date) -> tuple[str, bytes]:
    """File name and one HTML file: what was said at a meeting, recommended, and came of it."""
    require(Act.EXPORT, meeting_id=meeting_id)
    meeting = the_meeting(meeting_id)
    links = chain_of_meeting(meeting)
    themes, members = theme_tables(meeting_id)
    n_broad = sum(not theme.part_of for theme in themes)
    n_chosen = sum(link.state is RecommendationState.CHOSEN for link in links)
    document = Document(
        meeting.challenge,
        f"{meeting.label}, {day(meeting.held_on)}, {meeting.format}",
        f"{count(n_broad, 'theme')}, {count(len(links), 'recommendation')}, {n_chosen} chosen.",
        (
            _spoken_of(meeting_id, themes, members),
            _recommended(links, quotes_behind(meeting_id)),
            _became(links),
            Section("How to read this", lines=HOW_TO_READ),
        ),
        today,
        note(meeting.programme_id),
    )
    return file_name(f"{meeting.held_on}-{meeting.season}", document), write_html(document)


def _spoken_of(
    meeting_id: MeetingId, themes: Sequence[ThemeRow], members: Sequence[MemberRow]
) -> Section:
    broad = [theme for theme in themes if not theme.part_of]
    if not broad:
        lead = "No theme can be shown to everybody yet."
        return Section("What people spoke of", lead)
    group_of = groups_told(meeting_id)
    parts = []
    for theme in broad:
        said = [m for m in members if m.theme == theme.theme and m.words]
        said = sorted(said, key=lambda m: len(m.words.split()) < FEWEST_WORDS)[:N_QUOTES]
        told = f"{theme.n_people} people spoke of it." if theme.n_people else ""
        quotes = [
            quoted(m.words, group_of.get(UtteranceId(m.utterance_id), ""), m.translation)
            for m in said
        ]
        parts.append(Section(theme.name, told.strip(), quotes=tuple(quotes)))
    return Section("What people spoke of", parts=tuple(parts))


def _recommended(links: Sequence[ChainOf], behind: Sequence[Behind]) -> Section:
    if not links:
        return Section("What is recommended", "Nothing yet.")
    parts = []
    for link in sorted(links, key=lambda link: link.state is not RecommendationState.CHOSEN):
        mine = [b for b in behind if b.number == link.number]
        told = [
            f"{DECIDED[link.state]}.",
            f"{_sentence_case(link.vote)}." if link.vote else "No vote yet.",
        ]
        n_against = sum(b.direction is Direction.SPEAKS_AGAINST for b in mine)
        told += [f"{count(n_against, 'quote')} against it."] if n_against else []
        parts.append(
            Section(
                f"{link.number}. {link.text}",
                " ".join(told),
                quotes=tuple(_quoted_of(b) for b in _spread(mine)),
            )
        )
    return Section("What is recommended", "What was chosen comes first.", parts=tuple(parts))


def _spread(behind: Sequence[Behind]) -> list[Behind]:
    """A few quotes for it, of different groups as far as there are."""
    supports = [b for b in behind if b.direction is Direction.SUPPORTS]
    first = {b.group: b for b in reversed(supports)}.values()
    return sorted(supports, key=lambda b: b not in first)[:N_QUOTES]


def _became(links: Sequence[ChainOf]) -> Section:
    rows = tuple(
        (str(link.number), _initiatives(link), "Yes" if link.is_measured else "Not yet")
        for link in links
        if link.initiatives
    )
    chosen = [link for link in links if link.state is RecommendationState.CHOSEN]
    n_taken_up = sum(bool(link.initiatives) for link in chosen)
    lead = f"{n_taken_up} of {len(chosen)} chosen recommendations have an initiative."
    table = Table(("No.", "Initiative and its stage", "Measured"), rows) if rows else None
    return Section("What came of it", lead, table=table)


def _initiatives(link: ChainOf) -> str:
    return "; ".join(f"{title} ({stage})" for title, stage in link.initiatives)


def _quoted_of(behind: Behind) -> Quoted:
    return quoted(behind.quote.text, behind.group, behind.quote.translation)


def _sentence_case(told: str) -> str:
    return told[:1].upper() + told[1:]
