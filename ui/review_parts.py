"""Parts of the reviewer's screen: words with what may be hidden, in HTML. Start at `words`."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from domain.identifiers import Suggestion, settle
from domain.ids import MeetingId
from domain.review import Why
from domain.talk import ConsentUse, Wish
from services import jobs, themes
from services.bulk_release import Preview
from services.hide_suggestions import IDENTIFIERS, request_suggestions
from services.reanchoring import Reanchored
from services.review import Progress, ReviewTurn, Shelf
from services.review_turns import Turn
from services.words_to_read import parts_of
from ui import markup, page, screens
from ui.markup import draw, plain, safe
from ui.quotes import lang
from ui.words import count, listed, sentence_case, share

SURE, FAIRLY = 0.9, 0.6
OTHER_LANGUAGE = (
    "These words are not in English. Release them as they were said: once they are shared, a "
    "translation is written and reviewed on Themes, Set aside."
)
LOOK_EVERY_S = 1.0
LOOKING = "The machine looks for what could tell who somebody is"
SHELVES = {
    Shelf.FIRST: "Likely to be quoted, or unclear",
    Shelf.WAITING: "Everything that waits",
    Shelf.HELD_BACK: "Held back",
    Shelf.RELEASED: "Released",
}

WHY = {
    Why.PROPOSES: "it proposes something, so it may be quoted",
    Why.SUPPORTS: "it is near to a recommendation and may be quoted as support",
    Why.TYPICAL: "it is typical of a theme and may be quoted there",
    Why.LONGEST: "it is one of this person’s longest",
    Why.UNSURE: "the machine is unsure about a stretch",
    Why.ASKS: "it raises a question that no machine answers",
    Why.TAKEN_BACK: "its release was taken back",
    Why.REST: "it waits",
}
AGREED = {
    ConsentUse.GROUPED: "counted in shared themes",
    ConsentUse.QUOTED: "quoted without name",
    ConsentUse.QUOTED_BY_NAME: "quoted with name",
    ConsentUse.KEPT: "kept after the programme",
}


def summary(n: Progress) -> str:
    """One sentence: what waits, and what was decided."""
    if not (n.n_in_queue or n.n_released or n.n_held_back):
        return "Nothing waits here: no words that people agreed to share came in yet."
    all_of_them = n.n_in_queue + n.n_released + n.n_held_back
    return (
        f"Others see only what you release. {n.n_in_queue:,} of {all_of_them:,} turns wait, "
        f"{n.n_released:,} are released, {n.n_held_back:,} held back."
    )


def aside(n: Progress) -> None:
    """Counts that need no decision."""
    markup.facts(
        [
            ("Taken back", f"{n.n_taken_back:,}, waiting again" if n.n_taken_back else ""),
            (
                "Not agreed",
                f"{count(n.n_not_agreed, 'turn')} of people who did not agree that their words "
                "are shared, or whom nobody knows; never shown"
                if n.n_not_agreed
                else "",
            ),
            (
                "Withdrawn",
                f"{count(n.n_withdrawn, 'turn')} that people took back" if n.n_withdrawn else "",
            ),
        ]
    )


def looking(meeting_id: MeetingId, *, n_waiting: int) -> bool:
    """Have the machine look at what waits, once, and show how far it is; True while it goes on."""
    job = jobs.newest(meeting_id, IDENTIFIERS)
    if job is None and n_waiting:
        request_suggestions(meeting_id)
        job = jobs.newest(meeting_id, IDENTIFIERS)
    if job is None:
        return False
    if job.finished_at is None:
        moving: Callable[[MeetingId], None] = st.fragment(_bar, run_every=LOOK_EVERY_S)
        moving(meeting_id)
        return True
    if job.state.value == "failed":
        page.refused(job.message)
    return False


def sureness(value: float) -> str:
    """ "sure (97 %)"."""
    told = "sure" if value >= SURE else "fairly sure" if value >= FAIRLY else "not sure"
    return f"{told}, {share(value)}"


def words(text: str, stretches: Iterable[Suggestion], hidden: Iterable[Suggestion]) -> None:
    """A turn verbatim, with what may be hidden underlined and what will be hidden struck out."""
    draw(words_html(text, stretches, hidden))


def words_html(text: str, stretches: Iterable[Suggestion], hidden: Iterable[Suggestion]) -> str:
    """The same as escaped HTML; the words themselves are unchanged, character for character."""
    out = {(one.start, one.end) for one in settle(hidden)}
    spans = [(one.start, one.end, "rt-out") for one in settle(hidden)]
    spans += [
        (one.start, one.end, "rt-may")
        for one in settle(stretches)
        if not any(start < one.end and one.start < end for start, end in out)
    ]
    parts, done = [], 0
    for start, end, look in sorted(spans):
        parts.append(safe(text[done:start]))
        parts.append(f'<mark class="{look}">{safe(text[start:end])}</mark>')
        done = end
    tagged = lang(text)
    return f'<p class="rt-raw" dir="auto"{tagged}>{"".join(parts)}{safe(text[done:])}</p>'


def themes_behind(meeting_id: MeetingId) -> None:
    """Where themes do not know what was released since, a way there; nothing otherwise."""
    report = themes.theme_report(meeting_id)
    if report and report.is_stale:
        markup.sentence("What was released since the themes were found is in none of them yet.")
        screens.link(screens.THEMES, "Open the themes, to find them again")


def in_other_language(text: str) -> None:
    """What becomes of words that are not English."""
    if parts_of(text):
        markup.sentence(OTHER_LANGUAGE)


def about(found: ReviewTurn, at: str) -> None:
    """Who spoke in general terms, why it is read now, what they agreed to and wished."""
    turn = found.turn
    group = turn.said.stakeholder_group
    who = sentence_case(group.value) if group else "Someone at the table"
    told = [f"{who}, {at}." if at else f"{who}."]
    if found.whys:
        told.append(f"Read now because {listed([WHY[why] for why in found.whys])}.")
    told.append(f"Agreed to be {_agreed(turn)}.")
    if Wish.PRIVATE in turn.wishes:
        told.append("Asked: not on pages that people who came together may share.")
    if turn.held:
        told.append(f"Held back by {turn.held.by}: {turn.held.reason}.")
    if found.n_recommendations:
        behind = count(found.n_recommendations, "recommendation")
        told.append(f"It stands behind {behind}; a quote whose words change is lost there.")
    draw(f'<p class="rt-side">{safe(" ".join(told))}</p>')


def prompts(questions: Sequence[str]) -> None:
    """What no machine can decide."""
    if questions:
        draw('<p class="rt-sentence"><strong>Look again</strong></p>')
        markup.lines((question, "") for question in questions)


def preview(n: Preview) -> None:
    """What a release of the rest would do and what it leaves out, in counts."""
    kinds = listed([f"{kind} ({amount:,})" for kind, amount in n.kinds])
    stretches = f"{n.n_stretches:,}: {kinds}" if n.n_stretches else "none found"
    unread = f"{n.n_likely_quoted:,} that may be quoted, unread" if n.n_likely_quoted else ""
    sure = f"{n.n_sure:,} sure, {n.n_fairly_sure:,} fairly sure" if n.n_stretches else ""
    left = [
        (n.n_to_read, "with a stretch or a question that a person has to look at"),
        (n.n_unchecked, "that the machine has not looked at yet"),
        (n.n_held_back, "held back"),
        (n.n_taken_back, "taken back before"),
        (n.n_not_agreed, "of people who did not agree"),
        (n.n_withdrawn, "that people took back"),
    ]
    markup.facts(
        [
            ("Turns", f"{n.n_turns:,}"),
            ("Among them", unread),
            ("Stretches hidden", stretches),
            ("How sure", sure),
        ]
    )
    markup.lines((f"{amount:,} left out", why) for amount, why in left if amount)


def followed(done: Reanchored) -> str:
    """What became of the quotes from a turn whose words changed; empty where none did."""
    told = [
        (done.n_offered, "waits to be confirmed on its recommendation", "wait to be confirmed"),
        (done.n_lost, "could not follow and is gone there", "could not follow and are gone"),
    ]
    parts = [f"{count(n, 'quote')} {one if n == 1 else many}" for n, one, many in told if n]
    return f"{'; '.join(parts)}." if parts else ""


def _agreed(turn: Turn) -> str:
    told = [words for use, words in AGREED.items() if use in turn.agreed]
    return listed(told) if told else "nothing beyond being recorded"


def _bar(meeting_id: MeetingId) -> None:
    job = jobs.newest(meeting_id, IDENTIFIERS)
    if job is None or job.finished_at is not None:
        st.rerun()
    doing = job.message or "Waiting for the worker"
    st.progress(job.share_done, text=plain(f"{LOOKING}: {doing}"))
