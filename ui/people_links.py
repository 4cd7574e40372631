"""Everybody's own link, a new one for somebody, and family who act. Start at `table`.

Every write happens in a callback, so that a second press cannot stop the first half-way.
"""

from collections.abc import Sequence

import streamlit as st

from domain.errors import RoundtableError
from domain.ids import AttendanceId
from domain.meetings import Attendance, Meeting
from services import family, links
from services.family import FamilyContact
from ui import markup, page, session
from ui.link_sheet import sheet
from ui.markup import draw, plain, safe
from ui.words import day


def table(meeting: Meeting) -> None:
    """Everybody's link, on screen and for print."""
    try:
        found = links.links_for(meeting.meeting_id)
    except RoundtableError as error:
        page.refused(str(error))
        return
    markup.sentence("Each link opens the pages of that person. Hand it to them alone.")
    st.download_button(
        "Download the sheet to print",
        data=sheet(meeting, found).encode(),
        file_name=f"links-{meeting.held_on.isoformat()}.html",
        mime="text/html",
        key="sheet",
        on_click="ignore",
    )
    code = links.qr_svg(found[0][1]) if found else None
    markup.sentence(code.reason if code and not code.svg else "The sheet has QR codes.")
    rows = "".join(
        f"<tr><td>{safe(a.name)}</td><td>{safe(a.stakeholder_group.value)}</td>"
        f'<td><a href="{safe(url)}" rel="noreferrer">{safe(url)}</a></td></tr>'
        for a, url in found
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Name", "Group", "Link"))
    draw(f'<table class="rt-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
    replace_one([attendance for attendance, _ in found])


def replace_one(people: Sequence[Attendance]) -> None:
    """A new link for somebody whose link was lost or seen by others."""
    names = {a.attendance_id: a.name for a in people}
    if not names:
        return
    with st.popover("Replace somebody's link"):
        markup.sentence(
            "The old link stops at once, on every device. Answers in an open vote move along. "
            "Hand the new link to the person."
        )
        _choose("Whose link", names, key="replace_of")
        st.button("Replace this link", key="replace_link", on_click=_replace, args=(names,))


def note_death(people: Sequence[Attendance]) -> None:
    """Note that somebody has died, and who may act for them."""
    names = {a.attendance_id: a.name for a in people}
    page.section(
        "Somebody has died",
        "Their own link stops, also at other meetings. Votes that they gave stand. Whoever they "
        "named gets a link to their words: to see where they are used, take them back or delete "
        "them. This program sends no message; you hand the link over yourself, when it is time.",
    )
    if not names:
        return
    with st.form("note_death", clear_on_submit=True):
        _choose("Who has died", names, key="died")
        st.text_input("Who may act for them", key="died_contact")
        st.text_area("What the person wished, and where that is written", key="died_wish")
        st.form_submit_button("Note it and make the link", key="died_note", on_click=_note_death)


def contacts(found: Sequence[FamilyContact], people: Sequence[Attendance]) -> None:
    """Who acts for whom, with the link and a way to take the note back."""
    names = {a.attendance_id: a.name for a in people}
    for contact in found:
        name = names.get(contact.attendance_id, "")
        with st.container(key=f"contact_{contact.family_contact_id}"):
            noted = f"noted on {day(contact.recorded_at.date())} by {contact.recorded_by}"
            markup.lines([(f"{contact.name} may act for {name}", f"{contact.wish} ({noted})")])
            link = (
                contact.url or "The key of this link is gone: take the note back, then note anew."
            )
            markup.sentence(link)
            st.button(
                plain(f"Take this note about {name} back"),
                key=f"undo_death_{contact.family_contact_id}",
                on_click=page.do,
                args=(
                    f"The note is taken back. {name} has a link again; the family's stopped.",
                    family.take_back,
                    contact.family_contact_id,
                ),
            )


def _choose(label: str, names: dict[AttendanceId, str], *, key: str) -> None:
    # Nobody is chosen beforehand: a press too early must not be about the first in the list.
    st.selectbox(
        label,
        list(names),
        index=None,
        placeholder="Choose a person",
        format_func=lambda attendance_id: names[attendance_id],
        key=key,
    )


def _chosen(key: str) -> AttendanceId | None:
    chosen = st.session_state.get(key)
    if not chosen:
        session.tell("Choose a person first. Nothing was changed.", is_refusal=True)
        return None
    return AttendanceId(chosen)


def _replace(names: dict[AttendanceId, str]) -> None:
    chosen = _chosen("replace_of")
    if chosen:
        done = f"{names.get(chosen, 'This person')} has a new link. The old one stopped."
        page.do(done, links.replace_link, chosen)


def _note_death() -> None:
    chosen, typed = _chosen("died"), st.session_state
    if chosen:
        page.do(
            "It is noted. The family's link stands below.",
            family.record_death,
            chosen,
            name=str(typed.get("died_contact") or ""),
            wish=str(typed.get("died_wish") or ""),
        )
