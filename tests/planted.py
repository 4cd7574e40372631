"""Somebody whose every field holds a word that stands nowhere else. Start at `plant`."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from domain.ids import AttendanceId, BallotId, MeetingId, ProgrammeId, RecommendationId, UtteranceId
from domain.people import StakeholderGroup as Group
from domain.talk import ConsentUse, RevisionKind, Zone, digest_of, locate_quote
from domain.votes import Answer
from services import (
    ballots,
    links,
    live,
    meetings,
    programmes,
    proxies,
    recommendations,
    statement_desk,
    transcripts,
    translations,
    voting,
    written_contributions,
)
from services.passages import passages_of_meeting
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import consent, jobs, talk
from store.reach import person_of
from store.tables import family_contact, held_back, suggested_hide, text_revision, utterance_wish
from tests.made_statement import write_statement
from tests.pages.staged import empty_meeting

OTHERS = {"Bo Lind": Group.CURRENT_CAREGIVER, "Cy Marsh": Group.CLINICIAN}
ALPHABET = "bcdfghjklmnpqrstvwxz"


@dataclass
class Planted:
    """The person, what hangs on them, and every marker by where it was put."""

    programme_id: ProgrammeId
    meeting_id: MeetingId
    markers: dict[str, str] = field(default_factory=dict)
    spoken: list[UtteranceId] = field(default_factory=list)
    attendance_id: AttendanceId = field(init=False)
    secret: str = field(init=False)
    closed_ballot: BallotId = field(init=False)
    open_ballot: BallotId = field(init=False)
    published: RecommendationId = field(init=False)

    def mark(self, where: str) -> str:
        """A word of twelve letters that stands nowhere else."""
        digest = hashlib.sha256(where.encode()).digest()
        letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:9])
        self.markers[where] = f"zqy{letters}"
        assert len(set(self.markers.values())) == len(self.markers)
        return self.markers[where]


def plant(programme_id: ProgrammeId | None = None) -> Planted:
    """A meeting with three people; everything of the first is marked."""
    programme_id = programme_id or programmes.start_ours()
    made = Planted(programme_id, empty_meeting(programme_id))
    name = f"{made.mark('first name').capitalize()} {made.mark('last name').capitalize()}"
    made.attendance_id = meetings.add_person(
        made.meeting_id,
        name,
        Group.PERSON_LIVING_WITH_ALS,
        interests=f"Shares in {made.mark('interests')}",
        access_needs=f"Reads {made.mark('access needs')} print",
    )
    for other, group in OTHERS.items():
        meetings.add_person(made.meeting_id, other, group)
    _talk(made, name)
    _revise(made)
    _agree(made)
    _write_and_paste(made, name)
    _recommend(made)
    _vote(made)
    _answer_for_each_other(made, name)
    _look_closer(made)
    _write_statements(made)
    _translate(made)
    find_themes_of_meeting(made.meeting_id)
    find_themes_of_meeting(made.meeting_id, Zone.RESTRICTED)
    return made


def _talk(made: Planted, name: str) -> None:
    label = f"{made.mark('label')} {name.split()[0]}"
    breathing, ramp = made.mark("theme word"), made.mark("second theme word")
    told = [made.mark(f"spoken {n}") for n in range(12)]
    lines = []
    for n, word in enumerate(told):
        lines.append((label, f"The {breathing} mask leaks and the {breathing} strap {word} slips."))
        lines.append((label, f"Our {ramp} ramp was refused, the {ramp} ramp came late, {word}{n}."))
        lines.append(("Bo Lind", f"The night alarm wakes the whole house, the alarm number {n}."))
        lines.append(("Cy Marsh", f"Insurance letters about the night alarm take {n} months."))
    cues = "\n\n".join(
        f"{n}\n00:{n // 6:02}:{n % 6 * 10:02}.000 --> 00:{n // 6:02}:{n % 6 * 10 + 9:02}.000\n"
        f"{who}: {words}"
        for n, (who, words) in enumerate(lines)
    )
    file_name = f"talk with {name} {made.mark('file name')}.vtt"
    understood = transcripts.understand(made.meeting_id, file_name, f"WEBVTT\n\n{cues}".encode())
    people = {m.label: m.attendance_id for m in understood.matches} | {label: made.attendance_id}
    agreed = ConsentGiven(frozenset(ConsentUse), "signed forms")
    transcripts.store_transcript(made.meeting_id, understood, people, agreed, is_released=True)
    with runtime().store.read() as tx:
        said = talk.utterances_of(tx, made.meeting_id, Zone.RESTRICTED)
    made.spoken = [u.utterance_id for u in said if u.attendance_id == made.attendance_id]


def _agree(made: Planted) -> None:
    with runtime().store.write() as tx:
        consent.add_consent(
            tx,
            made.meeting_id,
            dict.fromkeys(ConsentUse, True),
            written_where=f"a letter from {made.mark('consent')}",
            recorded_by="f",
            attendance_id=made.attendance_id,
        )


def _revise(made: Planted) -> None:
    """Earlier wordings that nobody is shown any more."""
    first, second = made.spoken[:2]
    with runtime().store.write() as tx:
        for utterance_id, where in ((first, "corrected"), (second, "corrected too")):
            words = f"The strap by {made.mark(where)} slips at night and nobody comes."
            talk.add_revision(tx, utterance_id, RevisionKind.CORRECTED, words, author="r")
        shown = f"The strap by [place] slips {made.mark('released')} at night and nobody comes."
        talk.add_revision(tx, first, RevisionKind.RELEASED, shown, author="r")


def _write_and_paste(made: Planted, name: str) -> None:
    written = f"I ask for {made.mark('written')} hours of care at night, every night of the week."
    spanish = f"Mi {made.mark('Spanish')} no puede hablar y nadie nos ha explicado qué hacer."
    both = [(made.attendance_id, one) for one in (written, spanish)]
    written_contributions.add_written(made.meeting_id, both, author="f")
    pasted = f"{name}: Please lend {made.mark('live line')} chairs to families before they ask."
    live.paste(made.meeting_id, pasted, author="scribe")
    with runtime().store.write() as tx:
        said = talk.utterances_of(tx, made.meeting_id, Zone.RESTRICTED)
        talk.release_all(tx, [u.utterance_id for u in said], author="f")


def _translate(made: Planted) -> None:
    """What they wrote in Spanish, and three wordings of its translation."""
    cut = passages_of_meeting(made.meeting_id, Zone.SHARED)
    one = next(p for p in cut if made.markers["Spanish"] in p.quote.text)
    turn, sha256 = one.utterance.utterance_id, digest_of(one.quote.text)
    said = "mother cannot use the phone, and nobody told us what to do."
    first = f"My {made.mark('first translation')} {said}"
    seen = translations.write(turn, sha256, first, seen=None)
    gone = f"My {made.mark('translation taken back')} {said}"
    translations.take_back(translations.write(turn, sha256, gone, seen=seen))
    now = f"My {made.mark('translation')} {said}"
    translations.review(translations.write(turn, sha256, now, seen=seen))


def _write_statements(made: Planted) -> None:
    """What stands on their own page: a draft, and one that was sent back with a reason."""
    write_statement(made.secret, f"I wish for {made.mark('draft')} at night.", is_sent=False)
    sent = write_statement(made.secret, f"Lend {made.mark('statement')} early.")
    why = f"Say what {made.mark('reason of a statement')} is."
    statement_desk.send_back(sent, why, author="r")


def _look_closer(made: Planted) -> None:
    """What reviewers, the machine and the family left beside the words."""
    now, third = datetime.now(UTC), made.spoken[2]
    with runtime().store.write() as tx:
        revision_id = (
            tx.execute(
                select(text_revision.c.revision_id).where(text_revision.c.utterance_id == third)
            )
            .scalars()
            .first()
        )
        tx.execute(
            insert(suggested_hide).values(
                revision_id=revision_id,
                start=0,
                end=3,
                kind="name",
                why=f"sounds like {made.mark('suggested hide')}",
                sureness=0.5,
            )
        )
        tx.execute(
            insert(held_back).values(
                utterance_id=third, held_at=now, held_by="r", reason=made.mark("held back")
            )
        )
        tx.execute(
            insert(utterance_wish).values(
                utterance_id=third, wish="private", made_by="person", made_at=now
            )
        )
        person_id = person_of(tx, made.attendance_id)
        tx.execute(
            insert(family_contact).values(
                family_contact_id="familycontac",
                person_id=person_id,
                attendance_id=made.attendance_id,
                name=f"Sister {made.mark('family contact')}",
                wish=f"Wrote on {made.mark('wish')}",
                link_hash="0" * 64,
                recorded_at=now,
                recorded_by="f",
            )
        )
        job_id = jobs.add_job(tx, "themes", made.meeting_id)
        jobs.finish(tx, job_id, jobs.JobState.FAILED, f"stopped at {made.mark('job message')}")


def _recommend(made: Planted) -> None:
    shared = {u.utterance_id: u for u in transcripts.utterances(made.meeting_id)}
    pasted = next(u for u in shared.values() if made.markers["live line"] in u.text)
    live.propose(pasted.utterance_id, author="scribe")  # a draft that is a copy
    made.published = recommendations.write(
        made.meeting_id, "Fit every mask at home within a week.", author="f"
    )
    others = recommendations.write(made.meeting_id, "Answer letters in a month.", author="f")
    for recommendation_id, utterance_id in ((made.published, 4), (others, 5)):
        said = shared[made.spoken[utterance_id]]
        quote = locate_quote(said.revision_id, said.text, said.text[:40])
        recommendations.attach(recommendation_id, quote, author="f")
    said = shared[made.spoken[6]]
    reworded = recommendations.write(made.meeting_id, said.text, author="f")
    recommendations.revise(reworded, "Lend masks.", author="f")
    stretch = f"The table asks: {shared[made.spoken[7]].text} This year."
    recommendations.write(made.meeting_id, stretch, author="f")


def _vote(made: Planted) -> None:
    secrets = {a.attendance_id: secret for a, secret in links.secrets_for(made.meeting_id)}
    made.secret = secrets[made.attendance_id]
    made.closed_ballot = ballots.open_ballot(made.meeting_id, [made.published], "First")
    for secret in secrets.values():
        voting.lay_answer(secret, made.closed_ballot, made.published, Answer.AGREE)
    ballots.close_ballot(made.closed_ballot)
    made.open_ballot = ballots.open_ballot(made.meeting_id, [made.published], "Second")
    for secret in secrets.values():
        voting.lay_answer(secret, made.open_ballot, made.published, Answer.DISAGREE)


def _answer_for_each_other(made: Planted, name: str) -> None:
    """They have a proxy, are one, and saw how somebody agreed to a third."""
    bo, cy = (a.attendance_id for a in meetings.roster(made.meeting_id) if a.name in OTHERS)
    proxies.write_down(made.attendance_id, made.mark("proxy"), f"by {made.mark('how agreed')}")
    proxies.write_down(bo, name, "in an e-mail")
    proxies.write_down(cy, "Dee Moss", f"by the eyes; {name.split()[0]} saw it")


@dataclass(frozen=True)
class Searched:
    """How many bytes were read, and where which marker was found."""

    n_bytes: int
    hits: tuple[tuple[str, str], ...]


def search(folder: Path, made: Planted, *more: bytes) -> Searched:
    """Look for every marker in every file of a folder, in three encodings and any case."""
    bodies = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    bodies |= {f"answer {n}": body for n, body in enumerate(more)}
    hits = [
        (name, where)
        for name, body in bodies.items()
        for where, marker in made.markers.items()
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
        if marker.encode(encoding) in body.lower()
    ]
    return Searched(sum(len(body) for body in bodies.values()), tuple(sorted(set(hits))))
