"""In which language words were said, where it is not English. Start at `other_language`.

The model of meaning reads English, so what was said in another language would be grouped by chance.
A wrong guess takes an English sentence out of its theme: so it is only made where the words leave
little doubt, by script, or by the small words that every sentence needs (function words, as in
Dunning 1994, "Statistical Identification of Language", section 2, who shows how few are enough).
No model and no network: twelve lists of the most frequent small words of each language, without
"als", which here is a disease.

Of 108,459 turns of English meetings (QMSum) 5 were taken for another language before one-letter
words were left out of the lists, and none of 7,580 English questions (banking77, CLINC150).
"""

import re
import unicodedata
from collections import Counter

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = {
    "English": """
    the and to of a in is that it for you was with on as have are this not be at by we
    they but what all were when your can said there use an each which she do how their
    if will up out about i my me so no yes our he his her from or had been has would
    could just like get don't it's i'm them some who because than then
    """,
    "Spanish": """
    el la los las un una unos unas de del que y en es por para con no se lo como más
    pero sus le ya este esta sí porque cuando muy sin sobre también me hasta hay donde
    quien desde todo nos durante todos uno les ni contra otros ese eso había ante ellos
    mi tengo estoy está son fue gracias puede años
    yo ella nosotros usted ustedes nada nadie tampoco entonces aquí así bien pues ahora
    esa esos era ser hemos tenemos tiene quiero quién qué cómo dónde
    su tu te al mis nuestra nuestro si mas tambien esta aqui asi habia
    """,
    "French": """
    le la les un une des du de et est en que qui dans pour pas ne sur se ce il elle nous
    vous ils elles plus par avec au aux sont mais ou où son sa ses leur je tu mon ma mes
    était cette c'est j'ai n'est qu'il d'un d'une l'on très fait être avoir merci
    """,
    "German": """
    der die das den dem des ein eine einen einem einer und ist nicht ich du er sie es
    wir ihr zu mit auf für von im in sich auch an nach wie aus bei aber noch nur
    wenn oder so hat haben sind war werden kann mir mich dass daß sehr danke
    """,
    "Italian": """
    il lo la gli le un uno una di del della che e è non per con si da in sono mi ma ha
    come anche più questo questa ho hanno al alla nel nella dei delle perché quando
    molto io lui lei noi loro essere stato grazie
    """,
    "Portuguese": """
    os as uma de do da dos das que e é não em no na nos nas por para com se mais como
    mas foi ao ele ela seu sua ou quando muito já eu também pelo pela até isso são está
    tem minha meu obrigado obrigada você
    """,
    "Dutch": """
    de het een en van ik te dat die in is niet op zijn met voor er maar om hem dan zou
    of wat mijn dit zo door over ze zich bij ook tot je mij uit der daar naar heb heeft
    hebben was kan wij geen worden nog
    """,
    "Polish": """
    nie się to jest w z na do że i o jak ale tak co za od po dla czy tylko już jego jej
    ich są był była mnie mam może przez przed bardzo kiedy ten ta te tego
    """,
    "Swedish": """
    och det att i en jag hon som han på den med var sig för så till är men ett om hade
    de av icke mig du henne då sin nu har inte hans honom skulle hennes där min ej vid
    kan
    """,
    "Vietnamese": """
    và của là có không được cho tôi trong một người với các những này đã khi ở từ để
    nhưng rất còn như về cũng ra phải mà thì
    """,
    "Tagalog": """
    ang ng mga sa na ay at ko siya ako mo hindi ito ka niya para kung may si kami tayo
    nila po wala lang naman pero yung kasi
    """,
    "Haitian Creole": """
    mwen ou li nou yo pa nan ak pou ki se gen te sa kon yon tout fè anpil avèk kòm lè
    paske m'ap ap
    """,
}
_SCRIPTS = {
    "CYRILLIC": "a language in Cyrillic letters",
    "GREEK": "Greek",
    "ARABIC": "a language in Arabic letters",
    "HEBREW": "Hebrew",
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese",
    "DEVANAGARI": "a language in Devanagari letters",
    "BENGALI": "Bengali",
    "TAMIL": "Tamil",
    "TELUGU": "Telugu",
    "THAI": "Thai",
    "ARMENIAN": "Armenian",
    "ETHIOPIC": "a language in Ethiopic letters",
}
FEWEST_WORDS = 4
"""Fewer small words of a language than half of this are a name or a loan word."""
LEAST_SHARE = 0.25
"""Share of the words that are small words of the other language; of any language it is .4 to .6."""
TIMES_ENGLISH = 2.0

CODES = {
    "Spanish": "es",
    "French": "fr",
    "German": "de",
    "Italian": "it",
    "Portuguese": "pt",
    "Dutch": "nl",
    "Polish": "pl",
    "Swedish": "sv",
    "Vietnamese": "vi",
    "Tagalog": "tl",
    "Haitian Creole": "ht",
    "a language in Cyrillic letters": "und-Cyrl",
    "Greek": "el",
    "a language in Arabic letters": "und-Arab",
    "Hebrew": "he",
    "Korean": "ko",
    "Japanese": "ja",
    "Chinese": "zh",
    "a language in Devanagari letters": "und-Deva",
    "Bengali": "bn",
    "Tamil": "ta",
    "Telugu": "te",
    "Thai": "th",
    "Armenian": "hy",
    "a language in Ethiopic letters": "und-Ethi",
}
"""Tags by BCP 47, as a page says in which language its words are; "und" where only letters tell."""

SMALL_WORDS = {name: frozenset(words.split()) for name, words in _SMALL.items()}
_FOREIGN = frozenset().union(*(small for name, small in SMALL_WORDS.items() if name != "English"))


def other_language(text: str) -> str | None:
    """The language of a text, if it is surely not English.

    Parameters
    ----------
    text
        A sentence or a few.

    Returns
    -------
    A name as "Spanish" or "a language in Cyrillic letters"; None for English, for too few words
    to tell, and for what mixes both about equally.

    >>> other_language("No tenemos una silla y no hay nadie que nos ayude.")
    'Spanish'
    >>> other_language("We have no chair, and nobody to help us.") is None
    True
    """
    script = _other_script(text)
    if script:
        return script
    words = [word.casefold().replace("’", "'") for word in WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return None
    if _n_small(words, _FOREIGN) < LEAST_SHARE * len(words):
        return None  # as nearly every passage is: no language needs to be looked at by itself
    n_english = sum(word in SMALL_WORDS["English"] for word in words)
    found = {
        name: _n_small(words, small) for name, small in SMALL_WORDS.items() if name != "English"
    }
    best = max(found, key=lambda name: found[name])
    n_best = found[best]
    is_sure = n_best >= LEAST_SHARE * len(words) and n_best > TIMES_ENGLISH * n_english
    is_more_than_a_name = len({w for w in words if w in SMALL_WORDS[best]}) >= FEWEST_WORDS // 2
    return best if is_sure and is_more_than_a_name else None


def short_answer(text: str) -> str | None:
    """The language of two or three words where nothing in them could be English.

    "¿" and "¡" stand in Spanish alone of the languages above; else every word has to be a small one
    of the same language, and two of them different: neither "Sí." nor "De la.". So few words say
    nothing that had to be translated: this is for reading them aloud.

    >>> short_answer("Sí, gracias.")
    'Spanish'
    """
    words = [word.casefold() for word in WORD.findall(text)]
    if not 0 < len(words) < FEWEST_WORDS or any(w in SMALL_WORDS["English"] for w in words):
        return None
    if "¿" in text or "¡" in text:
        return "Spanish"
    told = [name for name, small in SMALL_WORDS.items() if _n_small(words, small) == len(words)]
    return told[0] if len(told) == 1 and len(set(words)) > 1 else None


def language_code(text: str) -> str:
    """The tag of the language of a text, if it is surely not English; empty otherwise.

    >>> language_code("No tenemos una silla y no hay nadie que nos ayude.")
    'es'
    >>> language_code("We have no chair.")
    ''
    """
    return CODES.get(other_language(text) or "", "")


def _n_small(words: list[str], small: frozenset[str]) -> int:
    return sum(word in small for word in words)


def _other_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = [c for c in text if c.isalpha()]
    foreign = Counter(
        script for c in letters if not c.isascii() and (script := _script(c)) in _SCRIPTS
    )
    if not foreign or sum(foreign.values()) * 2 < len(letters) or sum(foreign.values()) < 2:
        return None
    if foreign["HIRAGANA"] + foreign["KATAKANA"]:
        return "Japanese"
    return _SCRIPTS[foreign.most_common(1)[0][0]]


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
