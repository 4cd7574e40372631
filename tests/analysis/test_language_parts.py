"""Where words change language, and where they only seem to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language_parts import other_parts
from analysis.languages import other_language
from tests.analysis.english_texts import english_texts

CHANGED = {
    "They never call us back at all, y mi madre no puede esperar más.": [
        "y mi madre no puede esperar más"
    ],
    "We wait for the chair and nobody calls. No hay nadie que nos ayude.": [
        "No hay nadie que nos ayude"
    ],
    "No hay nadie que nos ayude con la silla. We wait for the chair and nobody calls.": [
        "No hay nadie que nos ayude con la silla"
    ],
    "I told him que no podíamos esperar más and he left.": ["que no podíamos esperar más"],
    "I keep it in a notebook: las fechas, los nombres, las llamadas que nadie devolvió.": [
        "las fechas, los nombres, las llamadas que nadie devolvió"
    ],
    "I want to parquear the van, you know, el parking está lleno y no hay donde dejarla.": [
        "el parking está lleno y no hay donde dejarla"
    ],
    "The vendor said they would call us, pero tampoco nos llamo nadie, so we wait again.": [
        "pero tampoco nos llamo nadie"
    ],
    "No se que hacer con mi mama, she cannot speak and nadie nos ayuda con los papeles.": [
        "No se que hacer con mi mama",
        "nadie nos ayuda con los papeles",
    ],
    "My mother said ich kann nicht mehr, das ist zu viel, and then she slept.": [
        "ich kann nicht mehr, das ist zu viel"
    ],
}
STAYED = [
    "",
    "…",
    "Sí.",
    "Gracias.",
    "No sé.",
    "Sí, sí, exactly.",
    "Sí, sí, exactly. I did that for my abuela when I was eleven.",
    "Gracias a todos, I will call you tomorrow.",
    "La señora García de Los Ángeles told us to wait for the letter.",
    "We went to San Juan de los Lagos with my mother and the chair broke there.",
    "The El Paso clinic on Avenida de la Paz has the list.",
    "Dr. van der Berg and Dr. de la Cruz run the clinic on Tuesdays.",
    "Maria Delgado y su hija, Elena, came with the form.",
    "He said c'est la vie and then the insurance paid for it in the end.",
    "He takes riluzole and baclofen, the de facto standard.",
    "Z̸̡̛a̵l̶g̷o̸",
    "Most ALS caregivers die tired.",
    "ALS patients typically die within five years, on average.",
]
HALF = [
    "The insurance never answers us, y mi madre lleva esperando la silla de ruedas desde enero.",
    "La enfermera me enseñó a usar la máquina, but nobody told me what to do at night.",
    "I signed the consent form without reading it. Me lo pusieron delante y no tuve tiempo.",
    "Mi esposo grabó su voz antes de perderla. Now the grandchildren hear him on the tablet.",
    "The mask leaves a sore on his nose, y se la quita a las tres de la mañana.",
    "Vivimos a cuatro horas de la clínica, and nobody pays for the gas or the hotel.",
    "When I call the line at night they answer in English, y yo no sé la palabra.",
    "Alguien debería prestarnos una grúa mientras esperamos, because my back cannot take it.",
    "They asked my daughter, que tiene diez años, que nos explicara los resultados.",
    "Mi padre trabajó toda su vida, and now they tell us that his plan does not cover it.",
    "I keep everything in a notebook: las fechas, los nombres, las llamadas que nadie devolvió.",
    "La cama llegó cuando él ya había muerto, and they still sent us the bill.",
]


@pytest.mark.parametrize("text", CHANGED)
def test_each_stretch_in_another_language_is_told(text):
    assert [text[part.start : part.end] for part in other_parts(text)] == CHANGED[text]


@pytest.mark.parametrize("text", STAYED)
def test_a_name_a_greeting_or_a_loan_word_is_no_stretch(text):
    assert other_parts(text) == []


@pytest.mark.parametrize("text", STAYED)
def test_nor_does_it_make_the_whole_another_language(text):
    assert other_language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "No tenemos una silla y no hay nadie que nos ayude.",
        "yo no se que hacer, tampoco tenemos silla",
        "У нас нет кресла, и никто не сказал нам.",
        "No tenemos una silla y no hay nadie que nos ayude. Thank you.",
    ],
)
def test_words_wholly_in_another_language_are_one_part(text):
    (part,) = other_parts(text)

    assert (part.start, part.end) == (0, len(text))


def test_most_sentences_that_change_language_are_told(record_property):
    """Three of twelve have too few small words; what is told is Spanish."""
    told = [{part.code for part in other_parts(text)} for text in HALF]

    record_property("figure", f"{sum(map(bool, told))} of {len(HALF)} half Spanish texts told")
    assert sum(told_of == {"es"} for told_of in told) >= len(HALF) - 3
    assert set().union(*told) == {"es"}


@given(st.text(alphabet=st.sampled_from("yo no sé que the and más, .¿«'’ 1\n"), max_size=120))
def test_parts_lie_in_order_inside_the_text_and_begin_and_end_with_a_word(text):
    parts = other_parts(text)

    edges = [edge for part in parts for edge in (part.start, part.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def test_english_meetings_and_questions_change_language_nowhere(real_data, record_property):
    turns = english_texts(real_data)

    wrong = [text for text in turns if other_parts(text)]

    record_property("figure", f"{len(wrong)} of {len(turns):,} English texts said to change")
    assert len(wrong) <= len(turns) / 10_000 + 1
