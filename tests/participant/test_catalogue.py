"""Every sentence of the participants' pages is marked, translated and whole in each language."""

import re

import pytest

from participant import catalogue, languages
from participant.catalogue import gather
from participant.languages import ENGLISH, LANGUAGES, po_file
from participant.responses import FOLDER

CODES = sorted(LANGUAGES.keys() - {ENGLISH.code})
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")
# An address and an attribute that a template hands on are no words.
HANDED_ON = r"\{% block (?:action|title_language) %\}.*?\{% endblock %\}|"
JINJA = re.compile(HANDED_ON + r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
WORDED = re.compile(r"\b(?:aria-label|title|placeholder|alt)=\"[^\"]*[A-Za-zÀ-ÿ]{2}")
# The style's name in `rel`, sizes in the viewport and the like stand in attributes, never in text.
TEXT = re.compile(r"[^\W\d_]{2,}")


def by_hand(code):
    return catalogue._read(po_file(code), code)


def strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_lacks_its_translation(code, record_property):
    kept = by_hand(code)
    wanted = [message.id for message in gather() if message.id]

    missing = [words for words in wanted if words not in kept or not all(strings(kept[words]))]

    record_property("figure", f"{len(wanted)} sentences, {len(missing)} without {code}")
    assert missing == []


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_of_a_sentence_that_is_gone_or_only_guessed(code):
    wanted = {message.id for message in gather()}

    assert [m.id for m in by_hand(code) if m.id not in wanted or m.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_places_of_its_sentence(code):
    wrong = []

    for message in by_hand(code):
        one = message.id if isinstance(message.id, str) else message.id[0]
        for told in strings(message):
            if message.id and sorted(PLACES.findall(one)) != sorted(PLACES.findall(told)):
                wrong.append((one, told))

    assert wrong == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_words_that_are_not_marked(template):
    bare = JINJA.sub("", template.read_text("utf-8"))

    assert TEXT.findall(re.sub(r"<[^>]*>", " ", bare)) == []
    assert WORDED.findall(bare) == []


def test_the_check_of_templates_sees_words_that_are_not_marked():
    bare = JINJA.sub("", '<p aria-label="Next page">{{ _("Yes") }} Hello {{ n }}</p>')

    assert TEXT.findall(re.sub(r"<[^>]*>", " ", bare)) == ["Hello"]
    assert WORDED.findall(bare)


@pytest.mark.parametrize("code", CODES)
def test_gathering_loses_no_translation_and_gathering_again_changes_nothing(
    code, tmp_path, monkeypatch
):
    told = {message.id: message.string for message in by_hand(code)}
    before = po_file(code).read_bytes()
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    po_file(code).parent.mkdir(parents=True)
    po_file(code).write_bytes(before)

    catalogue.write(code)
    once = po_file(code).read_bytes()
    kept = {message.id: message.string for message in by_hand(code)}
    catalogue.write(code)

    assert {i: s for i, s in kept.items() if i} == {i: s for i, s in told.items() if i}
    assert po_file(code).read_bytes() == once
