"""Whether words speak for a recommendation or against it. Start at `stances`.

How it was made: by hand, and nothing was learned from data. Two sentences' worth of examples of
praise and of warning give a direction of meaning; words for good and for harm
(`analysis.polarity`) and plain objections ("that won't work") are counted; and where the
recommendation itself asks to end something, warnings about that thing speak for it. The weights
and the threshold were set by looking at ArgKP's train and dev topics, where a guess "against" is
right in about 87 of 100 cases and is made for one argument in twelve; of the sample's quotes, all
of which support, it doubts 1 in 90. In talk, where a complaint is often the reason for asking, it
is worth less than in debates: so it is never more than "may speak against", and a person decides.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.polarity import tone

PRAISE = (
    "This is a good idea.",
    "This would help people.",
    "It is beneficial and useful.",
    "It works well and makes life better.",
    "It is safe and effective.",
    "I agree with this.",
    "This should be supported.",
    "It is necessary and important.",
    "It protects people.",
)
WARNING = (
    "This is a bad idea.",
    "This would hurt people.",
    "It is harmful and useless.",
    "It does not work and makes life worse.",
    "It is dangerous and ineffective.",
    "I disagree with this.",
    "This should be stopped.",
    "It is unnecessary and a waste.",
    "It puts people at risk.",
)
SURE_FROM = 2.0
"""So far below zero words "may speak against"; nearer to zero nothing is guessed."""

_DIRECTION_WEIGHT = 8.0
_MOST_TONE = 2
_ENDS = re.compile(
    r"\b(?:ban|abandon|end|abolish|abolition|stop|prohibit|oppose|disband|limit|eliminat|cancel|"
    r"remov|clos|withdraw|fight|criminal|crime|illegal|restrict|forbid|reduc|discourag|prevent|"
    r"cut|drop|phase out)(?:ing|ed|es|e|s|ned|ning|ped|ping|ting)?\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\bdisagree\b"
    r"|\bi (?:do not|don't) (?:think|believe|agree)\b"
    r"|\b(?:won't|will not|wouldn't|would not|doesn't|does not|never going to) "
    r"(?:work|help|fix|change|solve|scale|happen)\b"
    r"|\bnot (?:the answer|a solution|worth|convinced|realistic|feasible|practical)\b"
    r"|\b(?:my|the|our|one) (?:worry|concern|fear|danger|risk) (?:is|with|would)\b"
    r"|\bi(?:'m| am) (?:worried|concerned|afraid|against|skeptical|sceptical)\b"
    r"|\btoo (?:much|many|expensive|costly|risky|complicated|heavy|early|late)\b"
    r"|\bbackfire|\bmore harm\b|\bmakes? (?:it|things) worse\b|\bwe tried that\b"
    r"|\bi (?:would not|wouldn't)\b|\bobjection\b|\bagainst (?:this|that|it)\b",
    re.IGNORECASE,
)


def direction_of(
    praise: NDArray[np.floating], warning: NDArray[np.floating]
) -> NDArray[np.float64]:
    """The unit direction from warning to praise, shape (n_dims,).

    Parameters
    ----------
    praise, warning
        Vectors of `PRAISE` and `WARNING`, shapes (n, n_dims).
    """
    way = np.asarray(praise, dtype=np.float64).mean(axis=0) - np.asarray(warning).mean(axis=0)
    length = float(np.linalg.norm(way))
    return np.asarray(way / (length or 1.0))


def stances(
    recommendation: str,
    words: Sequence[str],
    vectors: NDArray[np.floating],
    direction: NDArray[np.floating],
) -> NDArray[np.float64]:
    """How much each text speaks for a recommendation (above zero) or against it (below).

    Parameters
    ----------
    recommendation
        Its words.
    words
        The texts, n of them.
    vectors
        Unit vectors of the texts, shape (n, n_dims).
    direction
        From `direction_of`.

    Returns
    -------
    Shape (n,), mostly between -4 and 4; at most ``-SURE_FROM`` is sure enough to say so.
    """
    if not words:
        return np.zeros(0)
    tones = np.clip([tone(text) for text in words], -_MOST_TONE, _MOST_TONE)
    warmth = _DIRECTION_WEIGHT * (np.asarray(vectors) @ direction) + tones
    sign = -1.0 if asks_to_end(recommendation) else 1.0
    objects = np.array([bool(_OBJECTS.search(text.replace("\u2019", "'"))) for text in words])
    return np.asarray(sign * warmth - objects)


def asks_to_end(recommendation: str) -> bool:
    """Whether a recommendation asks to end or to limit something.

    >>> asks_to_end("Stop asking for the same form twice."), asks_to_end("Lend devices early.")
    (True, False)
    """
    return bool(_ENDS.search(recommendation))
