"""How hard a wording is to read, as one sentence for whoever words it. Start at `told`."""

from analysis.languages import other_language
from analysis.reading_level import grade

EASY_FOR_ALL = 8
COLLEGE = 13


def told(text: str) -> str:
    """ "Reads like grade 12; …", or nothing where it is too short to tell, or no English.

    It helps and never stops anybody: the formula knows lengths, not words.

    >>> told("Lend a chair within a week of the day it is asked for.")
    'Reads like grade 2: easy for nearly everyone.'
    """
    found = grade(text)
    if found is None or other_language(text):
        return ""
    level = round(found)
    if level <= EASY_FOR_ALL:
        return f"Reads like grade {max(1, level)}: easy for nearly everyone."
    name = f"grade {level}" if level < COLLEGE else "a text for college"
    return f"Reads like {name}; shorter words and shorter sentences help everyone."
