"""What people said at the meeting of `tests.made_vote`, released. Start at `make_words`."""

from domain.ids import RecommendationId
from domain.talk import ConsentUse, Manner, RevisionKind, Zone, locate_quote
from services import recommendations, transcripts
from services.runtime import runtime
from services.transcripts import ConsentGiven
from store import talk
from tests.made_vote import MadeVote

ALARM = "the alarm woke the whole street"
MARIA = (
    "The wheelchair came eleven weeks after the order was signed, and by then I sat in it alone.",
    f"At night {ALARM} and nobody had shown us the manual.",
    "I tell my sister that I am fine. I am not, and she should not hear that from a page.",
    "A loan chair for those weeks would have let me go to my son's school once more.",
)
TOM = ("We waited for a letter that the vendor had lost, and then for the same letter again.",)


def make_words(vote: MadeVote, *, extra: str = "") -> RecommendationId:
    """Four turns of Maria, or one more, and one of Tom, and a recommendation that quotes Maria."""
    lines = []
    for n, words in enumerate(words for words in (*MARIA, extra) if words):
        # Somebody speaks in between: what one person says without a break is one turn.
        lines += [f"Maria Delgado: {words}", f"Amara Nwosu: Thank you for this, number {n}."]
    lines += [f"Tom Okafor: {words}" for words in TOM]
    understood = transcripts.understand(vote.meeting_id, "t.txt", "\n".join(lines).encode())
    people = {name: attendance.attendance_id for name, attendance in vote.people.items()}
    given = ConsentGiven(frozenset(ConsentUse), "signed forms")
    transcripts.store_transcript(vote.meeting_id, understood, people, given, is_released=True)
    asked = recommendations.recommendations(vote.meeting_id)[0].recommendation.recommendation_id
    with runtime().store.read() as tx:
        said = next(
            u for u in talk.utterances_of(tx, vote.meeting_id, Zone.SHARED) if ALARM in u.text
        )
    recommendations.attach(asked, locate_quote(said.revision_id, said.text, ALARM), author="test")
    return asked


def withhold(vote: MadeVote, words: str) -> None:
    """Take one turn back from others, as a reviewer would."""
    with runtime().store.write() as tx:
        said = next(
            u for u in talk.utterances_of(tx, vote.meeting_id, Zone.SHARED) if words in u.text
        )
        assert said.manner is Manner.SPOKEN
        talk.add_revision(tx, said.utterance_id, RevisionKind.WITHHELD, "", author="test")
