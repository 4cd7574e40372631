"""People and roles: who may sign in, what each may do, and links with which they begin."""

import streamlit as st

from domain.access import ALLOWED, Act, Grant, StaffRole
from domain.errors import RoundtableError
from services import account_list, set_up
from services.account_list import Person, Place
from ui import page, session
from ui.markup import draw, facts, plain, safe
from ui.words import count, listed, moment, sentence_case

NEW, OPEN = "new", "account"
LINK_TOLD = (
    "Hand it over yourself, by mail or in person. It works once, for 7 days, and is not shown "
    "again; if it gets lost, make a new one."
)


def grant_at(role: StaffRole, place: Place) -> Grant:
    """A role where it is to hold."""
    return Grant(role, place.programme_id, place.meeting_id)


def told_place(grant: Grant, places: list[Place]) -> str:
    """Where a role holds, in words."""
    for place in places:
        if grant_at(grant.role, place) == grant:
            return place.name
    return "what is gone by now"


def told_role(grant: Grant, places: list[Place]) -> str:
    """ "leader for everything here"."""
    return f"{grant.role.value} for {told_place(grant, places)}"


def told_roles(person: Person, places: list[Place]) -> str:
    """All roles of somebody; the usual case is short."""
    if {grant.role for grant in person.grants if grant == Grant(grant.role)} == set(StaffRole):
        return "every role, for everything here"
    return listed([told_role(grant, places) for grant in person.grants]) or "no role yet"


def state_of(person: Person) -> str:
    """What there is to know of an account beside its roles."""
    if person.is_disabled:
        return "Disabled: cannot sign in."
    if person.link_until and not person.has_password:
        return f"Has not chosen a password yet; the link works until {moment(person.link_until)}."
    if not person.has_password:
        return "Has not chosen a password, and the link is too old: make a new one."
    if not person.seen:
        return "Not signed in anywhere now."
    browsers = count(len(person.seen), "browser")
    return f"Signed in with {browsers}, last used {moment(person.seen[0])}."


def show_link(link: str, whose: str) -> None:
    """A one-time link, this once."""
    page.section(f"The link for {whose}", LINK_TOLD)
    st.code(link, language=None, wrap_lines=True)


def no_accounts() -> None:
    """What it means that there is none, and how to make the first."""
    page.empty(
        "No accounts yet",
        "Anybody at this computer can do everything, and nobody elsewhere can open the screens. "
        "Once there is an account, everybody signs in, and the choice of a role goes away.",
    )
    if st.button("Make the first account", type="primary", key="first_account"):
        link = set_up.first_link()
        if link:
            draw(
                f'<p><a href="{safe(link)}" target="_self">Go on to choose a name and a '
                "password</a>. The link works once.</p>"
            )


def choose_role(places: list[Place], key: str) -> Grant:
    """A role, and where it is to hold."""
    left, right = st.columns(2)
    role = left.selectbox(
        "Role",
        list(StaffRole),
        format_func=lambda option: option.value.capitalize(),
        index=list(StaffRole).index(StaffRole.LEADER),
        key=f"role_{key}",
    )
    place = right.selectbox(
        "For",
        range(len(places)),
        format_func=lambda option: sentence_case(places[option].name),
        key=f"place_{key}",
    )
    return grant_at(StaffRole(role), places[place])


def new_account(places: list[Place]) -> None:
    """Ask who it is for, and show the link that lets them choose a password."""
    above = st.container()
    page.section("A new account", "They choose their own password; you never learn it.")
    with st.form("new_account"):
        name = st.text_input("Name, as others know them", key="new_name", max_chars=120)
        sign_in_name = st.text_input(
            "Sign-in name, such as their mail address", key="new_sign_in_name", max_chars=120
        )
        grant = choose_role(places, "new")
        is_made = st.form_submit_button("Make this account", type="primary")
    st.button("Leave this form", key="leave_form", on_click=session.keep, args=(NEW, ""))
    if not is_made:
        return
    try:
        link = account_list.add_account(name, sign_in_name, (grant,))
    except RoundtableError as error:
        page.refused(str(error))
        return
    with above:
        show_link(link, name)


def roles(person: Person, places: list[Place]) -> None:
    """Take roles away, or give one."""
    for number, grant in enumerate(person.grants):
        told = told_role(grant, places)
        st.button(
            f"Take away: {told}",
            key=f"take_{person.account_id}_{number}",
            on_click=page.do,
            args=(
                f"{person.name} is no {told} any more and signs in anew.",
                account_list.take_role,
                person.account_id,
                grant,
            ),
        )
    grant = choose_role(places, person.account_id)
    st.button(
        "Give this role",
        key=f"give_{person.account_id}",
        on_click=page.do,
        args=(
            f"{person.name} is {told_role(grant, places)} and signs in anew.",
            account_list.give_role,
            person.account_id,
            grant,
        ),
    )


def doors(person: Person) -> None:
    """Sessions, links, and shutting an account."""
    id, name = person.account_id, person.name
    if person.is_disabled:
        done = f"{name} can sign in again."
        st.button(
            "Open again", key=f"on_{id}", on_click=page.do, args=(done, account_list.enable, id)
        )
        return
    with st.container(horizontal=True, key=f"doors_{id}"):
        is_link_wanted = st.button("Make a new link", key=f"link_{id}")
        done = f"{name} is signed out everywhere."
        st.button(
            "Sign out everywhere",
            key=f"out_{id}",
            on_click=page.do,
            args=(done, account_list.sign_out_everywhere, id),
        )
        done = f"{name} cannot sign in any more."
        st.button(
            "Disable", key=f"off_{id}", on_click=page.do, args=(done, account_list.disable, id)
        )
    if is_link_wanted:
        show_link(account_list.renew_link(id), name)


def card(person: Person, places: list[Place], *, is_open: bool) -> None:
    """One account; the one that is open can be changed."""
    told = f"{sentence_case(told_roles(person, places))}. {state_of(person)}"
    with st.container(key=f"card_{person.account_id}"):
        draw(
            f'<div class="rt-card"><p class="rt-side">{safe(person.sign_in_name)}</p>'
            f"<h2>{safe(person.name)}</h2><p>{safe(told)}</p></div>"
        )
        if not is_open:
            st.button(
                plain(f"Change {person.name}"),
                key=f"open_{person.account_id}",
                on_click=session.keep,
                args=(OPEN, person.account_id),
            )
            return
        if not person.is_disabled:
            roles(person, places)
        doors(person)
        label = plain(f"Close {person.name}")
        st.button(label, key="close", on_click=session.keep, args=(OPEN, ""))


def what_roles_do() -> None:
    """What each role may do, from the rules themselves."""
    page.section("What each role may do", "For everything, for one programme or for one meeting.")
    facts(
        (role.value.capitalize(), sentence_case(f"{listed([a.value for a in Act if a in acts])}."))
        for role, acts in ALLOWED.items()
    )


people = account_list.people()
places = account_list.places()
is_asking = bool(session.chosen(NEW) and people)
if page.head(
    "People and roles",
    "Who may sign in here, and what each of them may do.",
    action="Make an account" if people and not is_asking else "",
):
    session.keep(NEW, "1")
    st.rerun()
if is_asking:
    new_account(places)
for person in account_list.people():
    card(person, places, is_open=session.chosen(OPEN) == person.account_id)
if not people:
    no_accounts()
what_roles_do()
