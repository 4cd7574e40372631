"""What the sample's facilitator made of its themes. Start at `name_themes`."""

from domain.ids import MeetingId, ProgrammeId
from services import meetings, theme_edits, themes
from services.theme_views import ThemeView


def name_themes(meeting_id: MeetingId, names: list[dict[str, str]]) -> None:
    """Give themes the names that the sample's facilitator gave them, each by words said in it.

    Where two names meet in one theme, the first is kept: how themes part may change.
    """
    report = themes.theme_report(meeting_id)
    unnamed = {
        theme.theme_id: [
            quote.quote.text
            for quote in themes.theme_quotes(meeting_id, theme.theme_id, theme.n_utterances * 9)
        ]
        for theme in (report.themes if report else ())
    }
    for row in names:
        for theme_id, said in unnamed.items():
            if any(row["quote"] in text for text in said):
                theme_edits.rename(meeting_id, theme_id, row["name"])
                del unnamed[theme_id]
                break


def say_same(programme_id: ProgrammeId, meeting_id: MeetingId, rows: list[dict[str, str]]) -> None:
    """Say, as the sample's facilitator did, which themes are those of an earlier meeting.

    Where one of them has other words today, the two stay apart.
    """
    before = {
        theme.name: theme.theme_id
        for summary in meetings.meetings_of(programme_id)
        if summary.meeting.meeting_id != meeting_id
        for theme in _themes_of(summary.meeting.meeting_id)
    }
    for row in rows:
        here = {theme.name: theme.theme_id for theme in _themes_of(meeting_id)}
        if row["theme"] in here and row["same_as"] in before:
            earlier = before[row["same_as"]]
            theme_edits.say_same(programme_id, here[row["theme"]], earlier)
            if "name" in row:
                theme_edits.rename(meeting_id, earlier, row["name"])


def _themes_of(meeting_id: MeetingId) -> tuple[ThemeView, ...]:
    report = themes.theme_report(meeting_id)
    return report.themes if report else ()
