"""What people proposed at a meeting, sentence by sentence. Start at `listed`."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from domain.ids import MeetingId
from services import proposals
from services.proposals import ProposedSentence
from ui import markup, page, session, undo
from ui.quotes import quote
from ui.words import count, sentence_case

N_FIRST = 8
EVERYBODY = "everybody"
NO_GROUP = "someone at the table"


def listed(meeting_id: MeetingId) -> None:
    """The sentences, the clearest first; what a person said is none stands apart."""
    found = proposals.proposed(meeting_id)
    if not (found.sentences or found.dismissed):
        page.empty(
            "No proposals found yet",
            "They are looked for in what was released of people who agreed to be quoted.",
        )
        return
    page.section("What people proposed", summary(found.sentences))
    undo.offer(place(meeting_id))
    shown = of_group(found.sentences)
    is_all = len(shown) <= N_FIRST or st.toggle(f"Show all {len(shown)}", key="all_proposed")
    for one in shown if is_all else shown[:N_FIRST]:
        sentence(meeting_id, one)
    put_aside(found.dismissed)


def summary(found: Sequence[ProposedSentence]) -> str:
    """How many, and who decides."""
    if not found:
        return "Nothing is left of what the machine took for a proposal."
    n_groups = len({one.stakeholder_group for one in found if one.stakeholder_group})
    groups = f" from {count(n_groups, 'stakeholder group')}" if n_groups else ""
    return (
        f"{count(len(found), 'released sentence').capitalize()}{groups}, found by how they are "
        "built, the clearest first. The machine takes some for proposals that are none, and "
        "misses others: you decide."
    )


def of_group(found: Sequence[ProposedSentence]) -> Sequence[ProposedSentence]:
    """Those of the group that is asked for; nothing is asked where there is one group."""
    groups = list(dict.fromkeys(group_of(one) for one in found))
    if len(groups) < 2:
        return found
    wanted = st.selectbox(
        "Proposed by",
        [EVERYBODY, *sorted(groups)],
        format_func=sentence_case,
        key="proposed_by",
    )
    return [one for one in found if wanted in (EVERYBODY, group_of(one))]


def group_of(one: ProposedSentence) -> str:
    """For whom somebody spoke, as it is chosen from."""
    return one.stakeholder_group.value if one.stakeholder_group else NO_GROUP


def sentence(meeting_id: MeetingId, one: ProposedSentence) -> None:
    """One sentence, how clearly it proposes, and what can be made of it."""
    key = f"{one.quote.revision_id}_{one.quote.start}"
    with st.container(gap=None, key=f"proposed_{key}"):
        told = f"it is recommendation {one.number}" if one.number else one.clearness.value
        quote(one.quote, one.stakeholder_group, one.start_s, source=told)
        if not session.may_edit() or one.number:
            return
        with st.container(horizontal=True, key=f"proposed_steps_{key}"):
            st.button(
                "Make it a draft recommendation",
                key=f"draft_{key}",
                type="tertiary",
                on_click=page.do,
                args=(
                    "A draft was made of it, with the sentence behind it.",
                    proposals.make_draft,
                    one.quote,
                ),
                kwargs={"author": session.author()},
            )
            st.button(
                "Not a proposal",
                key=f"dismiss_{key}",
                type="tertiary",
                on_click=dismiss,
                args=(meeting_id, one),
            )


def dismiss(meeting_id: MeetingId, one: ProposedSentence) -> None:
    """Take a sentence off the list, with a way back."""
    undo.do(
        "It is off the list; what was said stays.",
        partial(proposals.dismiss, one.quote, author=session.author()),
        undo.Way(
            "Undo: put the sentence back",
            "The sentence is on the list again.",
            partial(proposals.bring_back, one.quote, author=session.author()),
        ),
        place=place(meeting_id),
    )


def put_aside(found: Sequence[ProposedSentence]) -> None:
    """What a person said is no proposal, each with a way back."""
    if not found:
        return
    with st.expander(f"{count(len(found), 'sentence').capitalize()} taken off the list"):
        markup.sentence("The same words stay off the list in a later release too.")
        for one in found:
            key = f"{one.quote.revision_id}_{one.quote.start}"
            quote(one.quote, one.stakeholder_group, one.start_s)
            if session.may_edit():
                st.button(
                    "Put it back",
                    key=f"back_{key}",
                    type="tertiary",
                    on_click=page.do,
                    args=("It is on the list again.", proposals.bring_back, one.quote),
                    kwargs={"author": session.author()},
                )


def place(meeting_id: MeetingId) -> str:
    """Where a press here can be undone."""
    return f"proposed_{meeting_id}"
