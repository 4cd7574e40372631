"""What the store says of itself. Start at `read`."""

from sqlalchemy import Connection, delete, insert, select

from store.tables import declaration


def read(tx: Connection, name: str) -> str | None:
    """What is declared under a name."""
    query = select(declaration.c.value).where(declaration.c.name == name)
    return tx.execute(query).scalar_one_or_none()


def declare(tx: Connection, name: str, value: str) -> None:
    """Declare something, in place of what was declared before."""
    tx.execute(delete(declaration).where(declaration.c.name == name))
    tx.execute(insert(declaration).values(name=name, value=value))


def forget(tx: Connection, name: str) -> None:
    """Declare something no more."""
    tx.execute(delete(declaration).where(declaration.c.name == name))
