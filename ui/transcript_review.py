"""What was understood of a transcript, before anything of it is stored. Start at `review`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from domain.access import Act
from domain.ids import AttendanceId
from domain.meetings import Attendance
from domain.people import StakeholderGroup
from domain.talk import ConsentUse
from services.speaker_names import SpeakerMatch
from services.transcripts import ConsentGiven, OnForm, Understanding
from ui import markup, page, session
from ui.markup import plain
from ui.tables import table
from ui.words import clock, count, people_say

N_FIRST_LINES = 6
SURE = "same name"
REVIEW_FIRST = "Review before others see them (recommended)"
RELEASE_NOW = "Release every line now"
NOBODY, ADD = "nobody", "add as "

CONSENT_SENTENCES = {
    ConsentUse.RECORDED: "People agreed to be recorded and transcribed.",
    ConsentUse.GROUPED: "People agreed that their words are grouped into shared themes.",
    ConsentUse.QUOTED: "People agreed to be quoted without their name.",
    ConsentUse.QUOTED_BY_NAME: "People agreed to be quoted with their name.",
    ConsentUse.KEPT: "People agreed that their words are kept after the programme.",
}


@dataclass(frozen=True)
class Decision:
    """What the facilitator answered: who spoke, whom to add first, and what was agreed to."""

    people: Mapping[str, AttendanceId | None]
    to_add: Mapping[str, StakeholderGroup]
    consent: ConsentGiven
    is_released: bool


def review(understood: Understanding, roster: Sequence[Attendance]) -> Decision | None:
    """Show what was understood and ask about the rest; the answers once they are given."""
    _in_numbers(understood)
    _odd(understood)
    _speakers(understood, roster)
    _first_lines(understood)
    if understood.notice:
        page.refused(understood.notice)
        return None
    with st.form("keep_transcript"):
        chosen = _who_is_who(understood, roster)
        consent, is_released = _agreed([match.label for match in understood.matches])
        is_kept = st.form_submit_button("Store this transcript", type="primary")
    if not is_kept:
        return None
    return Decision(
        {
            label: AttendanceId(answer) if answer != NOBODY and not answer.startswith(ADD) else None
            for label, answer in chosen.items()
        },
        {
            label: StakeholderGroup(answer.removeprefix(ADD))
            for label, answer in chosen.items()
            if answer.startswith(ADD)
        },
        consent,
        is_released,
    )


def _in_numbers(understood: Understanding) -> None:
    source = understood.source
    n_labels = len(understood.matches)
    spoken = sum(share.speaking_time_s or 0.0 for share in source.speakers)
    page.section(
        "What was understood",
        f"{source.file_name}, read as {source.format}. Nothing of it is stored yet.",
    )
    markup.numbers(
        [
            ("Speakers matched", str(understood.n_matched), f"of {n_labels}", "to the roster"),
            ("Turns", f"{len(source.turns):,}", "", f"from {len(source.cues):,} pieces"),
            (
                "Speaking time",
                clock(spoken) if spoken else "none told",
                "",
                "by the file's own times",
            ),
            ("Words", f"{sum(s.n_words for s in source.speakers):,}", "", "every one is kept"),
        ]
    )


def _odd(understood: Understanding) -> None:
    oddities = understood.source.oddities
    if not oddities:
        markup.sentence("Nothing in this file looks odd.")
        return
    page.section("Worth knowing", "What looked odd in the file; no words are lost by it.")
    markup.lines((oddity.sentence, f"First at {oddity.place}") for oddity in oddities)


def _speakers(understood: Understanding, roster: Sequence[Attendance]) -> None:
    by_id = {a.attendance_id: a for a in roster}
    whom = {m.label: by_id.get(m.attendance_id) for m in understood.matches if m.attendance_id}
    how = {m.label: m.how for m in understood.matches}
    with st.expander(f"Speakers: {people_say(understood.n_matched, len(how), noun='matched')}"):
        table(
            ("Name in the file", "On the roster", "Why", "Group", "Turns", "Time"),
            [
                (
                    share.label or "no name",
                    person.name if (person := whom.get(share.label or "")) else "nobody yet",
                    how.get(share.label or "", ""),
                    person.stakeholder_group.value if person else "",
                    share.n_turns,
                    clock(share.speaking_time_s),
                )
                for share in understood.source.speakers
            ],
        )


def _first_lines(understood: Understanding) -> None:
    first = understood.source.turns[:N_FIRST_LINES]
    with st.expander(f"The first {count(len(first), 'line')}, as they stand", expanded=True):
        table(
            ("At", "Who", "Words"),
            [(clock(turn.start_s), turn.speaker or "no name", turn.text) for turn in first],
        )


def _who_is_who(understood: Understanding, roster: Sequence[Attendance]) -> dict[str, str]:
    """The answer for every label; only those without the very same name are asked about."""
    chosen = {m.label: str(m.attendance_id or NOBODY) for m in understood.matches}
    unsure = [m for m in understood.matches if m.how != SURE]
    if not unsure:
        return chosen
    page.section(
        "Who is who",
        f"{count(len(unsure), 'name')} in the file not written as on the roster. Choose the "
        "person, add them, or keep the words without a person.",
    )
    names = {str(a.attendance_id): f"{a.name}, {a.stakeholder_group.value}" for a in roster}
    groups = {f"{ADD}{g.value}": f"Add to the roster as {g.value}" for g in StakeholderGroup}
    options = {NOBODY: "Keep the words without a person", **names, **groups}
    turns = {share.label: share.n_turns for share in understood.source.speakers}
    columns = st.columns(2)
    for place, match in enumerate(unsure):
        with columns[place % 2]:
            chosen[match.label] = _ask_about(match, turns.get(match.label, 0), options)
    return chosen


def _ask_about(match: SpeakerMatch, n_turns: int, options: Mapping[str, str]) -> str:
    keys = list(options)
    answer = st.selectbox(
        f"{plain(match.label)} ({count(n_turns, 'turn')}, {match.how})",
        keys,
        index=keys.index(str(match.attendance_id or NOBODY)),
        format_func=lambda key: options[key],
        key=f"who_{match.label}",
    )
    return str(answer)


def _agreed(labels: Sequence[str]) -> tuple[ConsentGiven, bool]:
    page.section(
        "What people agreed to",
        "Asked once for this transcript, and it holds for this transcript alone. What a person "
        "says on their own page goes before it. Names that are not on the roster are never shared.",
    )
    uses = frozenset(
        use
        for use, sentence in CONSENT_SENTENCES.items()
        if st.checkbox(sentence, key=f"consent_{use.name.lower()}")
    )
    written_where = st.text_input(
        "Where is that written?",
        key="consent_where",
        help="For example: consent forms, folder of the fall meeting. Or: announced at minute 2.",
    )
    return ConsentGiven(uses, written_where.strip(), _exceptions(labels)), _release()


def _exceptions(labels: Sequence[str]) -> dict[str, OnForm]:
    """Names whose form says less than those of the others; the narrower answer holds."""
    if not labels:
        return {}
    with st.expander("Did somebody agree to less?"):
        not_recorded = st.multiselect(
            "Did not agree to be recorded: their lines are not stored",
            labels,
            key="not_recorded",
            placeholder="Nobody",
        )
        grouped_only = st.multiselect(
            "May be counted in themes, but never quoted",
            labels,
            key="grouped_only",
            placeholder="Nobody",
        )
    return {
        **dict.fromkeys(grouped_only, OnForm.GROUPED_ONLY),
        **dict.fromkeys(not_recorded, OnForm.NOT_RECORDED),
    }


def _release() -> bool:
    """Whether all lines are released at once; only asked of people who may."""
    if not session.may(Act.RELEASE):
        markup.sentence("Nobody else sees the lines until a reviewer has released them.")
        return False
    chosen = st.radio(
        "Who sees the lines?",
        [REVIEW_FIRST, RELEASE_NOW],
        key="release_all",
        captions=[
            "You read what will be quoted; everything else goes out in two presses.",
            "I have read them, or they were public.",
        ],
    )
    return chosen == RELEASE_NOW
