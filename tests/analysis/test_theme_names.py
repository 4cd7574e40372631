import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.theme_names import NO_NAME, name_themes

VENTILATION = [
    "The home ventilation came late",
    "Home ventilation is um loud",
    "We waited for home ventilation",
]
TRAVEL = ["The trip to the clinic takes a day", "A long trip again", "My trip was a long trip"]


def names(texts, labels):
    return [theme.name for theme in name_themes(texts, np.array(labels))]


def test_a_theme_is_named_by_its_own_words():
    assert names(VENTILATION + TRAVEL, [0, 0, 0, 1, 1, 1])[0].startswith("Home ventilation")


def test_a_word_said_everywhere_names_nothing():
    texts = [f"clinic {word}" for word in ("wheelchair", "wheelchair", "insurance", "insurance")]

    assert all(
        "wheelchair" in n.lower() or "insurance" in n.lower() for n in names(texts, [0, 0, 1, 1])
    )


def test_themes_of_the_same_words_get_different_names():
    assert len(set(names(["ramp"] * 9, [0, 1, 2] * 3))) == 3


def test_a_theme_of_fillers_says_so():
    assert names(["um yeah", "okay so"], [0, 0]) == [NO_NAME]


def test_key_words_are_the_most_telling_first():
    theme = name_themes(VENTILATION + TRAVEL, np.array([0, 0, 0, 1, 1, 1]))[1]

    assert theme.key_words[0] in {"trip", "long trip"}


def test_a_typists_mark_names_nothing():
    assert "laughter" not in names(["[laughter] ramp", "{laughter} ramp"], [0, 0])[0].lower()


def test_passages_in_no_theme_have_no_part_in_a_name():
    assert "Ramp" in names(["ramp door", "ramp door", "lift"], [0, 0, -1])[0]


MEANS = {"ramp": 0, "door": 0, "lift": 1, "stairs": 1}


def by_first_word(phrases):
    """Meaning by the first word that is known: two directions at right angles."""
    found = [next((MEANS[w] for w in p.split() if w in MEANS), None) for p in phrases]
    return np.array([[0.6, 0.6] if n is None else np.eye(2)[n] for n in found])


def test_a_name_lies_nearest_to_its_own_theme():
    texts = ["ramp stuff nearby", "ramp nearby", "lift nearby", "lift stuff nearby"] * 2
    labels = np.array([0, 0, 1, 1] * 2)

    found = name_themes(texts, labels, vectors=np.eye(2)[labels], embed=by_first_word)

    assert ["ramp" in found[0].name.lower(), "lift" in found[1].name.lower()] == [True, True]


def test_a_name_is_what_finds_the_themes_passages_before_others():
    """The ramp lies nearer to the centre, and one passage of the other theme nearer to the ramp."""
    means = {"wide ramp": [0.95, 0.31, 0.0], "wide door": [0.9, -0.3, 0.31]}
    texts = ["the wide ramp, then the wide door"] * 4 + ["lift stairs"] * 4
    vectors = np.array([[1.0, 0.0, 0.0]] * 4 + [[0.9, 0.43, 0.0]] + [[0.0, 0.0, 1.0]] * 3)

    found = name_themes(
        texts,
        np.array([0] * 4 + [1] * 4),
        vectors=vectors,
        embed=lambda phrases: np.array([means.get(p, [0.0, 0.0, 1.0]) for p in phrases]),
    )

    assert found[0].name == "Wide door"


def test_a_name_has_two_words_where_there_are_two():
    texts = ["ramp rusty", "rusty door", "ramp broke", "door ramp"] * 2

    assert 2 <= len(names(texts, [0] * 8)[0].split()) <= 5


def test_two_names_never_say_the_same_in_singular_and_plural():
    texts = ["cough machine broke", "cough machine late"] * 3 + ["cough machines rented"] * 6

    first, second = names(texts, [0] * 6 + [1] * 6)

    assert not {"cough", "machine"} <= set(second.lower().split()) or first == NO_NAME


def test_a_name_begins_with_its_first_key_words():
    theme = name_themes(VENTILATION + TRAVEL, np.array([0, 0, 0, 1, 1, 1]))[0]

    assert theme.name.lower().startswith(theme.key_words[0].lower())


@given(
    texts=st.lists(st.text(max_size=30), max_size=12),
    labels=st.lists(st.integers(-1, 3), min_size=12, max_size=12),
)
def test_every_theme_has_a_name_of_its_own(texts, labels):
    found = name_themes(texts, np.array(labels[: len(texts)], dtype=np.intp))

    assert len({theme.name.lower() for theme in found}) == len(found)
    assert all(theme.name.strip() for theme in found)
