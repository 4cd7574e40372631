"""A meeting at a glance: who was heard, what about, what is recommended, what needs a person."""

from collections.abc import Mapping, Sequence

import streamlit as st

from domain.ids import RecommendationId
from domain.recommendations import RecommendationState
from services import ballots, glance, review, themes
from services.glance import Desk, FamilyShare, Glance
from services.recommendations import RecommendationView
from services.theme_views import ThemeReport, ThemeView
from ui import (
    bars,
    charts,
    job_progress,
    markup,
    page,
    replay,
    room_button,
    screens,
    session,
    take_along,
)
from ui.markup import draw, plain, safe, shortened
from ui.quotes import quote
from ui.words import count, lasting, listed, sentence_case, share

N_THEMES = 5
N_RECOMMENDATIONS = 4
N_LETTERS = 80
NOTEWORTHY = 0.05
SCREEN_OF: Mapping[Desk, screens.Screen] = {
    Desk.PEOPLE: screens.PEOPLE,
    Desk.WORDS: screens.IMPORT,
    Desk.STATEMENTS: screens.STATEMENTS,
    Desk.REVIEW: screens.REVIEW,
    Desk.THEMES: screens.THEMES,
    Desk.TRANSLATIONS: screens.THEMES,
    Desk.RECOMMENDATIONS: screens.RECOMMENDATIONS,
    Desk.VOTES: screens.BALLOTS,
}
VIEW_OF = {Desk.TRANSLATIONS: {"view": "Set aside"}}


def summary(seen: Glance) -> str:
    """One sentence: how many people, how long, how much was said."""
    parts = [count(seen.n_people, "person", "people")]
    if seen.duration_s:
        parts.append(f"{lasting(seen.duration_s)} of talk")
    said = count(seen.n_utterances, "contribution")
    parts.append(f"{said}, {seen.n_written} of them written" if seen.n_written else said)
    return sentence_case(f"{listed(parts)}.")


def finding(shares: Sequence[FamilyShare]) -> str:
    """The family whose share of the words is farthest from its share of the people."""
    far = max(shares, key=lambda s: abs(s.share_said - s.share_people))
    if abs(far.share_said - far.share_people) < NOTEWORTHY:
        return "Every family was heard in proportion to its people"
    amount = "more" if far.share_said > far.share_people else "less"
    return f"{sentence_case(far.family.value)} was heard {amount} than its share of the people"


def heard(shares: Sequence[FamilyShare]) -> None:
    """Share of what was said against share of the people, by family."""
    lived = shares[0]
    charts.show(
        charts.speaking_share(
            [
                {
                    "family": s.family.value,
                    "share_people": s.share_people,
                    "share_said": s.share_said,
                }
                for s in shares
            ]
        ),
        title=finding(shares),
        sentence=(
            f"{sentence_case(lived.family.value)}: {share(lived.share_people)} of the people, "
            f"{share(lived.share_said)} of what was said. Bar: what was said; upright line: people."
        ),
        columns=("Family", "People", "Share of people", "Share of what was said", "Contributions"),
        rows=[
            (
                sentence_case(s.family.value),
                s.n_people,
                share(s.share_people),
                share(s.share_said),
                s.n_contributions,
            )
            for s in shares
        ],
    )


def needs(seen: Glance) -> None:
    """What somebody has to do next, each with the way to where it is done."""
    page.section("What needs a person")
    with st.container(key="needs"):
        for need in seen.needs:
            screen = SCREEN_OF[need.desk]
            if screens.may_open(screen):
                screens.link(screen, need.told, **VIEW_OF.get(need.desk, {}))
            else:
                markup.sentence(need.told)
        if not to_review(seen) and not seen.needs:
            markup.sentence("Nothing at the moment.")


def to_review(seen: Glance) -> int:
    """How many turns wait for a reviewer, with the way to them, for those who may read them."""
    if seen.n_shared == seen.n_utterances or not screens.may_open(screens.REVIEW):
        return 0
    n_waiting = review.progress(meeting_id).n_in_queue
    if n_waiting:
        verb = "waits" if n_waiting == 1 else "wait"
        screens.link(screens.REVIEW, f"Review the {count(n_waiting, 'turn')} that {verb}.")
    return n_waiting


def theme_line(theme: ThemeView) -> None:
    """A theme with how many spoke of it and its most typical words."""
    with st.container(gap=None, key=f"theme_{theme.theme_id}"):
        screens.link(screens.THEMES, plain(f"{theme.rank + 1}. {theme.name}"), theme=theme.theme_id)
        people = count(theme.n_people, "person", "people")
        told = f"{count(theme.n_utterances, 'contribution')} by {people}"
        if theme.groups:
            told += f", {bars.most(theme.groups)}"
        draw(f'<div class="rt-bar-words">{safe(told)}</div>{bars.families_html(theme.groups)}')
        for said in theme.quotes[:1]:
            quote(said.quote, said.stakeholder_group, said.start_s)


def hearing(report: ThemeReport | None) -> None:
    """The largest themes."""
    page.section("What we are hearing")
    if report is None:
        page.empty("No themes yet", "They appear here once words are in and have been grouped.")
        screens.link(screens.THEMES, "Go to the themes")
        return
    with st.container(key="hearing"):
        for theme in report.themes[:N_THEMES]:
            theme_line(theme)
    n_more = len(report.themes) - N_THEMES
    label = f"See {count(n_more, 'more theme')} and the map" if n_more > 0 else "See the map"
    with st.container(horizontal=True, key="hearing_links"):
        screens.link(screens.THEMES, label)
        st.button(
            "Replay the meeting",
            key="replay_meeting",
            type="tertiary",
            on_click=session.keep,
            args=(replay.ASKED, "1"),
        )


def votes() -> dict[RecommendationId, str]:
    """Whether each recommendation was voted on; an open vote comes before a closed one."""
    return {
        voted.recommendation_id: f"vote {ballot.state.value}"
        for ballot in sorted(
            (held.ballot for held in ballots.ballots_of(meeting_id)), key=lambda b: b.state.value
        )
        for voted in ballot.items
    }


def urgency(view: RecommendationView, state_of: Mapping[RecommendationId, str]) -> int:
    """What waits for the room comes first: drafts, then open votes, then what was chosen."""
    wanted = view.recommendation
    if wanted.state is RecommendationState.DRAFT:
        return 0
    if state_of.get(wanted.recommendation_id) == "vote open":
        return 1
    return 2 if wanted.state is RecommendationState.CHOSEN else 3


def recommended(found: Sequence[RecommendationView]) -> None:
    """What is recommended, with how many quotes and which state."""
    page.section("What is recommended")
    if not found:
        page.empty("Nothing yet", "Write a recommendation from a theme, or bring in a list.")
        screens.link(screens.RECOMMENDATIONS, "Go to the recommendations")
        return
    state_of = votes()
    for view in sorted(found, key=lambda v: urgency(v, state_of))[:N_RECOMMENDATIONS]:
        wanted = view.recommendation
        with st.container(gap=None, key=f"recommendation_{wanted.recommendation_id}"):
            screens.link(
                screens.RECOMMENDATIONS,
                plain(f"{wanted.number}. {shortened(wanted.text, N_LETTERS)}"),
                recommendation=wanted.recommendation_id,
            )
            vote = state_of.get(wanted.recommendation_id, "no vote yet")
            told = f"{wanted.state.value}, {count(len(view.evidence), 'quote')}, {vote}"
            draw(f'<div class="rt-bar-words">{safe(sentence_case(told))}</div>')
    with st.container(horizontal=True, key="recommended_links"):
        screens.link(screens.RECOMMENDATIONS, f"See all {len(found)}")
        screens.link(screens.BALLOTS, "Go to the votes")


meeting_id = session.open_meeting_id()
if replay.is_asked():
    replay.replay(meeting_id)
    st.stop()
seen = glance.glance(meeting_id)
goes_on = page.head(
    seen.meeting.challenge,
    summary(seen),
    eyebrow=page.of_meeting(seen.meeting),
    action="Bring in words" if session.may_edit() and not seen.n_utterances else "",
)
if goes_on:
    screens.go(screens.IMPORT)
job_progress.theme_finding(meeting_id)
left, right = st.columns([3, 2], gap="large")
with left:
    hearing(themes.theme_report(meeting_id, n_quotes=1))
with right:
    needs(seen)
    recommended(seen.recommendations)
    if seen.shares and seen.n_utterances:
        heard(seen.shares)
room_button.beside(meeting_id)
take_along.of_meeting(seen.meeting)
