"""What of a theme everybody may see."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.public_themes import (
    MOST_OF_A_SPEAKER,
    MOST_WORDS,
    Voice,
    public_mix,
    public_quotes,
    public_theme,
)
from analysis.suppression import PUBLIC_K, ROOM_K
from domain.people import StakeholderGroup

CLINICIAN = StakeholderGroup.CLINICIAN
CAREGIVER = StakeholderGroup.CURRENT_CAREGIVER
GROUPS = st.sampled_from([*StakeholderGroup, None])
SPEAKERS = st.dictionaries(st.integers(0, 60).map(str), GROUPS, max_size=60)
VOICES = st.lists(
    st.builds(
        Voice,
        who=st.sampled_from(["a", "b", ""]),
        words=st.integers(1, 40).map(lambda n: " ".join(["word"] * n)),
    )
)


def people(**groups):
    return {
        f"{group}{n}": getattr(StakeholderGroup, group)
        for group, size in groups.items()
        for n in range(size)
    }


def test_a_theme_of_two_people_is_not_shown_at_all():
    assert public_theme(people(CLINICIAN=2), [Voice("a", "short")]) is None


def test_voices_of_nobody_known_make_no_theme_public():
    assert public_theme({}, [Voice("", f"words {n}") for n in range(9)]) is None


def test_a_theme_of_three_people_is_shown_with_its_quotes_and_without_a_number():
    found = public_theme(people(CLINICIAN=2, CURRENT_CAREGIVER=1), [Voice("a", "short")])

    assert (found.quotes, found.n_people, found.groups) == ((0,), None, ())


def test_a_group_of_ten_is_joined_with_its_neighbours():
    found = public_mix(people(CURRENT_CAREGIVER=10, PAST_CAREGIVER=1, CLINICIAN=12))

    assert dict(found) == {"lived experience": 11, "clinician": 12}


def test_a_mix_that_would_be_one_group_is_no_mix():
    assert public_mix(people(CLINICIAN=40)) == ()


@given(VOICES)
def test_no_quote_is_long_and_nobody_is_quoted_more_than_twice(voices):
    shown = [voices[place] for place in public_quotes(voices)]

    assert all(len(voice.words.split()) <= MOST_WORDS for voice in shown)
    for who in ("a", "b", ""):
        assert sum(voice.who == who for voice in shown) <= MOST_OF_A_SPEAKER


@given(VOICES)
def test_the_most_typical_short_quote_is_always_shown(voices):
    short = [n for n, voice in enumerate(voices) if len(voice.words.split()) <= MOST_WORDS]

    assert public_quotes(voices)[:1] == tuple(short[:1])


@given(SPEAKERS, st.sampled_from([ROOM_K, PUBLIC_K]))
def test_every_number_that_is_told_has_at_least_k_people_behind_it(speakers, k):
    found = public_theme(speakers, [], k)
    if found is None:
        return

    told = [n for _, n in found.groups] + ([] if found.n_people is None else [found.n_people])

    assert all(n >= k for n in told)
    assert sum(n for _, n in found.groups) in (0, len(speakers))
