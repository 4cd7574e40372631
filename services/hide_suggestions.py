"""What could tell who somebody is, found before others read it. Start at `suggest`.

It leaks. The machine suggests, from the roster, patterns, word lists and a language model on this
computer; some names and most stories escape it. A person reads the words and releases them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from domain.access import Act
from domain.identifiers import IdentifierKind, Suggestion, hide, settle
from domain.ids import JobId, MeetingId, RevisionId
from domain.review import ReviewState
from services.access import require
from services.jobs import ask_for
from services.review_turns import Turn, turns_in
from services.runtime import runtime
from store import hide_suggestions as kept
from store import meetings
from store.engine import Connection

__all__ = ["IdentifierKind", "Suggestion", "hide", "settle"]

IDENTIFIERS = "identifiers"
AT_ONCE = 64
Progress = Callable[[float, str], None]


def suggest(meeting_id: MeetingId, *, on_progress: Progress = lambda share, message: None) -> str:
    """Look through the words of a meeting that others do not see, each text once.

    A text is looked through again when the rules, the model or the programme's people changed.

    Raises
    ------
    ModelMissing, NameModelBroken
        If the language model is not there or not the right one.
    """
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        roster = _roster(tx, meeting_id)
        search_name = _search_name(roster)
        missing = _not_searched(tx, meeting_id, search_name)
    for at in range(0, len(missing), AT_ONCE):
        search = runtime().identifier_search(roster)
        on_progress(at / len(missing), "Looking for what could tell who somebody is")
        some = missing[at : at + AT_ONCE]
        found = search.find([turn.said.text for turn in some])
        by_text = {turn.texts.source: hides for turn, hides in zip(some, found, strict=True)}
        with runtime().store.write() as tx:
            kept.replace_suggestions(tx, by_text, search_name)
    return f"{len(missing)} turns looked through."


def request_suggestions(meeting_id: MeetingId) -> JobId:
    """Ask the worker to look through a meeting; whoever brings words in may ask."""
    require(Act.READ, meeting_id=meeting_id)
    return ask_for(IDENTIFIERS, meeting_id)


def suggestions_of(
    revision_ids: Iterable[RevisionId],
) -> dict[RevisionId, tuple[Suggestion, ...]]:
    """What was found in these texts, in order; a text without any is left out."""
    wanted = list(dict.fromkeys(revision_ids))
    with runtime().store.read() as tx:
        whose = kept.meetings_of(tx, wanted)
        found = kept.suggestions_of(tx, wanted)
    for meeting_id in whose:
        require(Act.RELEASE, meeting_id=meeting_id)
    return found


def searched(meeting_id: MeetingId, revision_ids: Iterable[RevisionId]) -> frozenset[RevisionId]:
    """Which of these texts were looked through by the rules, the model and the roster of now."""
    require(Act.RELEASE, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        search_name = _search_name(_roster(tx, meeting_id))
        return frozenset(kept.searched(tx, list(revision_ids), search_name))


def prompts_for(text: str) -> tuple[str, ...]:
    """What to ask a reviewer beside the stretches: employer, clinic, trial, rare event."""
    from analysis.identifier_prompts import prompts_for as ask

    return ask(text)


def _roster(tx: Connection, meeting_id: MeetingId) -> tuple[str, ...]:
    """Everybody of the programme: people speak of who was there last time, too."""
    return tuple(meetings.names_of(tx, meetings.meeting_by_id(tx, meeting_id).programme_id))


def _not_searched(tx: Connection, meeting_id: MeetingId, search_name: str) -> list[Turn]:
    turns = turns_in(tx, meeting_id)
    unseen = [t for t in turns if t.state is not ReviewState.RELEASED and t.said.text.strip()]
    done = kept.searched(tx, [turn.texts.source for turn in unseen], search_name)
    return [turn for turn in unseen if turn.texts.source not in done]


def _search_name(roster: Sequence[str]) -> str:
    people = hashlib.sha256("\n".join(sorted(roster)).encode()).hexdigest()[:12]
    return f"{runtime().identifier_search_name} {people}"
