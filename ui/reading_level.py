"""How hard a wording is to read, told while it is written. Start at `tell`."""

from services import reading_level
from ui import markup


def tell(text: str) -> None:
    """One sentence below a wording that people will vote on; nothing where little can be told."""
    told = reading_level.told(text)
    if told:
        markup.sentence(told)
