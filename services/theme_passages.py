"""Passages of a run of themes that still stand, each in its place. Start at `standing_passages`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.errors import QuoteNotInSource
from domain.ids import RevisionId, ThemeEditId, UtteranceId
from domain.talk import Quote, Utterance, Zone, digest_of, verify_passage
from domain.theme_edits import PassagePlace
from domain.themes import AsideReason, Membership, ThemeRun
from services import words_to_read
from store import talk, themes, wishes
from store.engine import Connection

Stands = tuple[Membership, Quote, Utterance]


@dataclass(frozen=True)
class Placed:
    """A passage of a run, where it stands after corrections; its words may only be counted."""

    member: Membership
    quote: Quote
    utterance: Utterance
    is_quotable: bool
    is_private: bool = False
    """Kept from whoever came with the person: on no page and no wall that everybody looks at."""
    place: PassagePlace | None = None
    moved_by: ThemeEditId | None = None
    pinned_by: ThemeEditId | None = None

    @property
    def who(self) -> str:
        """Tells people apart; empty where nobody knows who spoke."""
        return self.utterance.attendance_id or self.utterance.speaker


def standing_passages(tx: Connection, run: ThemeRun, said: Sequence[Utterance]) -> list[Placed]:
    """The passages of a run that stand in what was said, as they were found, in order."""
    by_revision = {u.revision_id: u for u in said}
    is_raw = run.zone is Zone.RESTRICTED
    quotable = frozenset(by_revision) if is_raw else talk.quotable(tx, said)
    members = themes.memberships_of_run(tx, run.run_id)
    reviewed = words_to_read.at_meeting(tx, run.meeting_id)
    private = wishes.private_at(tx, run.meeting_id)
    return [
        Placed(
            member,
            reviewed.beside(turn.utterance_id, quote),
            turn,
            quote.revision_id in quotable,
            turn.utterance_id in private,
            place,
        )
        for member, quote, turn, place in _in_place(_standing(members, by_revision))
    ]


def is_read_otherwise(placed: Placed) -> bool:
    """Whether a translation came, changed or went since the run read these words."""
    now = digest_of(placed.quote.translation) if placed.quote.translation else ""
    return placed.member.read_sha256 != now


def without_its_translation(placed: Placed) -> Placed:
    """Grouped by a translation that does not hold any more, words stand in no theme meanwhile."""
    if not placed.member.read_sha256 or not is_read_otherwise(placed):
        return placed
    aside = AsideReason.OTHER_LANGUAGE
    member = replace(placed.member, theme_id=None, fine_theme_id=None, aside=aside, also=())
    return replace(placed, member=member)


def _standing(
    members: Iterable[tuple[Membership, RevisionId, int, int, str]],
    by_revision: Mapping[RevisionId, Utterance],
) -> Iterator[Stands]:
    """Without passages whose revision is not the one shown, or whose words were altered."""
    for member, revision_id, start, end, text_sha256 in members:
        turn = by_revision.get(revision_id)
        if turn is None:
            continue
        try:
            quote = verify_passage(revision_id, turn.text, start, end, text_sha256)
        except QuoteNotInSource:
            continue
        yield member, quote, turn


def _in_place(
    found: Iterable[Stands],
) -> Iterator[tuple[Membership, Quote, Utterance, PassagePlace]]:
    """The passages, which lie in order, each with its place in its turn."""
    held = list(found)
    n_in_turn = Counter([turn.utterance_id for _, _, turn in held])
    seen: dict[UtteranceId, int] = {}
    for member, quote, turn in held:
        said = turn.utterance_id
        number = seen.get(said, 0)
        seen[said] = number + 1
        place = PassagePlace(
            said, turn.revision_id, quote.start, quote.end, number, n_in_turn[said]
        )
        yield member, quote, turn, place
