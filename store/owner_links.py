"""Personal links of initiatives' owners and invited experts. Start at `links_of`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select

from domain.errors import NotFound
from domain.ids import InitiativeId, OwnerLinkId
from store.tables import owner_link


@dataclass(frozen=True)
class KeptLink:
    """A link as it was made."""

    owner_link_id: OwnerLinkId
    initiative_id: InitiativeId
    name: str
    link_hash: str
    made_at: datetime
    made_by: str


def add_link(tx: Connection, new: KeptLink) -> None:
    """Keep a link."""
    tx.execute(insert(owner_link).values(**vars(new)))


def remove_link(tx: Connection, owner_link_id: OwnerLinkId) -> None:
    """Forget a link; it opens nothing from then on."""
    tx.execute(delete(owner_link).where(owner_link.c.owner_link_id == owner_link_id))


def link_by_id(tx: Connection, owner_link_id: OwnerLinkId) -> KeptLink:
    """One link.

    Raises
    ------
    NotFound
        If there is none with this id.
    """
    query = select(owner_link).where(owner_link.c.owner_link_id == owner_link_id)
    row = tx.execute(query).first()
    if row is None:
        raise NotFound(kind="link", id=owner_link_id)
    return _link(row)


def link_of_hash(tx: Connection, link_hash: str) -> KeptLink | None:
    """What a link opens; None for one that is unknown or was taken back."""
    row = tx.execute(select(owner_link).where(owner_link.c.link_hash == link_hash)).first()
    return _link(row) if row else None


def links_of(tx: Connection, initiative_id: InitiativeId) -> list[KeptLink]:
    """Every link to an initiative, the oldest first."""
    query = (
        select(owner_link)
        .where(owner_link.c.initiative_id == initiative_id)
        .order_by(owner_link.c.made_at, owner_link.c.owner_link_id)
    )
    return [_link(row) for row in tx.execute(query)]


def _link(row: Row[tuple[object, ...]]) -> KeptLink:
    return KeptLink(
        OwnerLinkId(row.owner_link_id),
        InitiativeId(row.initiative_id),
        row.name,
        row.link_hash,
        row.made_at,
        row.made_by,
    )
