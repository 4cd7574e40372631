import numpy as np
import pytest

from analysis.evidence import Said, Text, rank_evidence, relevance
from domain.errors import VectorsUnusable

ASKED = Text("Lend cough machines at once", np.array([1.0, 0.0, 0.0]))
LONG = " and so it went on for a while before anybody came to the house that night"


def said(vectors, speakers, words=None):
    """Passages of one length, so that only what a test is about tells them apart."""
    return Said(words or ["xx" + LONG] * len(speakers), np.array(vectors), speakers)


def test_the_closest_in_meaning_comes_first():
    passages = said([[0.0, 1.0, 0.0], [0.9, 0.1, 0.0], [0.5, 0.5, 0.0]], ["a", "b", "c"])

    assert rank_evidence(ASKED, passages).passages.tolist() == [1, 2, 0]


def test_the_second_quote_comes_from_another_person_if_it_is_nearly_as_close():
    passages = said([[0.9, 0.3, 0.0], [0.9, 0.0, 0.35], [0.88, -0.4, -0.1]], ["a", "a", "b"])

    assert rank_evidence(ASKED, passages).passages.tolist()[:2] in ([0, 2], [1, 2])


def test_the_closeness_shown_is_the_plain_cosine():
    ranked = rank_evidence(ASKED, said([[3.0, 4.0, 0.0]], ["a"]))

    assert ranked.closeness.tolist() == [pytest.approx(0.6)]


def test_equally_close_passages_stay_in_the_order_said():
    ranked = rank_evidence(ASKED, said(np.tile([1.0, 1.0, 0.0], (3, 1)), ["a", "b", "c"]))

    assert ranked.passages.tolist() == [0, 1, 2]


def test_no_more_than_asked_for_are_ranked():
    ranked = rank_evidence(ASKED, said(np.ones((9, 3)), list("abcdefghi")), n_most=4)

    assert len(ranked.passages) == 4


def test_a_meeting_without_passages_has_no_evidence():
    assert len(rank_evidence(ASKED, said(np.empty((0, 3)), [])).passages) == 0


def test_a_recommendation_without_direction_is_refused():
    with pytest.raises(VectorsUnusable):
        rank_evidence(Text("x", np.zeros(3)), said(np.ones((2, 3)), ["a", "b"]))


def test_of_two_equally_near_in_meaning_the_one_with_the_rare_words_comes_first():
    words = ["they came late with the parts" + LONG, "they lent us a cough machine" + LONG]

    worth = relevance(ASKED, said(np.tile([0.8, 0.6, 0.0], (2, 1)), ["a", "b"], words))

    assert worth[1] > worth[0]


def test_of_two_equally_near_a_nod_is_worth_less_than_a_sentence():
    worth = relevance(
        ASKED, said(np.tile([0.8, 0.6, 0.0], (2, 1)), ["a", "b"], ["Yes, exactly.", "xx" + LONG])
    )

    assert worth[1] > worth[0]


def test_what_the_whole_meeting_shares_does_not_decide():
    """Ninety passages lie on one line; off that line only one leans to what is asked."""
    shared = np.tile([0.0, 0.0, 1.0], (90, 1)) + np.linspace(-0.1, 0.1, 90)[:, None] * [0, 1, 0]
    lean = np.array([[0.35, 0.0, 0.94]])
    asked = Text("zz", np.array([0.5, 0.0, 0.87]))

    worth = relevance(asked, said(np.vstack([shared, lean]), ["a"] * 91))

    assert worth.argmax() == 90
    assert worth[90] > worth[45] + 0.2
