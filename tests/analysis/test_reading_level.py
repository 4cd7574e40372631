"""How hard a wording is to read, against published values and words counted by hand."""

import pytest

from analysis.reading_level import flesch_kincaid, grade, syllables
from services.reading_level import told

# Counted by hand with a dictionary beside, field's own words among them.
SYLLABLES = {
    1: "made use care nurse lives speech lost home asked called moved year said clear guess house",
    2: "people waited needed machines boxes wheelchair users tables nurses quiet create science "
    "being patient every clinic rely safely lovely device before slurring language question "
    "special social called-for trial research voices pieces started funded agreed",
    3: "insurance equipment area idea caregiver radio video physician family serious previous actual "
    "usual initial medical studying carrying diagnosed",
    4: "ventilator generating evaluate society variety continuous material reliable diagnosis "
    "neurologist experience",
    5: "recommendation communication association respiratory institutional tracheostomy",
    7: "multidisciplinary heterogeneity",
}
WORDS = [(word, n) for n, words in SYLLABLES.items() for word in words.split() if "-" not in word]
EASY = "Lend a chair within a week of the day it is asked for. Teach the mask at home."
HARD = (
    "Facilitate interoperability of respiratory equipment authorization procedures across "
    "participating institutional stakeholders."
)


@pytest.mark.parametrize(
    ("n_words", "n_sentences", "n_syllables", "published"),
    [
        # "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature", as
        # Wikipedia, "Flesch-Kincaid readability tests", works it out.
        (13, 1, 24, 11.3),
        # The corners of the formula by hand: 0.39 x 20 + 11.8 x 1.5 - 15.59.
        (100, 5, 150, 9.91),
        (1, 1, 1, -3.4),
    ],
)
def test_the_formula_gives_the_published_values(n_words, n_sentences, n_syllables, published):
    assert flesch_kincaid(n_words, n_sentences, n_syllables) == pytest.approx(published, abs=0.05)


def test_nineteen_of_twenty_words_are_counted_as_by_hand(record_property):
    wrong = [word for word, n in WORDS if syllables(word) != n]

    record_property("figure", f"{len(WORDS) - len(wrong)} of {len(WORDS)} words")
    assert len(wrong) / len(WORDS) <= 0.05


def test_easy_is_told_from_hard():
    assert grade(EASY) < 5 < 13 < grade(HARD)


@pytest.mark.parametrize("text", ["", "...", "Lend chairs.", "123 456 !?", "\ud800\x00"])
def test_of_a_few_words_no_grade_is_told(text):
    assert grade(text) is None


def test_a_grade_is_never_below_the_first_year():
    assert grade("We go to it. We do it. We see it. We do.") == 0


def test_the_order_of_sentences_does_not_change_the_grade():
    one, two = EASY.split(". ", 1)

    assert grade(f"{two} {one}.") == pytest.approx(grade(EASY))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        (EASY, "Reads like grade 1: easy for nearly everyone."),
        (HARD, "Reads like a text for college; shorter words and shorter sentences help everyone."),
        ("Lend.", ""),
        ("Prestar una silla de ruedas a cada persona en el plazo de una semana.", ""),
    ],
)
def test_one_sentence_tells_it_and_says_what_helps(text, begins):
    assert told(text) == begins
