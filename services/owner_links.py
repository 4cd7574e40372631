"""Personal links to one initiative, for its owner or an invited expert. Start at `make_link`.

Staff make, replace and revoke them. Whoever opens one reads that initiative alone, and may mark a
milestone done, add a reading and note a stage, checked as on the screens of the staff.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from domain.access import Act
from domain.errors import LinkUnknown, NotAllowedNow, NotFound
from domain.ids import InitiativeId, OwnerLinkId, ProgrammeId, new_id
from domain.initiatives import Initiative, Reading, StageEvent
from services import keys, whose
from services.access import require
from services.initiatives import (
    InitiativeView,
    add_reading_in,
    mark_done_in,
    set_stage_in,
    views,
)
from services.page_marks import make_mark, read_mark
from services.runtime import runtime
from services.voters import reading
from services.voting import Outcome
from store import audit, belongings, meetings
from store import owner_links as kept
from store.engine import Connection
from store.outages import told_plainly

BY = "owner link"


class Purpose(StrEnum):
    """What a form of the owner's pages is for."""

    MILESTONE = "milestone"
    READING = "reading"
    STAGE = "stage"


@dataclass(frozen=True)
class OwnerLink:
    """A link as the staff sees it; the address is empty where its key is gone."""

    owner_link_id: OwnerLinkId
    name: str
    made_at: datetime
    made_by: str
    url: str


@dataclass(frozen=True)
class Owner:
    """Whoever opened such a link, with what it opens."""

    secret: str
    name: str
    view: InitiativeView
    is_sample: bool

    @property
    def initiative(self) -> Initiative:
        return self.view.initiative


def make_link(initiative_id: InitiativeId, name: str) -> str:
    """Make a link for somebody; its address.

    Raises
    ------
    NotAllowedNow
        If the name is missing, or the initiative is a documented one that nobody here runs.
    """
    programme_id = whose.initiative(initiative_id)
    actor = require(Act.FOLLOW_UP, programme_id=programme_id)
    told = " ".join(name.split())
    if not told:
        raise NotAllowedNow(reason="Write whom the link is for.")
    with runtime().store.write() as tx:
        if _view(tx, programme_id, initiative_id).initiative.is_documented:
            raise NotAllowedNow(
                reason="A documented initiative is told as it was published; none is changed here."
            )
        secret = _add(tx, programme_id, initiative_id, told, actor.name)
        audit.record(tx, actor.name, "owner link made", "initiative", initiative_id)
    return _url(secret)


def replace_link(owner_link_id: OwnerLinkId) -> str:
    """Give the same person a new link; the old one stops at once."""
    known = _known(owner_link_id)
    programme_id = whose.initiative(known.initiative_id)
    actor = require(Act.FOLLOW_UP, programme_id=programme_id)
    with runtime().store.write() as tx:
        kept.link_by_id(tx, owner_link_id)
        kept.remove_link(tx, owner_link_id)
        secret = _add(tx, programme_id, known.initiative_id, known.name, actor.name)
        audit.record(tx, actor.name, "owner link replaced", "initiative", known.initiative_id)
    return _url(secret)


def revoke(owner_link_id: OwnerLinkId) -> None:
    """Take a link back; it opens nothing from the next request on."""
    known = _known(owner_link_id)
    actor = require(Act.FOLLOW_UP, programme_id=whose.initiative(known.initiative_id))
    with runtime().store.write() as tx:
        kept.remove_link(tx, owner_link_id)
        audit.record(tx, actor.name, "owner link revoked", "initiative", known.initiative_id)


def links_of(initiative_id: InitiativeId) -> list[OwnerLink]:
    """Who has a link to an initiative."""
    programme_id = whose.initiative(initiative_id)
    require(Act.FOLLOW_UP, programme_id=programme_id)
    with runtime().store.read() as tx:
        found = kept.links_of(tx, initiative_id)
    return [
        OwnerLink(k.owner_link_id, k.name, k.made_at, k.made_by, _known_url(programme_id, k))
        for k in found
    ]


def open_link(secret: str) -> Owner:
    """What a link opens, as it is now.

    Raises
    ------
    LinkUnknown
        If it never was, was replaced or revoked.
    """
    with reading() as tx:
        return _owner(tx, secret)


def mark_of(owner: Owner, purpose: Purpose, position: int) -> str:
    """The mark of a form: for what, and what stood there when it was served."""
    return make_mark(owner.secret, f"{purpose}|{position}", _seen(owner, purpose, position))


def mark_done(secret: str, position: int, done_on: date, mark: str) -> Outcome:
    """Say that a milestone, counted from 1, is done; the same press twice counts once.

    Raises
    ------
    NotFound
        If there is no such milestone.
    """
    with _writing(secret, (Purpose.MILESTONE, position), mark) as (tx, owner, outcome):
        if outcome is Outcome.SAVED:
            mark_done_in(tx, owner.initiative.initiative_id, position, done_on)
            _note(tx, secret, "milestone done")
    return outcome


def add_reading(secret: str, position: int, new: Reading, mark: str) -> Outcome:
    """Add a value of a measure, counted from 1, with its day and source.

    Raises
    ------
    NotFound
        If there is no such measure.
    NotAllowedNow
        If its source is missing.
    """
    with _writing(secret, (Purpose.READING, position), mark) as (tx, owner, outcome):
        measures = owner.initiative.measures
        if not 1 <= position <= len(measures):
            raise NotFound(kind="measure", id=position)
        if outcome is Outcome.SAVED:
            add_reading_in(tx, measures[position - 1].measure_id, new)
            _note(tx, secret, "reading added")
    return outcome


def note_stage(secret: str, event: StageEvent, mark: str) -> Outcome:
    """Note a stage that was reached; earlier ones stay, and the same press twice counts once.

    Raises
    ------
    NotAllowedNow
        If an ending lacks its reason, or the day lies before the newest event.
    """
    with _writing(secret, (Purpose.STAGE, 0), mark) as (tx, owner, outcome):
        if outcome is Outcome.SAVED:
            set_stage_in(tx, owner.initiative, event)
            _note(tx, secret, f"stage {event.stage}")
    return outcome


@contextmanager
def _writing(
    secret: str, purpose: tuple[Purpose, int], mark: str
) -> Iterator[tuple[Connection, Owner, Outcome]]:
    """One transaction with what the link opens in it, and whether the press counts."""
    served = read_mark(secret, f"{purpose[0]}|{purpose[1]}", mark)
    with told_plainly(), runtime().store.write() as tx:
        owner = _owner(tx, secret)
        if served.is_too_soon:
            yield tx, owner, Outcome.TOO_SOON
        elif served.seen != _seen(owner, *purpose):
            yield tx, owner, Outcome.OLD_PAGE
        else:
            yield tx, owner, Outcome.SAVED


def _seen(owner: Owner, purpose: Purpose, position: int) -> str:
    """What an old page is told by: something that each press of this kind changes."""
    initiative = owner.initiative
    if purpose is Purpose.STAGE:
        return f"{len(initiative.events)} stages"
    if purpose is Purpose.READING:
        return "any"  # the same reading twice is one reading
    done = [milestone.done_on for milestone in initiative.milestones]
    is_done = 1 <= position <= len(done) and done[position - 1] is not None
    return "done" if is_done else "open"


def _owner(tx: Connection, secret: str) -> Owner:
    known = kept.link_of_hash(tx, keys.link_hash(secret))
    if known is None:
        raise LinkUnknown
    programme_id = belongings.programme_of_initiative(tx, known.initiative_id)
    view = _view(tx, programme_id, known.initiative_id)
    is_sample = any(p.is_sample for p in meetings.programmes(tx) if p.programme_id == programme_id)
    return Owner(secret, known.name, view, is_sample)


def _note(tx: Connection, secret: str, action: str) -> None:
    known = kept.link_of_hash(tx, keys.link_hash(secret))
    if known:
        reason = f"link {known.owner_link_id}"
        audit.record(tx, BY, action, "initiative", known.initiative_id, reason=reason)


def _view(tx: Connection, programme_id: ProgrammeId, initiative_id: InitiativeId) -> InitiativeView:
    found = {v.initiative.initiative_id: v for v in views(tx, programme_id)}
    return found[initiative_id]


def _known(owner_link_id: OwnerLinkId) -> kept.KeptLink:
    with runtime().store.read() as tx:
        return kept.link_by_id(tx, owner_link_id)


def _add(
    tx: Connection, programme_id: ProgrammeId, initiative_id: InitiativeId, name: str, by: str
) -> str:
    owner_link_id = OwnerLinkId(new_id())
    secret = _secret(programme_id, owner_link_id)
    made = kept.KeptLink(
        owner_link_id, initiative_id, name, keys.link_hash(secret), datetime.now(UTC), by
    )
    kept.add_link(tx, made)
    return secret


def _known_url(programme_id: ProgrammeId, known: kept.KeptLink) -> str:
    secret = _secret(programme_id, known.owner_link_id)
    return _url(secret) if keys.link_hash(secret) == known.link_hash else ""


def _secret(programme_id: ProgrammeId, owner_link_id: OwnerLinkId) -> str:
    return keys.link_secret(keys.owner_key(programme_id), f"owner|{owner_link_id}")


def _url(secret: str) -> str:
    return f"{runtime().settings.public_url}/i/{secret}"
