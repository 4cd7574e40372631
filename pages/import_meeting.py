"""Bring in a meeting: its people, its transcript, what was written, and what was recommended."""

import streamlit as st

from domain.access import Act
from domain.errors import RoundtableError
from domain.ids import MeetingId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, Zone
from services import glance, hide_suggestions, meetings, themes, transcripts, written_contributions
from services.transcripts import ConsentGiven, Understanding
from ui import job_progress, markup, page, recommendation_list, screens, session
from ui.tables import table
from ui.transcript_review import Decision, review
from ui.words import count

PEOPLE, TRANSCRIPT, WRITTEN, RECOMMENDED = (
    "People",
    "Transcript",
    "Written contributions",
    "Recommendations",
)
TABLES = (".csv", ".tsv", ".xlsx")
FORMATS = (
    "Transcript: Zoom or Teams .vtt, Teams .docx, .srt, .txt, .json, .csv or .xlsx, up to 50 MB"
)
NOT_IN_TABLE = "not in this table"
COUNTED = frozenset({ConsentUse.RECORDED, ConsentUse.GROUPED})
WRITERS_AGREED: dict[str, frozenset[ConsentUse]] = {
    "What is recorded already": frozenset(),
    "Group them and quote them without a name": COUNTED | {ConsentUse.QUOTED},
    "Group them, never quote them": COUNTED,
}


def people(meeting_id: MeetingId, roster: list[Attendance]) -> None:
    """The roster: who is on it, a file, or one person typed."""
    page.section(
        f"{count(len(roster), 'person', 'people').capitalize()} on the roster",
        "Stakeholder groups come from here, so begin with the people where you can.",
    )
    if roster:
        with st.expander("Who is on the roster"):
            table(
                ("Name", "Group", "Interests to disclose", "Access needs"),
                [(a.name, a.stakeholder_group.value, a.interests, a.access_needs) for a in roster],
            )
    from_file, typed = st.columns(2, gap="large")
    with from_file:
        roster_file(meeting_id, roster)
    with typed:
        type_person(meeting_id)


def roster_file(meeting_id: MeetingId, roster: list[Attendance]) -> None:
    """A file with one person a row, shown before it is stored."""
    file = st.file_uploader(
        "Roster file: .csv or .xlsx with the columns name, stakeholder_group, interests, "
        "access_needs",
        key="roster_file",
    )
    if file is None:
        return
    try:
        found = meetings.read_roster_file(file.name, file.getvalue())
    except RoundtableError as error:
        page.refused(str(error))
        return
    markup.lines((oddity.sentence, oddity.place) for oddity in found.oddities)
    n_found = count(len(found.rows), "person", "people").capitalize()
    with st.expander(markup.plain(f"{n_found} in {file.name}")):
        table(
            ("Name", "Group", "Interests", "Access needs"),
            [(r.name, r.stakeholder_group.value, r.interests, r.access_needs) for r in found.rows],
        )
    known = {(a.name, a.stakeholder_group, a.interests, a.access_needs) for a in roster}
    told = {(r.name, r.stakeholder_group, r.interests, r.access_needs) for r in found.rows}
    if told <= known:
        markup.sentence("All of them are on the roster.")
        return
    st.button(
        f"Put {count(len(found.rows), 'person', 'people')} on the roster",
        key="save_roster",
        type="primary",
        on_click=page.do,
        args=("The roster is stored.", meetings.save_roster, meeting_id, found.rows),
        kwargs={"actor": session.author()},
    )


def type_person(meeting_id: MeetingId) -> None:
    """One person typed; the same name again brings the person up to date."""
    with st.form("type_person", clear_on_submit=True):
        name = st.text_input("Name", key="person_name")
        group = st.selectbox(
            "Stakeholder group",
            list(StakeholderGroup),
            format_func=lambda g: g.value.capitalize().replace("als", "ALS"),
            key="person_group",
        )
        interests = st.text_input("Interests to disclose", key="person_interests")
        needs = st.text_input(
            "Access needs, such as: prefers writing, don't call on", key="person_needs"
        )
        is_added = st.form_submit_button("Add this person")
    if is_added:
        page.do(
            f"{name.strip()} is on the roster.",
            meetings.add_person,
            meeting_id,
            name,
            group,
            interests,
            needs,
        )
        st.rerun()


def transcript(meeting_id: MeetingId, roster: list[Attendance], *, is_open: bool) -> None:
    """A transcript: what was understood, what is to be asked, and only then the store."""
    file = st.file_uploader(FORMATS, key="transcript_file")
    if file is None or not is_open:
        return
    is_table = file.name.lower().endswith(TABLES)
    try:
        columns = chosen_columns(file.name, file.getvalue()) if is_table else None
        understood = transcripts.understand(meeting_id, file.name, file.getvalue(), columns)
    except RoundtableError as error:
        page.refused(f"{error} Nothing was stored.")
        return
    decision = review(understood, roster)
    if decision:
        keep(meeting_id, understood, decision)


def chosen_columns(file_name: str, data: bytes) -> transcripts.ColumnMap | None:
    """Which columns hold what; None while nothing is chosen, so that their names tell."""
    headers = transcripts.read_columns(file_name, data).headers
    asked = {"speaker": "Who spoke", "text": "Words", "start": "Begins at", "end": "Ends at"}
    with st.expander("Columns of the table", expanded=True):
        markup.sentence("Leave all four as they are to let the names of the columns tell.")
        places = zip(asked.items(), st.columns(4), strict=True)
        chosen = {
            what: place.selectbox(label, [NOT_IN_TABLE, *headers], key=f"column_{what}")
            for (what, label), place in places
        }
    told = {what: None if name == NOT_IN_TABLE else name for what, name in chosen.items()}
    return transcripts.ColumnMap(**told) if any(told.values()) else None


def keep(meeting_id: MeetingId, understood: Understanding, decision: Decision) -> None:
    """Store what was understood, ask for the themes, and go to where they appear."""
    try:
        kept = transcripts.store_transcript(
            meeting_id,
            understood,
            decision.people,
            decision.consent,
            to_add=decision.to_add,
            is_released=decision.is_released,
            author=session.author(),
        )
    except RoundtableError as error:
        page.refused(str(error))
        return
    stored = f"{count(kept.n_utterances, 'contribution')} stored."
    if kept.n_left_out:
        stored += f" Left out: {count(kept.n_left_out, 'line')} of people who said no."
    if not decision.is_released and session.may(Act.RELEASE):
        to_review(meeting_id, stored)
    if not glance.glance(meeting_id).n_shared or not session.may(Act.ANALYSE):
        session.tell(
            f"{stored} Nobody else sees them yet: people agree that their words are grouped, and "
            "a reviewer releases the lines."
        )
        screens.go(screens.MEETING)
    themes.request_themes(meeting_id)
    session.tell(f"{stored} Now the themes are being found.")
    screens.go(screens.THEMES)


def to_review(meeting_id: MeetingId, stored: str) -> None:
    """Have the machine look through the lines, and go to where they are released."""
    hide_suggestions.request_suggestions(meeting_id)
    # Themes over everything tell which lines would be quoted, so that those are read first.
    themes.request_themes(meeting_id, Zone.RESTRICTED)
    session.tell(f"{stored} Nobody else sees them until you release them here.")
    screens.go(screens.REVIEW)


def written(meeting_id: MeetingId, roster: list[Attendance]) -> None:
    """What people wrote: one contribution typed, or a list with the columns name and text."""
    page.section(
        "What people wrote",
        "Prepared or typed words weigh the same as speech and are shared like it: once their "
        "writer agreed and the words are released.",
    )
    if not roster:
        page.empty("The people first", "Put whoever wrote on the roster, then come back.")
        return
    typed, from_file = st.columns(2, gap="large")
    with typed, st.form("type_words", clear_on_submit=True):
        who = st.selectbox("Who wrote it", roster, format_func=lambda a: a.name, key="writer")
        words = st.text_area("Their words", key="written_words")
        typed_consent = agreed_in_writing("typed")
        is_typed = st.form_submit_button("Add these words")
    with from_file, st.form("written_list", clear_on_submit=True):
        file = st.file_uploader("A .csv or .xlsx with the columns name and text", key="words_file")
        file_consent = agreed_in_writing("listed")
        is_sent = st.form_submit_button("Add everything in this file")
    if is_typed:
        page.do(
            f"The words of {who.name} are added.",
            written_contributions.add_written,
            meeting_id,
            [(who.attendance_id, words)],
            author=session.author(),
            consent=typed_consent,
        )
        st.rerun()
    if is_sent and file:
        page.do(
            f"The contributions in {file.name} are added.",
            written_contributions.import_written,
            meeting_id,
            file.name,
            file.getvalue(),
            author=session.author(),
            consent=file_consent,
        )
        st.rerun()


def agreed_in_writing(place: str) -> ConsentGiven | None:
    """What the writers agreed to; None leaves what is recorded for them or the meeting."""
    told = st.selectbox("What may be done with the words", list(WRITERS_AGREED), key=f"may_{place}")
    where = st.text_input("Where is that written?", key=f"may_{place}_where")
    uses = WRITERS_AGREED[told]
    return ConsentGiven(uses, where) if uses else None


meeting_id = session.open_meeting_id()
page.head(
    "Bring in a meeting",
    "In any order. Nothing is stored before you have seen what was understood.",
    eyebrow=page.of_meeting(session.open_meeting()),
)
job_progress.theme_finding(meeting_id)
if themes.theme_report(meeting_id) is None:
    job_progress.warm_model()
roster = meetings.roster(meeting_id)
tabs = st.tabs(
    [PEOPLE, TRANSCRIPT, WRITTEN, RECOMMENDED],
    key="step",
    bind="query-params",
)
with tabs[0]:
    people(meeting_id, roster)
with tabs[1]:
    transcript(meeting_id, roster, is_open=bool(tabs[1].open))
with tabs[2]:
    written(meeting_id, roster)
with tabs[3]:
    recommendation_list.bring_in(meeting_id)
