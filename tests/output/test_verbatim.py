"""Whatever people write stands on every surface as they wrote it, and nothing comes of it."""

import os
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import httpx
import pytest
from playwright.sync_api import expect

from domain.errors import BadRows, NotAllowedNow
from services import initiatives, links, recommendations, theme_desk, themes, transcripts
from services.initiative_files import import_initiatives
from tests.output.conftest import Served, Watched
from tests.output.hostile_programme import CHALLENGE, FILE_NAME, VOTE
from tests.output.hostile_words import MARKUP, OURS, SCRIPTS, TEMPLATES, as_name
from ui.markup import plain, safe
from ui.theme_aside import N_ASIDE
from ui.theme_detail import N_QUOTES
from ui.words import clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
EVERY = 1 if os.environ.get("STRESS") else 12
JOINER = "\u2060"
TEXT_ROWS = 40
QUOTES = ".st-key-quotes_of_theme"

Watch = Callable[[], Watched]


def lines(text: str) -> str:
    """HTML has one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def label(text: str) -> str:
    """How a text stands in a label: blanks are one, as in every button."""
    return " ".join(text.split())


def shown_labels(found: list[str]) -> list[str]:
    """Labels without the joiner that keeps "->" from becoming an arrow; it draws nothing."""
    return [text.replace(JOINER, "").strip() for text in found]


def here(served: Served) -> dict[str, str]:
    planted = served.planted
    return {"programme": planted.programme_id, "meeting": planted.meeting_id}


def test_recommendations_stand_as_written(watch: Watch, served: Served, record_property):
    """O1, O2, O6: Every string as a recommendation, in the list, letter by letter."""
    seen = watch()

    seen.open("/recommendations", **here(served))

    written = [lines(f"{n}. {t}") for n, t in enumerate(served.planted.recommended, start=1)]
    assert seen.texts(".rt-card p[dir=auto]") == written
    record_property("figure", f"{len(written)} of {len(written)} strings as recommendation")
    assert seen.happened == []


def test_quotes_stand_as_said(watch: Watch, served: Served, record_property):
    """O1, O2, O6: Every string as a statement, among the quotes of its theme and set aside."""
    seen = watch()
    drawn: Counter[str] = Counter()
    report = themes.theme_report(served.planted.meeting_id)
    assert report is not None
    for theme in report.themes:
        seen.open("/themes", **here(served), theme=theme.theme_id)
        told = themes.theme_quotes(served.planted.meeting_id, theme.theme_id, 1000)
        if len(told) > N_QUOTES:
            seen.page.get_by_text(f"Show all {len(told)} quotes").click()
        quotes = seen.page.locator(f"{QUOTES} blockquote p")
        expect(quotes).to_have_count(len(told), timeout=30_000)
        assert seen.texts(f"{QUOTES} blockquote p") == [f"“{lines(q.quote.text)}”" for q in told]
        assert label(theme.name) in shown_labels(seen.texts("h2"))
        drawn.update(q.quote.text for q in told)
    seen.open("/themes?view=Set+aside", **here(served))
    desk = theme_desk.open_themes(served.planted.meeting_id)
    assert desk is not None
    aside = [q.quote.text for part in desk.aside for q in part.quotes[:N_ASIDE]]
    assert seen.texts("blockquote p") == [f"“{lines(text)}”" for text in aside]

    drawn.update(aside)
    record_property("figure", f"{len(drawn)} different strings as quote")
    assert len(drawn) > len(OURS) // 2
    assert seen.happened == []


def test_evidence_and_wordings_stand_as_said(watch: Watch, served: Served):
    """O1, O2: The quotes behind a recommendation, its text large, and its earlier wordings."""
    seen = watch()
    first = recommendations.recommendations(served.planted.meeting_id)[0]

    seen.open(
        "/recommendations", **here(served), recommendation=first.recommendation.recommendation_id
    )

    said = [f"“{lines(e.quote.text)}”" for e in first.evidence]
    assert sorted(seen.texts("blockquote p")) == sorted(said)
    assert len(said) > len(OURS) // 2
    assert seen.texts("p.rt-large-text") == [lines(first.recommendation.text)]
    assert seen.happened == []


def test_names_stand_as_written(watch: Watch, served: Served, record_property):
    """O1, O6: Every string as a person's name, interests and access needs."""
    seen = watch()

    seen.open("/import", **here(served))
    seen.page.get_by_text("Who is on the roster").first.click()
    seen.page.wait_for_selector("table.rt-table", timeout=30_000)

    names = {name: name for name in served.planted.names}
    table = seen.page.locator("table.rt-table").first
    rows = table.locator("tbody tr").evaluate_all(
        "all => all.map(row => [...row.children].map(cell => cell.textContent))"
    )
    assert {row[0]: (row[2], row[3]) for row in rows} == {n: (n, n) for n in names}
    record_property("figure", f"{len(names)} of {len(names)} strings as a person's name")
    assert seen.happened == []


def test_a_file_and_its_speakers_stand_as_they_are_called(watch: Watch, served: Served):
    """O1, U3: A hostile file name, and hostile speakers, in what was understood of an upload."""
    seen = watch()
    seen.open("/import?step=Transcript", **here(served))
    rows = [f"New {as_name(s)}" for s in OURS if len(s) < 100][:TEXT_ROWS]
    quoted = (t.replace('"', '""') for t in rows)
    data = "speaker,text\n" + "\n".join(f'"{t}","{t}"' for t in quoted)
    file = {"name": FILE_NAME, "mimeType": "text/csv", "buffer": data.encode()}

    seen.page.locator(".st-key-transcript_file input[type=file]").set_input_files([file])  # type: ignore[list-item]

    understood = seen.page.get_by_text("Nothing of it is stored yet")
    expect(understood).to_be_visible(timeout=60_000)
    assert understood.inner_text() == f"{FILE_NAME}, read as csv. Nothing of it is stored yet."
    asked = seen.page.locator("[data-testid=stSelectbox] [data-testid=stWidgetLabel]")
    expect(asked.filter(has_text="turn,")).to_have_count(len(rows), timeout=60_000)
    labels = shown_labels(asked.filter(has_text="turn,").all_text_contents())
    assert sorted(text.rpartition(" (")[0] for text in labels) == sorted(rows)
    assert seen.happened == []


def test_a_roster_file_stands_as_it_is_called(watch: Watch, served: Served):
    """O1, U3: A hostile file name in the label of what was found in it."""
    seen = watch()
    seen.open("/import?step=People", **here(served))
    file = {"name": FILE_NAME, "mimeType": "text/csv", "buffer": b"name,group\nNew One,clinician\n"}

    seen.page.locator(".st-key-roster_file input[type=file]").set_input_files([file])  # type: ignore[list-item]

    found = seen.page.locator("summary").filter(has_text="1 person in")
    expect(found).to_be_visible(timeout=30_000)
    assert shown_labels(found.all_text_contents())[0].endswith(f"1 person in {FILE_NAME}")
    assert seen.happened == []


def test_titles_and_owners_stand_as_written(watch: Watch, served: Served, record_property):
    """O1, O2, O6: Every string as an initiative's title, as a link's label and as a cell."""
    seen = watch()
    titles = sorted(label(title) for title in served.planted.titles)

    seen.open("/initiatives", **here(served))
    cards = seen.texts('[class*="st-key-card_"] [data-testid=stPageLink]')
    assert sorted(shown_labels(cards)) == titles
    seen.open("/initiatives?show=table", **here(served))
    cells = seen.texts("table.rt-table tbody td:first-child")
    assert sorted(cells) == sorted(lines(title) for title in served.planted.titles)

    record_property("figure", f"{len(titles)} of {len(titles)} strings as an initiative's title")
    assert seen.happened == []


def test_one_initiative_stands_as_written(watch: Watch, served: Served, record_property):
    """O1, O2: Every string as milestone, deliverable, label of a link; a measure's parts."""
    seen = watch()
    view = initiatives.the_initiative(served.planted.programme_id, served.planted.initiative_id)

    seen.open("/initiative", **here(served), initiative=served.planted.initiative_id)

    made = view.initiative.deliverables
    assert seen.texts("h1") == [lines(view.initiative.title)]
    labels = shown_labels(seen.texts('[class*="st-key-deliverable_"] a'))
    assert sorted(labels) == sorted(shown_labels([label(f"Open: {d.title}") for d in made]))
    due = seen.page.locator("ul.rt-lines > li").evaluate_all(
        "all => all.map(line => line.firstChild.textContent)"
    )
    assert sorted(due) == sorted(lines(m.title) for m in view.initiative.milestones)
    hrefs = seen.page.locator("a[href]").evaluate_all("all => all.map(one => one.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:"}
    record_property("figure", f"{len(made)} of {len(made)} strings as a link's label")
    assert seen.happened == []


def test_vote_overview_and_start_stand_as_written(watch: Watch, served: Served):
    """O1: A vote's name and what it asked, a meeting's challenge, a programme's name."""
    seen = watch()
    place = {"programme": served.planted.programme_id, "meeting": served.planted.vote_meeting_id}

    seen.open("/ballots", **place, ballot=served.planted.ballot_id)
    told = seen.texts("table.rt-table tbody td:nth-child(2)")
    assert seen.texts("h1") == [VOTE]
    assert {lines(text.strip()) for text in OURS} <= set(told)
    seen.open("/meeting", **here(served))
    assert seen.texts("h1") == [CHALLENGE]
    seen.open("/meetings", **here(served))
    assert CHALLENGE in seen.texts(".rt-card h2")
    for path in ("/", "/overview", "/meeting?replay=1", "/live-notes", "/review", "/people"):
        seen.open(path, **here(served))
        assert seen.page.title().endswith(", ALS Roundtable")

    assert seen.happened == []


def test_charts_draw_words_and_run_none(watch: Watch, served: Served):
    """O1: Labels and tooltips of charts are words."""
    seen = watch()
    report = themes.theme_report(served.planted.meeting_id)
    assert report is not None
    assert any("<" in theme.name for theme in report.themes)

    seen.open("/themes?view=Map", **here(served))
    seen.page.wait_for_selector("svg text", timeout=30_000)
    drawn = {label(text) for text in seen.texts("svg text")}
    assert {label(theme.name) for theme in report.themes} <= drawn
    point = seen.page.locator("svg path[aria-roledescription=circle]").first
    point.hover(force=True)
    tip = seen.page.locator("#vg-tooltip-element")
    expect(tip).to_be_visible(timeout=10_000)
    assert tip.locator("script, img, iframe, b, i, a, svg").count() == 0
    seen.open("/themes?view=Sizes", **here(served))
    seen.page.wait_for_selector("svg text", timeout=30_000)
    assert {label(theme.name) for theme in report.themes} <= {
        label(t) for t in seen.texts("svg text")
    }

    assert seen.happened == []


class Words(HTMLParser):
    """The words of a page, and the tags it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_participants_pages_show_names_and_words_as_they_are(served: Served, record_property):
    """O1, O2, O6: Everybody's own page with their name, their words, and what happened."""
    people = links.secrets_for(served.planted.meeting_id)
    said = {u.attendance_id: u.text for u in transcripts.utterances(served.planted.meeting_id)}
    with httpx.Client(base_url=served.address, follow_redirects=True) as browser:
        for attendance, secret in people[::EVERY]:
            home = browser.get(f"/p/j/{secret}")
            assert home.status_code == 200
            _must_show(home.text, attendance.name)
            root = str(home.url).removesuffix("/").removesuffix("/consent")
            words = browser.get(f"{root}/words")
            if attendance.attendance_id in said and words.status_code == 200:
                _must_show(words.text, said[attendance.attendance_id])
            browser.cookies.clear()
    record_property("figure", f"{len(people[::EVERY])} people's pages")


def _must_show(html: str, text: str) -> None:
    page = Words(html)
    assert not {"script", "img", "iframe", "svg", "b", "i"} & page.tags.keys()
    assert label(text) in label("".join(page.words))


def test_participants_pages_stay_quiet_in_a_browser(watch: Watch, served: Served):
    """O1: What happened, one's own words and the vote open without a dialog or a request."""
    seen = watch()
    secret = next(iter(served.planted.secrets.values()))
    seen.page.goto(f"{served.address}/p/j/{secret}")
    root = seen.page.url.rstrip("/").removesuffix("/consent")
    for place in ("/", "/happened", "/words", f"/v/{served.planted.ballot_id}/done", "/help"):
        seen.page.goto(root + place)
        assert "49" not in seen.page.title()

    assert seen.happened == []


LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//example.org",
    "blob:https://example.org/1",
    "https:example.org",
)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_could_run_or_lead_astray_is_refused_on_entry(link: str, app_runtime):
    """O1: Only http and https are taken as a link, by form and by file."""
    from services import programmes

    programme_id = programmes.start_ours()
    table = "key,title,kind,link\na,Shelf,tool," + '"' + link.replace('"', '""') + '"\n'

    with pytest.raises(NotAllowedNow, match="http"):
        initiatives.check_link(link)
    with pytest.raises(BadRows, match="http"):
        import_initiatives(programme_id, {"initiatives.csv": table.encode()})


@pytest.mark.parametrize("text", [*SCRIPTS, *MARKUP, *TEMPLATES])
def test_a_text_is_escaped_once_and_a_label_loses_no_letter(text: str):
    """O2, O6: Taking the guard off gives the text back."""
    import html

    assert html.unescape(safe(text)) == text
    bare = plain(text).replace(JOINER, "")
    assert label(text) == "".join(
        c for n, c in enumerate(bare) if not (c == "\\" and not _is_escaped(bare, n))
    )


def _is_escaped(text: str, at: int) -> bool:
    n_before = len(text[:at]) - len(text[:at].rstrip("\\"))
    return n_before % 2 == 1


def test_a_time_is_never_taken_from_words():
    """O6: What stands beside a quote is ours."""
    assert clock(3753) == "1:02:33"
