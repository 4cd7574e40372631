import re
from datetime import date

from reports.document import Count, Document, Quoted, Run, Section, Table, write_html

DAY = date(2026, 11, 27)


def page(*sections: Section, title: str = "Getting equipment in time", note: str = "") -> str:
    return write_html(Document(title, "Fall 2024", "Two themes.", sections, DAY, note)).decode()


def test_words_are_words_and_no_part_of_the_page():
    hostile = "<script>alert(1)</script> & {{ 7*7 }} <img src=//x>"
    quoted = Quoted((Run(hostile),), hostile, hostile)

    told = page(
        Section(hostile, hostile, (Count(hostile, 1),), (hostile,), (quoted,)),
        Section("T", table=Table((hostile,), ((hostile,),))),
        title=hostile,
        note=hostile,
    )

    assert "<script" not in told
    assert "<img" not in told
    assert "49" not in told
    assert told.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 10


def test_nothing_in_it_names_another_place():
    told = page(Section("Words", lines=("See https://example.org for more.",)))

    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", told)
    assert not re.search(r"url\(|@import|<(?:link|script|iframe|img|object)\b", told)
    assert "default-src 'none'" in told


def test_headings_go_down_one_level_at_a_time():
    told = page(Section("A", parts=(Section("B", parts=(Section("C"),)), Section("D"))))

    levels = [int(level) for level in re.findall(r"<h(\d)", told)]

    assert levels == [1, 2, 3, 4, 3]


def test_words_in_another_language_say_which():
    runs = (Run("He said: "), Run("no puedo más", "es"), Run("."))

    told = page(Section("A", quotes=(Quoted(runs, "Current caregiver", "I cannot go on"),)))

    assert '<span lang="es">no puedo más</span>' in told
    assert "<strong>Translation, reviewed by the team:</strong>" in told
    assert '<span lang="en">I cannot go on</span>' in told


def test_a_bar_is_never_longer_than_its_place():
    assert Count("launched", 7, 5).share == 1
    assert Count("launched", 1, 4).share == 0.25
    assert Count("launched", 0, 0).share == 1


def test_the_same_document_gives_the_same_bytes():
    assert page(Section("A", "b")) == page(Section("A", "b"))
