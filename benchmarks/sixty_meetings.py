"""How soon a screen opens when sixty meetings of three hours are stored. Start at `measure`.

Thirty years of two roundtables a year: real turns (QMSum, train) go in as transcripts through the
usual door, and each meeting's themes are found. Every screen is then opened over the websocket, as
a browser would, of an app that has just started, and again: from the message that asks for it to
the last one that draws it. Without ROUNDTABLE_REAL_DATA the words are those of the sample.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle
from statistics import median

from benchmarks._served import Served, use_folder
from benchmarks.frame import Claim, at_most, main
from benchmarks.main_job import DURATION_S, N_TURNS, PAUSE_S, WORDS_A_SECOND, _clock, _turns
from domain.ids import MeetingId, ProgrammeId
from tests.screens_by_socket import Screens, screens

N_MEETINGS, N_WARM = 60, 5
FIRST_YEAR = 1996
COLD_S, WARM_S = 3.0, 1.0
SCREENS = {
    "themes of a meeting": "themes",
    "a meeting at a glance": "meeting",
    "themes over the years": "theme-years",
    "overview": "overview",
    "recommendations": "recommendations",
    "meetings": "meetings",
    "initiatives": "initiatives",
    "search": "search",
}


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """Store them, start the app, and open each screen first and again."""
    with tempfile.TemporaryDirectory() as folder:
        use_folder(folder)
        begun = time.perf_counter()
        programme_id, stored, n_turns = _hold_all()
        stored_s = time.perf_counter() - begun
        where = f"programme={programme_id}&meeting={stored[-1]}"
        others = [f"programme={programme_id}&meeting={one}" for one in stored[-1 - N_WARM : -1]]
        with Served(folder) as address, screens(address) as screen:
            timed = {
                name: (_open(screen, page, where), [_open(screen, page, q) for q in others])
                for name, page in SCREENS.items()
            }
            again = _open(screen, SCREENS["themes of a meeting"], where)
    size = f"{len(stored)} meetings, {n_turns:,} turns"
    claims = [Claim(f"stored and grouped: {size}", round(stored_s, 1), "s", "told", True)]
    for name, (first, then) in timed.items():
        claims.append(at_most(f"{name}, opened first", first, COLD_S, "s"))
        claims.append(at_most("— of other meetings, median", median(then), WARM_S, "s"))
    return [*claims, at_most("themes of the first meeting, once more", again, WARM_S, "s")]


def _open(screen: Screens, page: str, query: str) -> float:
    begun = time.perf_counter()
    shown = screen.open(page, query)
    took = time.perf_counter() - begun
    if shown.not_found or '"exception"' in shown.text or "exception {" in shown.text:
        raise SystemExit(f"The screen {page!r} did not open: {shown.text[-500:]}")
    return took


def _hold_all() -> tuple[ProgrammeId, list[MeetingId], int]:
    from services import programmes, upkeep
    from services.access import COMMAND_LINE, acting_as
    from services.theme_finding import find_themes_of_meeting

    with acting_as(COMMAND_LINE):
        upkeep.bring_up_to_date()
        programme_id = programmes.start_ours()
        turns, stored, n_all = cycle(_turns()), [], 0
        for number in range(N_MEETINGS):
            meeting_id, n_turns = _hold(programme_id, number, turns)
            find_themes_of_meeting(meeting_id)
            stored.append(meeting_id)
            n_all += n_turns
            if number % 10 == 9:
                print(f"{number + 1} meetings stored", file=sys.stderr, flush=True)
    return programme_id, stored, n_all


def _hold(
    programme_id: ProgrammeId, number: int, turns: Iterator[tuple[str, str]]
) -> tuple[MeetingId, int]:
    """One meeting of three hours, everything said in it agreed to and released."""
    from domain.meetings import MeetingFormat, Pillar, Season
    from domain.people import StakeholderGroup
    from domain.talk import ConsentUse
    from services import meetings, transcripts

    is_fall = bool(number % 2)
    meeting_id = meetings.create_meeting(
        programme_id,
        season=Season.FALL if is_fall else Season.SPRING,
        held_on=date(FIRST_YEAR + number // 2, 10 if is_fall else 4, 7),
        challenge=f"What was asked in meeting {number + 1}",
        pillar=Pillar.CARE,
        format=MeetingFormat.ONLINE,
    )
    understood = transcripts.understand(meeting_id, "long.vtt", _transcript(turns).encode())
    groups = list(StakeholderGroup)
    labels = {m.label: groups[n % len(groups)] for n, m in enumerate(understood.matches)}
    agreed = transcripts.ConsentGiven(frozenset(ConsentUse), "benchmark")
    transcripts.store_transcript(
        meeting_id, understood, {}, agreed, is_released=True, to_add=labels
    )
    return meeting_id, len(understood.source.turns)


def _transcript(turns: Iterator[tuple[str, str]]) -> str:
    """The next turns as a file, until both marks of a long meeting are passed."""
    cues: list[str] = []
    spoken_s = 0.0
    while len(cues) < N_TURNS or spoken_s < DURATION_S:
        speaker, words = next(turns)
        begun, spoken_s = spoken_s, spoken_s + len(words.split()) / WORDS_A_SECOND + PAUSE_S
        cues.append(f"{_clock(begun)} --> {_clock(spoken_s - PAUSE_S)}\n{speaker}: {words}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


if __name__ == "__main__":
    main("sixty_meetings", measure)
