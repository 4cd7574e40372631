"""Questions about what no list knows: a story can tell who somebody is. Start at `prompts_for`."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.identifier_dates import MONTHS
from analysis.identifier_institutions import WORK_CUES
from analysis.identifier_names import KIN
from analysis.identifier_words import Word, listed, words_of

NEAR = 14
"""How many words apart two things may stand to belong together."""
CLINICS = listed("hospital hospitals clinic clinics hospice infirmary center centre ward")
CLINICIANS = listed(
    "dr doctor neurologist pulmonologist therapist physiatrist surgeon pathologist dietitian "
    "nurse physician"
)
TRIALS = listed("trial trials study platform placebo nct enrolled enrollment arm")
SITES = CLINICS | listed("site sites university institute enrolled")
RARE_ROLES = listed(
    "mayor senator governor congressman congresswoman councilman councilwoman alderman "
    "sheriff judge pastor priest bishop rabbi imam principal superintendent dean coach "
    "olympian olympic olympics champion astronaut pilot firefighter fireman captain colonel "
    "general veteran celebrity actor actress singer author newscaster anchor reporter radio "
    "television newspaper lottery triplets quadruplets twins adopted murdered accident crash"
)
GENES = listed("sod1 c9orf72 c9 fus tardbp tdp43 ataxin vcp optn tbk1")
SPOKEN_GENES = (("sod", "one"), ("sod", "1"), ("c", "nine"), ("see", "nine"), ("c9", "orf"))
ONSETS = listed(
    "diagnosed diagnosis onset symptoms symptom twitch tube trach tracheostomy ventilator noticed"
)
TOWNS = listed("town village county street neighborhood neighbourhood reservation island")
SECRETS = listed("secret private privately ashamed affair divorce divorced suicide abuse money")


def prompts_for(text: str) -> tuple[str, ...]:
    """What a reviewer is asked about a text, beside the stretches that the machine would hide.

    >>> prompts_for("My daughter is the mayor.")
    ('Would neighbours know this family by this role or event?',)
    """
    words = words_of(text)
    return tuple(question for asks, question in _RULES if asks(words))


def _names_employer(words: Sequence[Word]) -> bool:
    return any((a.low, b.low) in WORK_CUES for a, b in pairwise(words))


def _names_clinic(words: Sequence[Word]) -> bool:
    return any(
        word.low in CLINICS and n and (words[n - 1].is_capital or words[n - 1].may_name)
        for n, word in enumerate(words)
    )


def _names_clinician(words: Sequence[Word]) -> bool:
    return any(
        before.low in CLINICIANS
        and (word.may_name or (word.is_capital and not word.starts_sentence))
        for before, word in pairwise(words)
    )


def _tells_trial(words: Sequence[Word]) -> bool:
    return any(w.low.startswith("nct") for w in words) or _are_near(
        words, lambda w: w.low in TRIALS, lambda w: w.low in SITES or w.may_name
    )


def _tells_family(words: Sequence[Word]) -> bool:
    return _are_near(words, lambda w: w.low in KIN, lambda w: w.low in RARE_ROLES)


def _tells_gene(words: Sequence[Word]) -> bool:
    pairs = pairwise(words)
    return any(word.low in GENES for word in words) or any(
        (a.low, b.low) in SPOKEN_GENES for a, b in pairs
    )


def _tells_onset(words: Sequence[Word]) -> bool:
    return _are_near(words, lambda w: w.low in ONSETS, _is_date)


def _is_date(word: Word) -> bool:
    return (word.low in MONTHS and word.low not in ("may", "march")) or (
        len(word.low) == 4 and word.low[:2] in ("19", "20") and word.low.isdigit()
    )


def _tells_small_town(words: Sequence[Word]) -> bool:
    return _are_near(
        words,
        lambda w: w.low in ("only", "first", "small", "tiny", "everybody"),
        lambda w: w.low in TOWNS,
    )


def _tells_secret(words: Sequence[Word]) -> bool:
    return _are_near(words, lambda w: w.low in KIN, lambda w: w.low in SECRETS)


def _are_near(
    words: Sequence[Word], one: Callable[[Word], bool], other: Callable[[Word], bool]
) -> bool:
    """Whether two different words of the two kinds stand near each other."""
    last_one = last_other = -NEAR - 1
    for n, word in enumerate(words):
        is_one, is_other = one(word), other(word)
        if (is_one and n - last_other <= NEAR) or (is_other and n - last_one <= NEAR):
            return True
        last_one = n if is_one else last_one
        last_other = n if is_other else last_other
    return False


_RULES: tuple[tuple[Callable[[Sequence[Word]], bool], str], ...] = (
    (_names_employer, "Does the employer tell who this is?"),
    (_names_clinic, "Does the clinic or hospital tell who this is?"),
    (_names_clinician, "Is a clinician named who did not agree to it?"),
    (_tells_trial, "Does the trial, with its site, tell who this is?"),
    (_tells_family, "Would neighbours know this family by this role or event?"),
    (_tells_gene, "Does the gene, with a place or the family, tell who this is?"),
    (_tells_onset, "Does the day or year when illness began tell who this is?"),
    (_tells_small_town, "Would people in this place know who is meant?"),
    (_tells_secret, "Would the family recognise this, and mind?"),
)
