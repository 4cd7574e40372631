"""Words that tell nothing about a theme. Start at `STOP_WORDS`."""

_WORDS = """
a about als above actually after again against ago ah all almost already also although always am
among an and another any anybody anyone anything anyway are aren't around as ask asked at away
back basically be because become been before being below best better between big bit both but by
call came can can't cannot certainly come comes coming could couldn't course definitely did
didn't different do does doesn't doing don't done down during each either else end enough er erm
especially etc even ever every everybody everyone everything exactly far feel few find first for
from further gave get gets getting give given go goes going gone gonna good got gotta great
guess guys had happen happened happens hard has hasn't have haven't having he he'd he'll he's
hello help her here here's hers hey hi him his hm hmm how however huh i i'd i'll i'm i've idea
if in indeed instead into is isn't it it'd it'll it's its itself just keep kind kinda knew know
known knows last later least less let let's like likely little long look looked looking looks
lot lots made make makes making many may maybe me mean means meant might mine mm mhm mmm more
most mostly much must my myself need needed needs never new next nice no nobody none nope nor
not nothing now obviously of off often oh ok okay old on once one ones only onto or other others
otherwise our ours out over own part particular particularly people per perhaps person place
please point possible pretty probably put question quite rather read real really reason right
said same saw say saying says second see seem seems seen sense several shall she she's should
shouldn't since small so some somebody somehow someone something sometimes somewhere soon sorry
sort start started still stuff such suppose sure take taken takes taking talk talked talking
tell than thank thanks that that'd that's the their theirs them themselves then there there's
therefore these they they'd they'll they're they've thing things think thinking third this those
though thought three through thus time times to today together told too took tried true try
trying two uh uh-huh um umm under unless until up upon us use used uses using usually various
very want wanted wants was wasn't way ways we we'd we'll we're we've well went were weren't what
what's whatever when where whether which while who who's whoever whole whom whose why will wish
with within without won't wonder wondering word work worked works would wouldn't yea yeah year
years yep yes yet you you'd you'll you're you've your yours yourself yup
"""
# Numbers and stretches of time: they name nothing by themselves.
_COUNTS = """
eight eighteen eighty eleven fifteen fifty five forty four fourteen half hundred hundreds million
nine nineteen nineteenth ninety seven sevens seventeen seventy six sixteen sixty ten tenth thirteen
thirty thousand thousands twelve twenty twenty-four
afternoon day days decade evening hour hours minute minutes month months morning seconds tomorrow
tonight week weeks yesterday
"""
# Verbs and nouns of any talk.
_ANY_TALK = """
answer answered answers asking asks assume assumed bear bring bringing brings brought care cared
check checked decent decide decided end ended feels felt follow followed hang hear heard hold
holds honest laugh laughed laughing learn learned leave left line lines listen listening loud
meet meeting meetings notice number numbers open ought page pages paid pass passed pay pays quiet
read reading room rule rules screaming sentence shout shouting sit sits sitting stand state stay
stayed table teach tell telling till turn turned turns wait waited waiting walk walked watch
watched word words write writing wrong wrote
"""
# What is said to keep talk going, and what judges without saying what.
_FILLERS = """
afterwards ah-ha anyways awesome aye bloody bucks cool crazy cute damn excellent fancy fantastic
favourite funny interesting kidding lovely mm-hmm mm-mm oops perfect silly somewhat stupid super
terrible ugly uh-oh wanna weird whatsoever wonderful wow
"""
# What waits for a word that was cut off.
_WAITS = """
able actual additional allow allowed allows available avoid bad basic became become becomes begin
begins believe build certain choose clear common complete consider correct create current decide
depends describe easy entire expect explain extra final full general hope huge imagine important
include includes including initial involve involved involves join lead leads main major mention
mentioned necessary obvious personal potential prefer prevent previous proper propose provide
provides real realise realize receive recommend relevant remember require requires seem select send
similar simple single special specific suggest suggested support supposed tend total typical
understand unique useful usual whole
"""
_HOLDS = "a an and at for from in of on the to with without"
_LY = "assembly daily elderly family friendly monthly reply supply weekly"
STOP_WORDS = frozenset((_WORDS + _COUNTS + _ANY_TALK + _FILLERS).split())
# A phrase that ends in one of these is half a phrase: "several potential".
NEVER_ENDS = frozenset(_WAITS.split())
# Words that may stand between two that tell something: "loss of voice".
HOLDS_TOGETHER = frozenset(_HOLDS.split())
# Words in -ly that say what, not how.
ENDS_IN_LY = frozenset(_LY.split())
# These name nothing alone, but a phrase may begin with them: "first night", "new chair".
MAY_BEGIN = frozenset(
    [
        "first",
        "last",
        "second",
        "next",
        "new",
        "old",
        "small",
        "long",
        "early",
        "late",
        "home",
        "own",
        "one",
        "two",
        "three",
    ]
) | frozenset(_COUNTS.split())
