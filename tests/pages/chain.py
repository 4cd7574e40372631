"""A whole chain made by hand: words, a chosen recommendation, an initiative. Start at `make_chain`."""

from dataclasses import dataclass
from datetime import date

from domain.ids import InitiativeId, MeasureId, MeetingId, ProgrammeId, RecommendationId
from domain.initiatives import Initiative, InitiativeKind, Measure, Milestone, Reading, Stage
from domain.initiatives import StageEvent as Event
from domain.talk import locate_quote
from services import initiatives, recommendations, transcripts
from tests.pages.staged import meeting_with_words, programme

TEXT = "Show every household its ventilator before the first night."
TITLE = "First night at home"
WORDS = "nobody had shown us the ventilator manual"


@dataclass(frozen=True)
class Chain:
    """Where everything of the chain is."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    recommendation_id: RecommendationId
    initiative_id: InitiativeId


def make_chain(programme_id: ProgrammeId | None = None) -> Chain:
    """One recommendation with a quote behind it, and an initiative with one reading."""
    programme_id = programme_id or programme()
    meeting_id = meeting_with_words(programme_id)
    recommendation_id = recommendations.write(meeting_id, TEXT, author="facilitator")
    said = next(u for u in transcripts.utterances(meeting_id) if WORDS in u.text)
    quote = locate_quote(said.revision_id, said.text, WORDS)
    recommendations.attach(recommendation_id, quote, author="facilitator")
    recommendations.choose([recommendation_id])
    made = _initiative(programme_id, recommendation_id)
    [initiative_id] = initiatives.store_initiatives([made], actor="facilitator")
    return Chain(programme_id, meeting_id, recommendation_id, initiative_id)


def document_outcome(programme_id: ProgrammeId) -> InitiativeId:
    """A real outcome with its source, linked to nothing."""
    outcome = Initiative(
        InitiativeId(""),
        programme_id,
        "A documented survey",
        InitiativeKind.SURVEY_PROGRAMME,
        "What it does.",
        "",
        "",
        "Annual report 2024",
        True,
        (),
        (Event(Stage.LAUNCHED, None),),
    )
    return initiatives.store_initiatives([outcome], actor="facilitator")[0]


def _initiative(programme_id: ProgrammeId, recommendation_id: RecommendationId) -> Initiative:
    measure = Measure(
        MeasureId(""),
        "Households shown before the first night",
        "%",
        True,
        20.0,
        date(2025, 1, 31),
        "visit log",
        80.0,
        date(2027, 1, 31),
        (Reading(45.0, date(2026, 1, 31), "visit log"),),
    )
    return Initiative(
        InitiativeId(""),
        programme_id,
        TITLE,
        InitiativeKind.PROGRAMME,
        "A visit before the first night.",
        "Care services",
        "",
        "",
        False,
        (recommendation_id,),
        (Event(Stage.PROPOSED, date(2025, 1, 10)), Event(Stage.LAUNCHED, date(2025, 9, 1))),
        (Milestone("Second county", date(2026, 3, 1), None),),
        (),
        (measure,),
    )
