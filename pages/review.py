"""Review and release: what others are about to see, turn by turn, and everything else at once."""

import streamlit as st

from domain.ids import MeetingId
from services import bulk_release, review
from services.hide_suggestions import request_suggestions
from ui import markup, page, review_card, review_desk, review_parts, session
from ui.review_desk import Desk
from ui.words import count, moment

REASONS = (
    "Release after the meeting",
    "Somebody asked about a turn",
    "Check a quote",
    "Another reason",
)


def why_read() -> None:
    """Ask once for this meeting and browser why words are read that were not released."""
    page.section(
        "Read and decide",
        "Opening them is written down with your reason; what you read is not.",
    )
    with st.form("why_read"):
        reason = st.selectbox("Why do you read them?", REASONS, key="read_reason")
        more = st.text_input("More about it, without names", key="read_more")
        shelf = st.selectbox(
            "Which turns?",
            list(review_parts.SHELVES),
            format_func=review_parts.SHELVES.__getitem__,
            key="shelf",
        )
        is_opened = st.form_submit_button("Open them", type="primary")
    if not is_opened:
        return
    told = f"{reason}: {more.strip()}" if more.strip() else reason
    with page.refusals():
        review_desk.put(Desk(review.queue(meeting_id, reason=told, shelf=shelf)))
    st.rerun()


def at_once(meeting_id: MeetingId, *, is_looking: bool) -> None:
    """Everything that needs no person, in two presses: see, then release."""
    page.section(
        "Everything else at once",
        "What the machine would hide is hidden. It misses some, so read what will be quoted.",
    )
    if not st.toggle("See what would be released", key="see_rest"):
        return
    found = bulk_release.preview(meeting_id)
    with_taken_back = bool(found.n_taken_back) and st.checkbox(
        f"With {count(found.n_taken_back, 'turn')} taken back before", key="with_taken_back"
    )
    if with_taken_back:
        found = bulk_release.preview(meeting_id, with_taken_back=True)
    review_parts.preview(found)
    if found.n_unchecked and not is_looking:
        st.button(
            "Have the machine look at the rest",
            key="look",
            on_click=page.do,
            args=("The machine looks at them now.", request_suggestions, meeting_id),
        )
    if found.n_turns:
        release_them(meeting_id, found, with_taken_back=with_taken_back)
    else:
        markup.sentence("Nothing can be released without a person looking at it.")


def release_them(
    meeting_id: MeetingId, found: bulk_release.Preview, *, with_taken_back: bool
) -> None:
    """The second press, and how far it is."""
    label = f"Release {count(found.n_turns, 'turn')}"
    if found.n_stretches:
        label += f", {count(found.n_stretches, 'stretch', 'stretches')} hidden"
    if not st.button(label, key="release_rest", type="primary"):
        return
    bar = st.progress(0.0, text="Releasing")

    def tell(share_done: float, told: str) -> None:
        bar.progress(share_done, text=told)

    with page.refusals():
        done = bulk_release.release_rest(
            meeting_id, with_taken_back=with_taken_back, on_progress=tell
        )
    session.tell(f"{count(done.n_turns, 'turn')} released. Now the themes are being found.")
    st.rerun()


def past_releases(meeting_id: MeetingId) -> None:
    """Releases of many turns, each with its way back as a whole."""
    found = bulk_release.releases(meeting_id)
    if not found:
        return
    page.section("Released at once")
    for made in found:
        with st.container(key=f"line_{made.at.timestamp()}", gap=None):
            markup.sentence(f"{moment(made.at)}: {count(made.n_turns, 'turn')}, by {made.by}.")
            with st.popover(f"Take the release of {made.at:%H:%M} back"):
                markup.sentence(
                    "Nobody is shown these turns any more. Quotes from them behind recommendations "
                    "go, and themes are found again."
                )
                if st.button("Take it back as a whole", key=f"undo_{made.at.timestamp()}"):
                    n_turns = bulk_release.take_back(meeting_id, made.at)
                    session.tell(f"{count(n_turns, 'turn')} taken back.")
                    st.rerun()


meeting_id = session.open_meeting_id()
meeting = session.open_meeting()
how_far = review.progress(meeting_id)
page.head(
    "Review and release",
    review_parts.summary(how_far),
    eyebrow=f"{page.of_meeting(meeting)}: {meeting.challenge}",
)
is_looking = review_parts.looking(meeting_id, n_waiting=how_far.n_in_queue)
left, right = st.columns([3, 2], gap="large")
desk = review_desk.opened(meeting_id)
with left:
    if desk:
        review_card.reading(desk)
    else:
        why_read()
with right:
    at_once(meeting_id, is_looking=is_looking)
    past_releases(meeting_id)
    review_parts.aside(how_far)
