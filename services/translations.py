"""Translations that a person writes and a person reviews. Start at `other_languages`.

The model reads English, and we ship no machine that translates: somebody who reads both languages
writes what it says in English, and somebody says that this is right. From then on the words are
grouped and found by it (`words_to_read`). A translation belongs to exactly the words that were
released: once these are corrected, hidden in part or taken back, it is used no more.
"""

from dataclasses import replace

from domain.access import Act, Actor
from domain.errors import NotAllowedNow
from domain.ids import MeetingId, ThemeId, TranslationId, UtteranceId
from domain.talk import Utterance, Zone, digest_of
from domain.themes import AsideReason
from domain.translations import Translation, TranslationState
from services import whose, words_to_read
from services.access import require
from services.kept_readings import kept
from services.runtime import runtime
from services.theme_reading import Placed, read_run
from services.translation_checks import refuse_hidden, refuse_unfit
from services.translation_list import OtherLanguages, OtherWords, Spoken
from store import audit, talk, translations
from store.engine import Connection
from store.passages import passages_of

NOT_SHARED = (
    "Others may not read these words now: they are not released, or whoever said them took them "
    "back or did not agree to be quoted. Nothing was kept."
)
CHANGED = (
    "These words were changed meanwhile. Nothing was kept: read them again and translate the "
    "words of now."
)
OTHER_WORDING = (
    "Somebody else wrote a translation of these words meanwhile. Yours was not kept: read theirs "
    "first, then change it if you need to."
)


def other_languages(meeting_id: MeetingId) -> OtherLanguages:
    """Every passage of the current themes that is in another language, or was translated."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        return other_languages_in(tx, meeting_id)


def other_languages_in(tx: Connection, meeting_id: MeetingId) -> OtherLanguages:
    """The same, as one transaction sees it; empty before there are themes."""
    return kept(tx, ("other languages", meeting_id), lambda: _read_now(tx, meeting_id))


def _read_now(tx: Connection, meeting_id: MeetingId) -> OtherLanguages:
    read = read_run(tx, meeting_id)
    if read is None:
        return OtherLanguages()
    standing = translations.standing_at(tx, meeting_id)
    stands = {_key(p) for p in read.passages if p.utterance.utterance_id in standing}
    names = {theme.theme_id: (theme.theme_id, theme.name) for theme in read.themes}
    words: list[OtherWords] = []
    only_counted: list[str] = []
    for p in read.passages:
        spoken = _spoken(p.quote.text)
        of_turn = standing.get(p.utterance.utterance_id, {})
        translation = of_turn.get(_key(p)[1]) if of_turn else None
        if not spoken.language and translation is None:
            continue
        if p.is_quotable:
            is_changed = any((p.utterance.utterance_id, sha256) not in stands for sha256 in of_turn)
            made = _words(p, spoken, translation, is_changed=is_changed)
            words.append(replace(made, theme=names.get(p.member.theme_id or ThemeId(""))))
        elif _is_set_aside(p):
            only_counted.append(spoken.language)
    return OtherLanguages(tuple(words), tuple(only_counted), len(read.passages))


def in_english(meeting_id: MeetingId) -> dict[UtteranceId, str]:
    """What turns that others may read say in English, of those of which anything was translated."""
    require(Act.READ, meeting_id=meeting_id)
    with runtime().store.read() as tx:
        said = talk.utterances_of(tx, meeting_id, Zone.SHARED)
        return words_to_read.of_whole_turns(tx, said)


def write(
    utterance_id: UtteranceId, original_sha256: str, text: str, *, seen: TranslationId | None
) -> TranslationId:
    """Keep a translation of a passage; it waits for somebody to review it.

    ``seen`` is the wording that stood there when this one was begun, so that of two people who
    write at once nobody loses what they wrote unseen.

    Raises
    ------
    NotAllowedNow
        If the words are not shared any more, were changed, or have another wording meanwhile; if
        the text is empty, too long, the same as the words, in another language than English, or
        says what was hidden from others.
    """
    by = require(Act.TRANSLATE, meeting_id=whose.utterance(utterance_id))
    wanted = " ".join(text.split())
    with runtime().store.write() as tx:
        said, original = _original(tx, utterance_id, original_sha256)
        refuse_unfit(original, wanted)
        refuse_hidden(tx, said, wanted)
        standing = _standing(tx, utterance_id, original_sha256)
        if (standing.translation_id if standing else None) != seen:
            raise NotAllowedNow(reason=OTHER_WORDING)
        if standing and standing.text == wanted:
            raise NotAllowedNow(reason="The translation says exactly this already.")
        made = translations.add(tx, utterance_id, original_sha256, wanted, by=by.name)
        _write_down(tx, by, "written", utterance_id)
    return made


def review(translation_id: TranslationId) -> None:
    """Say that a translation tells what was said; from the next finding of themes on it is used.

    Raises
    ------
    NotAllowedNow
        If it is not the wording that holds, or its words are not there to be read any more.
    """
    by = require(Act.TRANSLATE, meeting_id=whose.translation(translation_id))
    with runtime().store.write() as tx:
        found = translations.by_id(tx, translation_id)
        _original(tx, found.utterance_id, found.original_sha256)
        if _standing(tx, found.utterance_id, found.original_sha256) != found:
            raise NotAllowedNow(
                reason="Somebody changed this translation meanwhile. Read it again first."
            )
        translations.mark_reviewed(tx, found, by=by.name)
        told = "by whoever wrote it" if by.name == found.written_by else ""
        _write_down(tx, by, "reviewed", found.utterance_id, told)


def end_review(translation_id: TranslationId) -> None:
    """Take a review back: the translation waits again and is not used meanwhile."""
    by = require(Act.TRANSLATE, meeting_id=whose.translation(translation_id))
    with runtime().store.write() as tx:
        found = translations.by_id(tx, translation_id)
        translations.end_review(tx, translation_id)
        _write_down(tx, by, "no longer reviewed", found.utterance_id)


def take_back(translation_id: TranslationId) -> None:
    """Take a wording back: the one before it holds again, or there is none."""
    by = require(Act.TRANSLATE, meeting_id=whose.translation(translation_id))
    with runtime().store.write() as tx:
        found = translations.by_id(tx, translation_id)
        if not translations.is_ended(tx, translation_id):
            translations.end(tx, translation_id, by=by.name)
            _write_down(tx, by, "taken back", found.utterance_id)


def bring_back(translation_id: TranslationId) -> None:
    """Let a wording that was taken back hold again.

    Raises
    ------
    NotAllowedNow
        If another one was written since.
    """
    by = require(Act.TRANSLATE, meeting_id=whose.translation(translation_id))
    with runtime().store.write() as tx:
        found = translations.by_id(tx, translation_id)
        newest = translations.newest_number(tx, found.utterance_id, found.original_sha256)
        if found.number != newest:
            raise NotAllowedNow(reason=OTHER_WORDING)
        translations.bring_back(tx, translation_id)
        _write_down(tx, by, "brought back", found.utterance_id)


def _key(p: Placed) -> tuple[UtteranceId, str]:
    return p.utterance.utterance_id, digest_of(p.quote.text)


def _spoken(text: str) -> Spoken:
    from analysis.language_parts import other_parts
    from analysis.languages import other_language

    whole = other_language(text)
    if whole:
        return Spoken(whole, is_in_part=False)
    parts = other_parts(text)
    return Spoken(parts[0].language if parts else "", is_in_part=True)


def _words(
    p: Placed, spoken: Spoken, translation: Translation | None, *, is_changed: bool
) -> OtherWords:
    if translation is None:
        state = TranslationState.CHANGED if is_changed else TranslationState.MISSING
    else:
        is_done = translation.is_reviewed
        state = TranslationState.REVIEWED if is_done else TranslationState.WAITING
    return OtherWords(
        p.quote,
        p.utterance.utterance_id,
        p.utterance.stakeholder_group,
        p.utterance.start_s,
        spoken,
        state,
        translation,
        _is_set_aside(p),
        bool(p.quote.translation) and p.member.read_sha256 == digest_of(p.quote.translation),
        None,
    )


def _is_set_aside(p: Placed) -> bool:
    return p.member.theme_id is None and p.member.aside is AsideReason.OTHER_LANGUAGE


def _original(
    tx: Connection, utterance_id: UtteranceId, original_sha256: str
) -> tuple[Utterance, str]:
    """A turn as others may read it, and the words of it that have this digest."""
    shared = talk.shared_turns(tx, [utterance_id])
    if not shared:
        raise NotAllowedNow(reason=NOT_SHARED)
    said = shared[0]
    for cut in passages_of(tx, [said.revision_id]):
        words = said.text[cut.start : cut.end]
        if cut.text_sha256 == original_sha256 == digest_of(words):
            return said, words
    raise NotAllowedNow(reason=CHANGED)


def _standing(
    tx: Connection, utterance_id: UtteranceId, original_sha256: str
) -> Translation | None:
    return translations.standing_of(tx, [utterance_id]).get(utterance_id, {}).get(original_sha256)


def _write_down(
    tx: Connection, by: Actor, what: str, utterance_id: UtteranceId, reason: str = ""
) -> None:
    audit.record(tx, by.name, f"translation {what}", "utterance", utterance_id, reason=reason)
