from analysis.shared_words import rank_by_shared_words

TURNS = [
    "The bus was late and the mask was lost.",
    "Mask fitting at home is what nobody shows.",
    "Fitting a chair is easy.",
    "They taught mask fitting once.",
]


def test_the_text_with_the_rarest_shared_words_comes_first():
    assert rank_by_shared_words("Teach mask fitting, as once taught", TURNS, n_most=4)[0] == 3


def test_one_shared_word_is_not_enough():
    assert 2 not in rank_by_shared_words("Mask fitting", TURNS, n_most=4)


def test_small_words_count_for_nothing():
    assert rank_by_shared_words("The and was at is", TURNS, n_most=4) == []


def test_equal_texts_come_in_the_order_in_which_they_were_said():
    assert rank_by_shared_words("mask fitting", ["mask fitting"] * 3, n_most=2) == [0, 1]


def test_nothing_is_near_where_nothing_was_said():
    assert rank_by_shared_words("Mask fitting", [], n_most=4) == []
