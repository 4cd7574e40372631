"""Talk about the meeting itself, and answers without content. Start at `is_meeting_talk`.

Such passages are set aside and listed, never dropped. The patterns were written by hand from how
meetings are run (sound, screens, turns, thanks, the clock); nothing was learned from data. A
passage counts as meeting talk only if nearly nothing else is left of it, so a sentence with
content that begins with "yeah, okay" stays.
"""

import re
from collections.abc import Iterator
from itertools import islice

_HESITATIONS = (
    "yeah|yes|yep|yup|yea|no|nope|nah|okay|ok|right|alright|all right|sure|mm|mm-?hmm|mhm|mmm|"
    "uh-?huh|uh|um|umm|erm|er|ah|oh|hm|hmm|huh|well|so|and|but|like|exactly|absolutely|definitely|true|"
    "great|good|fine|cool|nice|perfect|excellent|wow|sorry|pardon|please|thanks|thank you|you know|"
    "i mean|i see|i agree|i think so|of course|got it|fair enough|hello|hi|hey|bye|goodbye|"
    "good morning|good afternoon|good evening|everyone|everybody|all|there|very much|so much|too|me"
)
_MEETING_PHRASES = (
    r"(?:can|could|do) (?:you|everyone|everybody|anybody|anyone|people) (?:all )?(?:hear|see) "
    r"(?:me|us|my screen|the screen|the slides?|it|that)(?: (?:now|okay|all right|well))?",
    r"you(?:'re| are) (?:on mute|muted|breaking up|frozen)",
    r"(?:am i|i was|i'm|i am|was i) (?:on mute|muted|still (?:here|there|sharing))",
    r"(?:un)?mute (?:yourself|yourselves|me|him|her|them)?",
    r"(?:next|previous|last|first) slide(?: please)?",
    r"(?:can|could|let me|i'll|i will|i'm going to|are you able to) (?:you )?"
    r"(?:share|stop sharing) (?:my|your|the) screen",
    r"(?:let's|we'll|shall we|we can|can we) (?:get started|move on|take a (?:short )?break|"
    r"wrap (?:this |it )?up|start|begin)(?: (?:now|then|here|to the next \w+))?",
    r"(?:go ahead|over to you|back to you|after you|you go(?: first)?|your turn)",
    r"(?:we(?:'re| are)|i think we(?:'re| are)) (?:out of|running out of|short on) time",
    r"(?:any|are there any|do we have any) (?:other |more |further )?questions?",
    r"(?:i (?:can(?:'t|not)?|could(?:n't| not)?) (?:hear|see) (?:you|it|that|anything))"
    r"(?: (?:now|well|fine))?",
    r"(?:could|can|would) you (?:repeat|say) that(?: again)?",
    r"(?:who(?:'s| is)|what(?:'s| is)) (?:next|that)",
)
_NOTHING = re.compile(rf"\b(?:{'|'.join(_MEETING_PHRASES)}|{_HESITATIONS})\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_MOST_WORDS_LEFT = 1
# Every run of letters that filler can hold, but for the one word that follows "the next".
_OF_FILLER = frozenset(re.findall("[a-z]+", "|".join((_HESITATIONS, *_MEETING_PHRASES)))) | {
    *("mmhmm", "uhhuh", "question", "unmute", "cannot", "couldn"),
}


def is_meeting_talk(text: str) -> bool:
    """Whether a passage says nothing beyond hesitation, agreement or the running of the meeting.

    >>> is_meeting_talk("Yeah. Can you hear me now?"), is_meeting_talk("Yeah, my chair broke.")
    (True, False)
    """
    if _says_more(text):
        return False
    n_left = sum(1 for _ in islice(_words_left(text), _MOST_WORDS_LEFT + 1))
    if n_left > _MOST_WORDS_LEFT:
        return False
    # A short answer may be all content ("Ventilation."): only a word among filler is filler.
    return not n_left or len(_WORD.findall(text)) >= 4 * n_left


def _says_more(text: str) -> bool:
    """Whether two words near the beginning are in no filler: seen in a quarter of the time."""
    if not text.isascii() or "next" in (text := text.lower()):
        return False
    n_more = 0
    for word in _WORD.finditer(text):
        n_more += word[0].partition("'")[0] not in _OF_FILLER
        if n_more > _MOST_WORDS_LEFT:
            return True
    return False


def _words_left(text: str) -> Iterator[str]:
    """The words that say something: most passages have two of them near their beginning."""
    text = text.replace("’", "'")
    end = 0
    for nothing in _NOTHING.finditer(text):
        yield from _WORD.findall(text[end : nothing.start()])
        end = nothing.end()
    yield from _WORD.findall(text[end:])
