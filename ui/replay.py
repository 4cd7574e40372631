"""A meeting once more, in two minutes, without writing anything. Start at `replay`."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from domain.ids import MeetingId, UtteranceId
from domain.people import Family
from domain.talk import Utterance
from services import glance, recommendations, transcripts, translations
from services.recommendations import RecommendationView
from ui import bars, markup, page, screens, session
from ui.markup import FAMILY_CLASS, draw, safe
from ui.quotes import lang, marked, translation_html, who
from ui.words import clock, count, listed, people_say, sentence_case

ASKED = "replay"
LASTS_S = 120.0
TICK_S = 1.0
N_LINES = 4
N_SHOWN = 5


@dataclass(frozen=True)
class Kept:
    """What a meeting holds, as far as it is replayed."""

    lines: tuple[Utterance, ...]
    n_written: int
    n_people: int
    recommendations: tuple[RecommendationView, ...]
    in_english: Mapping[UtteranceId, str]

    @property
    def speed(self) -> float:
        """Seconds of the meeting in a second of the replay."""
        return max(1.0, self.ends_s / LASTS_S)

    @property
    def ends_s(self) -> float:
        """Where the last line ends."""
        return self.lines[-1].end_s or self.lines[-1].start_s or 0.0


def replay(meeting_id: MeetingId) -> None:
    """The meeting from its first line, with a way to halt, to step and to leave."""
    seen = glance.glance(meeting_id)
    kept = _kept(meeting_id, seen.n_people)
    is_playing = _is_playing(meeting_id)
    action = ("Pause" if is_playing else "Play") if kept.lines else ""
    if page.head(
        seen.meeting.challenge,
        "The meeting once more, in two minutes. Nothing is changed by it.",
        eyebrow=f"Replay: {page.of_meeting(seen.meeting)}",
        action=action,
    ):
        (_pause if is_playing else _play)(meeting_id, kept)
        st.rerun()
    if not kept.lines:
        page.empty("Nothing to replay", "No line of this meeting tells when it was said.")
        screens.link(screens.OVERVIEW, "Open the overview")
        return
    _steps(meeting_id, kept)
    st.fragment(_stage, run_every=TICK_S if is_playing else None)(meeting_id, kept)


def _kept(meeting_id: MeetingId, n_people: int) -> Kept:
    said = transcripts.utterances(meeting_id)
    timed = sorted((u for u in said if u.start_s is not None), key=lambda u: u.start_s or 0.0)
    found = recommendations.recommendations(meeting_id)
    english = translations.in_english(meeting_id)
    return Kept(tuple(timed), len(said) - len(timed), n_people, found, english)


def _steps(meeting_id: MeetingId, kept: Kept) -> None:
    with st.container(horizontal=True, key="replay_steps"):
        st.button(
            "Next line", key="replay_next", type="tertiary", on_click=_next, args=(meeting_id, kept)
        )
        st.button(
            "From the beginning",
            key="replay_again",
            type="tertiary",
            on_click=session.keep_replay,
            args=(meeting_id, 0.0),
        )
        st.button(
            "Leave the replay",
            key="replay_leave",
            type="tertiary",
            on_click=session.keep,
            args=(ASKED, ""),
        )


def _stage(meeting_id: MeetingId, kept: Kept) -> None:
    """The newest lines at the left; at the right who was heard and what came of it."""
    now_s = _place(meeting_id, kept)
    said = [u for u in kept.lines if (u.start_s or 0.0) <= now_s]
    if len(said) == len(kept.lines) and _is_playing(meeting_id):
        _pause(meeting_id, kept)
        st.rerun()
    left, right = st.columns([3, 2], gap="large")
    with left:
        _newest(said, kept, now_s)
    with right:
        _heard(said, kept)
        _came_of_it(said, kept.recommendations)


def _newest(said: Sequence[Utterance], kept: Kept, now_s: float) -> None:
    page.section(f"{clock(now_s)} of {clock(kept.ends_s)}")
    newest = reversed(said[-N_LINES:])
    lines = "".join(_line(u, kept.in_english.get(u.utterance_id, "")) for u in newest)
    draw(f'<ol class="rt-replay">{lines}</ol>')
    if len(said) == len(kept.lines):
        more = f" {count(kept.n_written, 'contribution')} came in writing besides."
        markup.sentence(f"The meeting is over.{more if kept.n_written else ''}")


def _line(said: Utterance, translation: str) -> str:
    group = said.stakeholder_group
    family = FAMILY_CLASS[group.family] if group else ""
    return (
        f'<li class="{family}"><p dir="auto"{lang(said.text)}>{marked(said.text)}</p>'
        f"{translation_html(translation)}<footer>{safe(who(group, said.start_s))}</footer></li>"
    )


def _heard(said: Sequence[Utterance], kept: Kept) -> None:
    people = {u.attendance_id: u.stakeholder_group for u in said if u.attendance_id}
    page.section(f"{people_say(len(people), kept.n_people)} heard so far")
    groups = [u.stakeholder_group for u in said if u.stakeholder_group]
    counted = {group: groups.count(group) for group in groups}
    if not counted:
        return
    n_of = {f: sum(n for g, n in counted.items() if g.family is f) for f in Family}
    told = listed([f"{f.value} {n}" for f, n in n_of.items() if n])
    draw(
        f"{bars.families_html(counted)}"
        f'<div class="rt-bar-words">{safe(sentence_case(f"contributions: {told}"))}</div>'
    )


def _came_of_it(said: Sequence[Utterance], found: Sequence[RecommendationView]) -> None:
    """Recommendations that stand on words said so far; the newest words come first."""
    placed: Mapping[UtteranceId, int] = {u.utterance_id: n for n, u in enumerate(said)}
    grown = []
    for view in found:
        behind = [placed[e.utterance_id] for e in view.evidence if e.utterance_id in placed]
        if behind:
            grown.append((max(behind), len(behind), view))
    n_of = people_say(len(grown), len(found), noun="recommendations")
    stand = "stands" if len(grown) == 1 else "stand"
    page.section("What came of these words", f"{n_of} {stand} on something said so far.")
    grown.sort(key=lambda one: -one[0])
    for _, n_quotes, view in grown[:N_SHOWN]:
        wanted = view.recommendation
        with st.container(key=f"line_replay_{wanted.recommendation_id}", gap=None):
            screens.link(
                screens.RECOMMENDATIONS,
                markup.plain(f"{wanted.number}. {markup.shortened(wanted.text, 70)}"),
                recommendation=wanted.recommendation_id,
            )
            draw(f'<div class="rt-side">{count(n_quotes, "quote")} so far</div>')


def _place(meeting_id: MeetingId, kept: Kept) -> float:
    """How far the replay is; while it plays, the clock on the wall moves it."""
    place, since = session.replay_of(meeting_id)
    if since is not None:
        place += (time.monotonic() - since) * kept.speed
    return min(max(place, kept.lines[0].start_s or 0.0), kept.ends_s)


def _is_playing(meeting_id: MeetingId) -> bool:
    return session.replay_of(meeting_id)[1] is not None


def _play(meeting_id: MeetingId, kept: Kept) -> None:
    place = _place(meeting_id, kept)
    is_over = place >= (kept.lines[-1].start_s or 0.0)
    session.keep_replay(meeting_id, 0.0 if is_over else place, since=time.monotonic())


def _pause(meeting_id: MeetingId, kept: Kept) -> None:
    session.keep_replay(meeting_id, _place(meeting_id, kept))


def _next(meeting_id: MeetingId, kept: Kept) -> None:
    now_s = _place(meeting_id, kept)
    later = (u.start_s for u in kept.lines if u.start_s is not None and u.start_s > now_s)
    session.keep_replay(meeting_id, next(later, now_s))


def is_asked() -> bool:
    """Whether the address asks for the replay."""
    return bool(session.chosen(ASKED))
