"""Captions that are pasted again and again while they grow. Start at `n_words_again`."""

from collections.abc import Sequence

FEWEST = 3
"""Fewer words than this may well be said twice: "Yes, thank you." """


def n_words_again(before: Sequence[str], pasted: Sequence[str]) -> int:
    """Count the words at the beginning of a paste that are there already.

    Parameters
    ----------
    before
        Words of all earlier pastes, in order.
    pasted
        Words of this paste, in order.

    Returns
    -------
    Length of the longest beginning of the paste with which the earlier words end, or all of it
    where it stands whole among them; 0 for a match of fewer than `FEWEST` words.

    Notes
    -----
    The search of Knuth, Morris and Pratt (1977): one look at each word.
    """
    if not pasted:
        return 0
    shorter = _borders(pasted)
    n = 0
    for word in before:
        if n == len(pasted):
            n = shorter[n - 1]
        while n and pasted[n] != word:
            n = shorter[n - 1]
        n += pasted[n] == word
        if n == len(pasted) >= FEWEST:
            return n
    return n if n >= min(FEWEST, len(before)) else 0


def _borders(words: Sequence[str]) -> list[int]:
    """For each place, how long a beginning the words up to it also end with."""
    borders = [0] * len(words)
    n = 0
    for at in range(1, len(words)):
        while n and words[n] != words[at]:
            n = borders[n - 1]
        n += words[n] == words[at]
        borders[at] = n
    return borders
