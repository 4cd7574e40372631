import pytest

from analysis.proposals import is_proposal, proposal_strength


@pytest.mark.parametrize(
    "text",
    [
        "We should lend devices within a week.",
        "It would help if the clinic called first.",
        "Could we train more caregivers?",
        "I’d suggest a single form.",
        "There needs to be one phone number.",
        "What if every clinic had a social worker?",
        "Let's ask the insurers.",
        "I wish they would write it down.",
    ],
)
def test_a_sentence_that_proposes_is_found(text):
    assert is_proposal(text)


@pytest.mark.parametrize(
    "text",
    [
        "The device came after five months.",
        "They should have called us.",
        "Let's see.",
        "Could we get started?",
        "",
    ],
)
def test_a_sentence_that_tells_is_not_a_proposal(text):
    assert not is_proposal(text)


def test_a_plain_proposal_is_stronger_than_a_question():
    assert proposal_strength("We should ask.") > proposal_strength("What if we asked?")
