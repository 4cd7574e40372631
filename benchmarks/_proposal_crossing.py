"""Learn without a kind of text, and measure on it: how it goes among strangers. Start at `crossed`.

The kinds: reviews, forums, meetings, e-mails and minutes. Their mean is what the model was chosen
by, so it is no test; `_proposal_strangers` and the unseen voices are.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks._proposal_sentences import (
    Labelled,
    email_intent,
    from_file,
    heard,
    invented,
    minutes,
    voices,
)
from benchmarks._proposal_strangers import strangers
from benchmarks._proposal_training import EMAIL_TRAINING, N_OF_EACH, SEED, WORTH

EMAIL_TEST = "testSet-qualifiedBatch-fixed.txt"
WRITTEN_KINDS: Mapping[str, str] = {"reviews": "review", "forums": "forum", "meetings": "meeting"}


def crossed(real: Path) -> dict[str, tuple[list[Labelled], list[float], list[Labelled]]]:
    """Of each kind: what is learned from without it, what each of those counts, the sentences."""
    found = {}
    tests = _tests(real)
    for left_out, sentences in tests.items():
        kind = WRITTEN_KINDS.get(left_out)
        learned: list[Labelled] = []
        counts: list[float] = []
        for source, them in _learned(real, left_out).items():
            kept = [one for one in them if one.kind != kind]
            learned += kept
            counts += [WORTH[source]] * len(kept)
        found[left_out] = learned, counts, sentences
    return found


def _learned(real: Path, left_out: str) -> dict[str, Sequence[Labelled]]:
    """The sources that hold nothing of a kind, or not only that."""
    sources: dict[str, Sequence[Labelled]] = {
        "invented": invented(N_OF_EACH, SEED),
        "written": from_file("written"),
        "voices": voices(),
    }
    if left_out != "meetings":
        sources["heard"] = heard(real, "train")
    if left_out != "emails":
        sources["email"] = email_intent(real, EMAIL_TRAINING)
    return sources


def _tests(real: Path) -> dict[str, list[Labelled]]:
    by_hand = [*voices(), *voices(is_unseen=True), *from_file("written")]
    return {
        "reviews": [one for one in by_hand if one.kind == "review"],
        "forums": [one for one in by_hand if one.kind == "forum"],
        "meetings": [
            *heard(real, "train"),
            *heard(real, "val"),
            *strangers(real)["meetings"],
        ],
        "emails": email_intent(real, EMAIL_TEST),
        "minutes": minutes(real),
    }
