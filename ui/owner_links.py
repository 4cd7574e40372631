"""Links to one initiative for its owner and invited experts. Start at `panel`."""

from functools import partial

import streamlit as st

from domain.ids import InitiativeId
from services import owner_links
from services.owner_links import OwnerLink
from ui import markup, page
from ui.markup import plain
from ui.words import day


def panel(initiative_id: InitiativeId) -> None:
    """Who has a link, with a form for a new one."""
    page.section(
        "Links for its owner and for experts",
        "Such a link opens this initiative and nothing else: to mark a milestone done, add a "
        "reading or note a stage. Whoever has it can write here: hand it to one person.",
    )
    for link in owner_links.links_of(initiative_id):
        _shown(link)
    with st.form("owner_link", clear_on_submit=True):
        st.text_input("Whom the link is for", key="owner_link_name")
        st.form_submit_button(
            "Make a link", key="owner_link_make", on_click=_make, args=(initiative_id,)
        )


def _shown(link: OwnerLink) -> None:
    with st.container(key=f"owner_link_{link.owner_link_id}"):
        made = f"made on {day(link.made_at.date())} by {link.made_by}"
        url = link.url or "Its key is gone: replace the link to print it again."
        markup.lines([(f"{link.name}: {url}", made)])
        with st.container(horizontal=True, key=f"owner_link_steps_{link.owner_link_id}"):
            st.button(
                plain(f"Replace the link of {link.name}"),
                key=f"replace_{link.owner_link_id}",
                on_click=partial(
                    page.do,
                    "The old link stopped; the new one stands here.",
                    owner_links.replace_link,
                    link.owner_link_id,
                ),
            )
            st.button(
                plain(f"Revoke the link of {link.name}"),
                key=f"revoke_{link.owner_link_id}",
                on_click=partial(
                    page.do,
                    "The link is revoked: it opens nothing any more.",
                    owner_links.revoke,
                    link.owner_link_id,
                ),
            )


def _make(initiative_id: InitiativeId) -> None:
    name = str(st.session_state.get("owner_link_name") or "")
    page.do("The link stands above.", owner_links.make_link, initiative_id, name)
