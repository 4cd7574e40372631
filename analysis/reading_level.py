"""How hard an English text is to read, as a school grade. Start at `grade`.

The grade level of Flesch and Kincaid: Kincaid, Fishburne, Rogers and Chissom, "Derivation of new
readability formulas for Navy enlisted personnel", Research Branch Report 8-75 (1975). It looks at
lengths alone: it tells long sentences and long words, and nothing about whether words are known.
"""

import re

FEWEST_WORDS = 8
"""A grade of fewer words says more about chance than about the text."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?:;]+(?=\s|$)|\n{2,}")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels side by side that are two syllables, as in "area", "client", "being" and "radio".
_SPLIT_VOWELS = re.compile(
    r"(?<![tscgx])i[ao]|(?<![tc])ie(?=n)|[iu]et|^scie|(?<=c)ia(?=t)|crea|ei(?=ng|ty)|ee(?=ing)|eo(?!us|p)|"
    r"[^gq]ua(?!i)|uou|y(?=ing)|(?<=[aeiou][^aeiou])ea$"
)
_SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<![aeiouytd])ed$|(?<![aeiouylscxzg])es$|(?<=[aeiouy][^aeiouy])e(?=ly$)"
)
# Words of the field that the rules miss.
_KNOWN = {"caregiver": 3, "caregivers": 3, "every": 2, "friend": 1, "friends": 1, "voices": 2}


def grade(text: str) -> float | None:
    """The school grade at which a text is read with ease.

    Parameters
    ----------
    text
        English words of a person; line breaks, numbers and marks may stand among them.

    Returns
    -------
    About 0 to 20 (US school years; 13 and above is college), never below 0. None for fewer than
    `FEWEST_WORDS` words.

    Examples
    --------
    >>> round(grade("The cat sat on the mat. The dog lay by the door."), 1)
    0.0
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    n_sentences = sum(1 for part in _SENTENCE_ENDS.split(text) if _WORD.search(part))
    n_syllables = sum(syllables(word) for word in words)
    return max(0.0, flesch_kincaid(len(words), n_sentences, n_syllables))


def flesch_kincaid(n_words: int, n_sentences: int, n_syllables: int) -> float:
    """The formula of the report: 0.39 words a sentence + 11.8 syllables a word - 15.59.

    Parameters
    ----------
    n_words, n_sentences, n_syllables
        Counts of the whole text, each at least 1.

    Examples
    --------
    >>> round(flesch_kincaid(100, 5, 150), 2)
    9.91
    """
    return 0.39 * n_words / n_sentences + 11.8 * n_syllables / n_words - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its letters; some nineteen of twenty are counted right.

    Parameters
    ----------
    word
        One word; capitals and an apostrophe do not matter.

    Examples
    --------
    >>> [syllables(word) for word in ("made", "people", "ventilator", "area", "waited")]
    [1, 2, 4, 3, 2]
    """
    letters = re.sub(r"[^a-z]", "", word.lower().replace("'s", "").replace("’s", ""))
    if letters in _KNOWN:
        return _KNOWN[letters]
    n = len(_VOWELS.findall(letters)) + len(_SPLIT_VOWELS.findall(letters))
    n -= len(_SILENT.findall(letters))
    return max(1, n)
