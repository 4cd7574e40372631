"""The shell of the staff's screens: what is open, and the pages that whoever is here may see."""

import streamlit as st

from domain.errors import NotSignedIn
from domain.meetings import Meeting
from services import meetings, programmes
from ui import markup, page, session
from ui.screens import ROOM, SCREENS, may_open
from ui.session import Role

ROLE_KEY, PROGRAMME_KEY, MEETING_KEY = "see_it_as", "open_programme", "open_meeting"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"


def pages_of_role() -> list[st.Page]:
    """The screens that are open; a flat list, because a menu with sections is no list to be read.

    A screen that is not in this list has no address: whoever asks for it gets the first one.
    """
    opened = [screen for screen in SCREENS if may_open(screen)]
    return [
        st.Page(
            screen.path,
            title=screen.title,
            url_path=screen.address or None,
            default=screen is opened[0],
            visibility="visible" if screen.is_in_menu else "hidden",
        )
        for screen in opened
    ] or [st.Page(nothing_yet, title="Nothing is open to you yet", default=True)]


def nothing_yet() -> None:
    """Signed in, without any role."""
    page.head("Nothing is open to you yet")
    page.empty(
        "You have no role yet",
        "Ask whoever looks after the accounts here to give you one; then load this page again.",
    )


def choices() -> None:
    """Which programme and meeting are open, and who sees them."""
    opened = session.open_programme()
    known = programmes.programmes() if opened else []
    if opened and len(known) > 1:
        choice(PROGRAMME_KEY, "Programme", {p.programme_id: p.name for p in known}, "programme")
    if opened:
        held = [m.meeting for m in meetings.meetings_of(opened.programme_id)]
        if held:
            choice(MEETING_KEY, "Meeting", {m.meeting_id: named(m) for m in held}, "meeting")
    if session.is_trying():
        choice(ROLE_KEY, "See it as", {role.value: role.value.capitalize() for role in Role}, "as")
    else:
        markup.draw(
            f'<p class="rt-side">Signed in as {markup.safe(session.author())}</p>'
            f'<p><a href="{SIGN_OUT}" target="_self">Sign out</a></p>'
        )


def signed_out() -> None:
    """Nobody is here, or not any more: the way back in."""
    page.refused(str(NotSignedIn()))
    markup.draw(f'<p><a href="{SIGN_IN}" target="_self">Sign in</a></p>')


def named(meeting: Meeting) -> str:
    """A meeting in a list."""
    return f"{meeting.label}: {meeting.challenge}"


def choice(key: str, label: str, names: dict[str, str], word: str) -> None:
    """A select box that says what is open and opens something else."""
    opened = session.here().get(word)
    st.session_state[key] = opened if opened in names else next(iter(names))
    st.selectbox(
        label,
        list(names),
        format_func=lambda option: names[option],
        key=key,
        on_change=lambda: session.choose(**{word: st.session_state[key]}),
    )


def main() -> None:
    """One run of the shell, and of the page that is open."""
    session.start()
    opened_page = st.navigation(pages_of_role(), expanded=True)
    st.set_page_config(page_title=f"{opened_page.title}, ALS Roundtable", layout="wide")
    # What the room sees has no frame around it: no names, no menu, no choices.
    if opened_page.title != ROOM.title:
        with st.sidebar:
            choices()
        page.strip()
    opened_page.run()


with page.refusals():
    try:
        main()
    except NotSignedIn:
        signed_out()
