"""What people wrote is shown as it is and never comes alive."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.ids import RevisionId
from domain.people import StakeholderGroup
from domain.talk import Quote, verify_quote
from ui.bars import group_mix_html, votes_html
from ui.markup import plain, shortened
from ui.quotes import quote_html
from ui.tables import table_html

NASTY = '<script>alert("x")</script> **bold** [a](http://x) =cmd() שלום 🙂 $x$'


class Reader(HTMLParser):
    """Collects the words and the tags of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def quoted(text: str) -> Quote:
    return verify_quote(RevisionId("r"), text, 0, len(text), text)


def test_a_quote_is_drawn_verbatim():
    reader = Reader(quote_html(quoted(NASTY), StakeholderGroup.CURRENT_CAREGIVER, 3753))

    assert f"“{NASTY}”" in reader.words


def test_a_quote_says_who_and_when():
    reader = Reader(quote_html(quoted("yes"), StakeholderGroup.CURRENT_CAREGIVER, 3753))

    assert reader.words[-1] == "Current caregiver, at 1:02:33"


def test_a_quote_holds_no_tag_of_its_speaker():
    reader = Reader(quote_html(quoted(NASTY), None))

    assert reader.tags == ["blockquote", "p", "footer"]


@given(some.text(min_size=1))
def test_a_table_shows_every_text_as_it_is(text):
    reader = Reader(table_html(["Said"], [[text]]))

    assert "".join(reader.words).replace("\r", "\n") == f"Said{text}".replace("\r", "\n")
    assert "script" not in reader.tags


def test_a_table_has_a_heading_for_each_column():
    html = table_html(["Said", "Times"], [["yes", 3]])

    assert html.count('<th scope="col">') == 2


@pytest.mark.parametrize("mark", list("\\`*_{}[]()#+-!$~|<>:"))
def test_no_mark_of_markdown_stays_alive_in_a_label(mark):
    assert plain(f"a{mark}b") == f"a\\{mark}b"


def test_a_long_title_is_cut_between_words():
    assert shortened("one two three four", 9) == "one two…"


def test_votes_are_told_in_words_beside_their_bar():
    assert "7 agree, 2 pass, 0 disagree" in votes_html(7, 2, 0)


def test_a_group_without_anybody_is_not_drawn():
    html = group_mix_html({StakeholderGroup.CLINICIAN: 2, StakeholderGroup.INDUSTRY: 0})

    assert "Clinician 2" in html
    assert "Industry" not in html


CHANGES = "I told <him> que no podíamos esperar más and he left."


def test_words_that_change_language_say_so_where_they_do():
    drawn = quote_html(quoted(CHANGES), None)

    assert 'I told &lt;him&gt; <span lang="es">que no podíamos esperar más</span> and he' in drawn
    assert "".join(Reader(drawn).words[:-1]) == f"“{CHANGES}”"


def test_what_stands_out_across_a_change_of_language_stays_letter_for_letter():
    start = CHANGES.index("him")

    drawn = quote_html(quoted(CHANGES), None, marks=[(start, start + 12)])

    assert '<mark>him&gt; </mark><span lang="es"><mark>que no' in drawn
    assert "".join(Reader(drawn).words[:-1]) == f"“{CHANGES}”"


def test_a_short_answer_says_its_language_too():
    assert '<p dir="auto" lang="es">“Sí, gracias.”' in quote_html(quoted("Sí, gracias."), None)


def test_a_quote_wholly_in_another_language_says_so_once():
    drawn = quote_html(quoted("No tenemos una silla y no hay nadie."), None)

    assert drawn.count("lang=") == 1
    assert '<p dir="auto" lang="es">“No tenemos' in drawn
