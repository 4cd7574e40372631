"""A meeting where something is said in Spanish, and its translation. Start at `say_in_spanish`."""

from domain.ids import MeetingId, TranslationId
from domain.talk import digest_of
from services import meetings, translations, written_contributions
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from services.translation_list import OtherWords
from tests.services.conftest import AGREED

PHONE = "Mi madre no puede hablar por teléfono y nadie nos ha explicado qué hacer."
CHAIR = "No tenemos una silla y no hay nadie que nos ayude con el papeleo."
PHONE_IN_ENGLISH = "My mother cannot speak on the phone, and nobody told us what to do."
CHAIR_IN_ENGLISH = "The ventilator alarm wakes my mother, and we guess what it means."


def say_in_spanish(
    meeting_id: MeetingId, *words: str, consent: ConsentGiven = AGREED, who: int = 0
) -> None:
    """Written words of somebody at the meeting, released; then the themes are found."""
    writer = meetings.roster(meeting_id)[who].attendance_id
    written = [(writer, one) for one in words or (PHONE, CHAIR)]
    written_contributions.add_written(meeting_id, written, author="f", consent=consent)
    find_themes_of_meeting(meeting_id)


def waiting(meeting_id: MeetingId, words: str = PHONE) -> OtherWords:
    """A passage in another language as it is listed."""
    listed = translations.other_languages(meeting_id).words
    return next(one for one in listed if one.quote.text == words)


def translate(
    meeting_id: MeetingId, words: str = PHONE, text: str = PHONE_IN_ENGLISH
) -> TranslationId:
    """Write a translation of a passage over the one that stands there."""
    one = waiting(meeting_id, words)
    seen = one.translation.translation_id if one.translation else None
    return translations.write(one.utterance_id, digest_of(words), text, seen=seen)


def translate_and_review(
    meeting_id: MeetingId, words: str = PHONE, text: str = PHONE_IN_ENGLISH
) -> TranslationId:
    """The same, reviewed, and the themes found with it."""
    made = translate(meeting_id, words, text)
    translations.review(made)
    find_themes_of_meeting(meeting_id)
    return made
