"""Start: what this is, one story along the whole chain, and the doors into it."""

import streamlit as st

from domain.access import Act, who_can
from domain.meetings import Programme
from services import access, meetings, programmes
from services.recommendation_story import vote_told
from services.story import ChainStory, chain_story
from ui import markup, page, replay, screens, session, words
from ui.quotes import quote

TITLE = "From what people said to what changed"
PURPOSE = (
    "Bring in a transcript, see its themes in people's own words, vote on recommendations, and "
    "follow each one until it is launched and measured."
)


def start_ours() -> None:
    """Open our own programme, and the page where its next meeting comes in."""
    programme = session.open_programme()
    if programme is None or programme.is_sample:
        session.choose(programme=programmes.start_ours(actor=session.author()))
    ours = session.open_programme_id()
    screens.go(screens.IMPORT if meetings.meetings_of(ours) else screens.MEETINGS)


def tell_story(story: ChainStory) -> None:
    """The chain, each link with the page where it lives."""
    page.section("One idea, followed all the way")
    quote(
        story.evidence.quote,
        story.evidence.stakeholder_group,
        story.evidence.start_s,
        source=story.meeting.label,
        is_large=True,
    )
    with st.container(key="chain", gap="xsmall"):
        tell_steps(story)


def tell_steps(story: ChainStory) -> None:
    """What came of the words, step by step."""
    meeting_id = story.meeting_id
    step(
        "Theme",
        story.theme_name or "Themes of this meeting have not been found yet.",
        screens.THEMES,
        meeting=meeting_id,
    )
    step(
        "Recommendation",
        story.recommendation.text,
        screens.RECOMMENDATIONS,
        meeting=meeting_id,
        recommendation=story.recommendation_id,
    )
    vote = vote_told(meeting_id, story.recommendation_id) or "No vote on it has been closed yet"
    step("Vote", f"{vote}.", screens.BALLOTS, meeting=meeting_id)
    step("Initiative", became(story), screens.INITIATIVE, initiative=story.initiative_id)
    step("Measure", measured(story), screens.INITIATIVE, initiative=story.initiative_id)


def step(name: str, told: str, screen: screens.Screen, **address: str) -> None:
    """One link of the chain: its name leads to its page."""
    with st.container(key=f"line_{name.lower()}"):
        label, text = st.columns([5, 14], gap="small")
        with label:
            screens.link(screen, name, **address)
        with text:
            markup.draw(f"<p>{markup.safe(told)}</p>")


def became(story: ChainStory) -> str:
    """What the recommendation became, and since when it is there."""
    initiative = story.initiative
    since = initiative.events[-1].happened_on if initiative.events else None
    dated = f" since {words.month(since)}" if since else ""
    return f"{initiative.title}, {initiative.stage.value}{dated}."


def measured(story: ChainStory) -> str:
    """The newest reading beside the baseline; it says what is, not why."""
    for measure in story.initiative.measures:
        if measure.readings:
            newest = measure.readings[-1]
            now = f"{words.number(newest.value)} {measure.unit} in {words.month(newest.read_on)}"
            before = f"; {words.number(measure.baseline_value)} {measure.unit} before"
            return f"{measure.name}: {now}{before if measure.baseline_value is not None else ''}."
    return "Nothing has been measured yet."


def doors(programme: Programme) -> None:
    """Three ways in; a programme of one's own begins with a meeting, not with a replay."""
    page.section("Three ways in")
    with st.container(key="card_door_meeting", gap=None):
        if meetings.meetings_of(programme.programme_id):
            door("Run a meeting", "Watch the newest meeting once more, in two minutes.")
            screens.link(screens.MEETING, "Replay the meeting", **{replay.ASKED: "1"})
        else:
            door("Run a meeting", "Bring in what was said, or type along in the room.")
            screens.link(screens.MEETINGS, "Go to the meetings")
    with st.container(key="card_door_progress", gap=None):
        door("See progress", "What was promised, where it is, what changed.")
        screens.link(screens.OVERVIEW, "Open the overview")
    with st.container(key="card_door_answer", gap=None):
        if programme.is_sample and session.is_trying():
            door("Answer as a participant", "A real ballot, as it is behind a personal link.")
            st.button(
                "Go to a ballot",
                key="answer_as_participant",
                type="tertiary",
                on_click=lambda: session.choose(**{session.AS: session.Role.PARTICIPANT.value}),
            )
        else:
            door("Ask the participants", "A vote, with a personal link for everybody.")
            screens.link(screens.BALLOTS, "Open the ballots")


def door(title: str, told: str) -> None:
    """The words of a door."""
    markup.draw(
        f'<div class="rt-card"><h3>{markup.safe(title)}</h3><p>{markup.safe(told)}</p></div>'
    )


def may_begin(programme: Programme | None) -> bool:
    """Whether whoever is here may bring words in; from the sample that begins a programme."""
    if programme is None or programme.is_sample:
        return programme is not None and access.may(Act.START_PROGRAMME)
    return session.may_edit()


def first_of_all() -> None:
    """Nothing is here yet: load the sample, or begin."""
    if not access.may(Act.START_PROGRAMME):
        page.empty("Nothing is here yet", f"Ask {who_can(Act.START_PROGRAMME)} to begin.")
        return
    page.empty("Nothing is here yet", "Look around in the sample first, or start your own.")
    with st.container(horizontal=True):
        if st.button("Load the sample", key="load_sample"):
            from services.sample import load_sample  # numpy and the readers: only here

            with st.status("Loading the sample: about half a minute.") as status:
                session.choose(programme=load_sample(status.write))
            st.rerun()
        st.button("Start ours, empty", key="start_ours", on_click=begin_ours)


def begin_ours() -> None:
    """Make and open our own programme."""
    session.choose(programme=programmes.start_ours(actor=session.author()))
    session.tell("Your programme is ready. Make its first meeting.")


programme = session.open_programme()
action = "Bring in your transcript" if may_begin(programme) else ""
if page.head(TITLE, PURPOSE, eyebrow=page.PROMISE, action=action):
    start_ours()

if programme is None:
    first_of_all()
    st.stop()

told, ways = st.columns([5, 3], gap="large")
with told:
    story = chain_story(programme.programme_id)
    if story:
        tell_story(story)
    else:
        page.empty(
            "No chain is whole yet",
            "Bring in a meeting, write its recommendations, attach the words behind them, and "
            "turn one into an initiative: its story then stands here.",
        )
        screens.link(screens.MEETINGS, "Go to the meetings")
with ways:
    doors(programme)
    is_alone = programme.is_sample and len(programmes.programmes()) == 1
    if is_alone and access.may(Act.START_PROGRAMME):
        st.button("Start ours, empty", key="start_ours", on_click=begin_ours, type="tertiary")
