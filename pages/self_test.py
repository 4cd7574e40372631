"""Self test: whether this installation gives back what was planted, now and in the past."""

import streamlit as st

from domain.self_test import SHARES, Finding, SelfTest
from services import self_test
from ui import job_progress, markup, page, session
from ui.tables import table
from ui.words import count, moment, sentence_case

WHAT = (
    (
        "Themes recovered",
        "Ten invented themes are said in turn, in random order. 1 is all of them as planted, 0 is "
        "no better than chance (adjusted Rand index; V-measure beside it).",
    ),
    (
        "Quotes found and exact",
        "For each recommendation the words that are found for it must speak of it. Every word that "
        "a screen or a file shows must stand in the file that came in, and changed words that are "
        "passed off as a quote must be refused.",
    ),
    (
        "Votes",
        "Twenty-six invented people answer on their own pages. No answer may change its sign or "
        "its recommendation, no count be wrong, and no answer of a few people be shown.",
    ),
    (
        "Where",
        "In a database of its own, which is removed afterwards; yours is not touched. Model, "
        "processor and settings are those of this installation. It takes under a minute.",
    ),
)


def shown(finding: Finding) -> tuple[str, str, str, str]:
    """A measure as a line of the table."""
    if finding.measure in SHARES:
        came, needed = f"{finding.value:.2f}", f"at least {finding.bound:.2f}"
    else:
        came, needed = f"{finding.value:.0f} of {finding.n:,}", "none"
    mark = "as it must be" if finding.is_met else "NOT as it must be"
    return sentence_case(finding.measure.value), came, needed, mark


def summary(done: SelfTest) -> str:
    """The finding, as a title."""
    if done.is_passed:
        return "Everything that was planted came out again"
    n_failed = sum(not finding.is_met for finding in done.findings)
    measures = count(n_failed, "measure is", "measures are")
    return f"Do not rely on this installation yet: {measures} not as they must be"


def installed(done: SelfTest) -> str:
    """What was tested, when."""
    return (
        f"{moment(done.tested_at)}: version {done.version}, model {done.model}, computed by "
        f"{done.path_name}, {done.seconds:.0f} seconds."
    )


def last(done: SelfTest) -> None:
    """The newest result, measure by measure."""
    page.section(summary(done), installed(done))
    if not done.is_passed:
        page.refused(
            "Was another model or setting put in place? Put the old one back and run this again. "
            "If it stays so, tell whoever looks after this program."
        )
    table(("What", "Came out", "Needed", "Result"), [shown(finding) for finding in done.findings])


def past(found: tuple[SelfTest, ...]) -> None:
    """Earlier results in a line each."""
    page.section("Earlier")
    table(
        ("When", "Result", "Themes", "Model", "Version"),
        [
            (
                moment(one.tested_at),
                "passed" if one.is_passed else "NOT passed",
                f"{one.findings[0].value:.2f}" if one.findings else "",
                f"{one.model}, {one.path_name}",
                one.version,
            )
            for one in found
        ],
    )


programme_id = session.open_programme_id()
now = self_test.under_way(programme_id)
is_asked = page.head(
    "Self test",
    "An invented meeting of which everything is known goes through this installation: do its "
    "themes, quotes and votes come out again?",
    eyebrow="This installation",
    action="" if now and now.finished_at is None else "Run the self test",
)
if is_asked:
    page.do("The self test runs.", self_test.request, programme_id)
    st.rerun()
is_running = job_progress.self_testing(programme_id)
results = self_test.history(programme_id)
if results:
    last(results[0])
elif not is_running:
    page.empty("Not tested yet", "Press Run the self test; it takes under a minute.")
if len(results) > 1:
    past(results[1:])
page.section("What is done")
markup.lines(WHAT)
