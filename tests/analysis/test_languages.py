import pytest

from analysis.languages import other_language, short_answer
from tests.analysis.english_texts import english_texts

SAID = {
    "Spanish": "Mi madre no puede hablar por teléfono y nadie nos ha explicado qué hacer.",
    "French": "Nous avons attendu le fauteuil pendant six mois et personne ne nous a appelés.",
    "German": "Wir haben auf den Rollstuhl gewartet und es ist niemand gekommen, der uns hilft.",
    "Italian": "Non abbiamo la sedia e nessuno ci ha detto che cosa dobbiamo fare con questo.",
    "Portuguese": "Não temos uma cadeira e ninguém nos disse o que fazer quando ela quebrou.",
    "Dutch": "Wij hebben maanden op de rolstoel gewacht en er is niet een keer gebeld.",
    "Polish": "Nie mamy wózka i nikt nam nie powiedział, co mamy z tym zrobić po miesiącu.",
    "Swedish": "Vi har inte fått någon rullstol och det är ingen som har sagt till oss när.",
    "Vietnamese": "Chúng tôi không có xe lăn và không ai đã nói cho chúng tôi biết phải làm gì.",
    "Tagalog": "Wala po kami ng silya at hindi pa rin nila sinasabi sa amin kung kailan.",
    "Haitian Creole": "Nou pa gen chèz la ak yo pa di nou sa pou nou fè lè li kraze.",
    "a language in Cyrillic letters": "У нас нет кресла, и никто не сказал нам, что делать.",
    "Chinese": "我们等了三个月还没有轮椅。",
    "Japanese": "車いすがまだ届いていません。",
    "Korean": "휠체어가 아직 오지 않았습니다.",
    "a language in Arabic letters": "لم نحصل على الكرسي ولم يخبرنا أحد ماذا نفعل.",
    "Greek": "Δεν έχουμε αναπηρικό αμαξίδιο.",
    "a language in Devanagari letters": "हमें अभी तक व्हीलचेयर नहीं मिली है।",
}


@pytest.mark.parametrize("language", sorted(SAID))
def test_a_sentence_is_told_by_its_small_words_or_its_letters(language):
    assert other_language(SAID[language]) == language


@pytest.mark.parametrize("text", ["Sí, gracias.", "¿Cuánto cuesta?", "¡Claro!", "Yo también."])
def test_a_short_answer_is_told_where_nothing_in_it_could_be_english(text):
    assert short_answer(text) == "Spanish"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sí.",
        "De la.",
        "No sé.",
        "Merci, ALS.",
        "Die, man.",
        "Yes.",
        "¿What?",
        "Sí, sí, exactly.",
    ],
)
def test_a_short_answer_that_could_be_english_or_a_name_is_not_told(text):
    assert short_answer(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes.",
        "Sí.",
        "The wheelchair came after eleven weeks and nobody had called us.",
        "We went to San Juan de los Lagos with my mother and the chair broke there.",
        "He said c'est la vie and then the insurance paid for it in the end.",
        "Dr. van der Berg and Dr. de la Cruz run the clinic on Tuesdays.",
        "Riluzole, edaravone, tofersen, baclofen.",
        "Um, o, e, a.",
        "L_E_G_O_ Lego",
        "The letter β means nothing to us.",
    ],
)
def test_english_with_foreign_names_stays_english(text):
    assert other_language(text) is None


def test_english_meetings_and_questions_are_not_taken_for_another_language(
    real_data, record_property
):
    turns = english_texts(real_data)

    wrong = [text for text in turns if other_language(text) or short_answer(text)]

    record_property("figure", f"{len(wrong)} of {len(turns):,} English texts taken for another")
    assert len(wrong) <= len(turns) / 10_000 + 1
