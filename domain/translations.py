"""A translation that a person wrote of words in another language. Start at `Translation`.

It stands beside the words and is never one of their quotes: what is quoted stays as it was said.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import TranslationId, UtteranceId
from domain.talk import digest_of


class TranslationState(StrEnum):
    """How far the translation of some words came."""

    MISSING = "without a translation"
    CHANGED = "to be translated again"
    """There was one, and the words were changed since."""
    WAITING = "waiting for review"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Translation:
    """One wording of the translation of one stretch of a turn, which is known by its digest.

    ``number`` counts the wordings of that stretch; the newest that nobody took back holds.
    ``reviewed_sha256`` is the `seal_of` what was reviewed.
    """

    translation_id: TranslationId
    utterance_id: UtteranceId
    original_sha256: str
    number: int
    text: str
    written_at: datetime
    written_by: str
    reviewed_at: datetime | None = None
    reviewed_by: str = ""
    reviewed_sha256: str = ""

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody reviewed exactly this wording of exactly these words."""
        return self.reviewed_at is not None and self.reviewed_sha256 == seal_of(
            self.original_sha256, self.text
        )

    @property
    def is_by_one_person(self) -> bool:
        """Whether it was reviewed by whoever wrote it."""
        return self.is_reviewed and self.written_by == self.reviewed_by


def seal_of(original_sha256: str, text: str) -> str:
    """What a review holds on to: the words and their translation, letter for letter."""
    return digest_of(f"{original_sha256}|{text}")
