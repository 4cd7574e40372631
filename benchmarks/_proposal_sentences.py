"""Sentences that propose and that do not, for learning and for measuring. See `invented`.

Invented ones are made from templates, the same words of content in both kinds; written and held
out ones stand in files, many of them in the voices of different people. Of real talk only places
and labels are kept here, never a word: whoever has the folder of real data reads the sentences
there.
"""

import csv
import json
import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "proposals"
_SLOT = re.compile(r"\{(\w+)\}")
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_MARK = re.compile(r"\{\w+\}|<\w+>")
_BEFORE_MARK = re.compile(r"\s+([.,?!'])")
_PAST = dict(
    pair.split(":")
    for pair in re.findall(
        r"\S+",
        "put:put let:let run:ran keep:kept bring:brought build:built send:sent give:gave "
        "write:wrote hold:held make:made take:took get:got go:went eat:ate see:saw have:had "
        "pay:paid sit:sat buy:bought wear:wore spend:spent cut:cut set:set leave:left find:found "
        "choose:chose lend:lent read:read come:came meet:met split:split draw:drew freeze:froze "
        "tell:told drive:drove plan:planned stop:stopped drop:dropped ship:shipped skip:skipped "
        "tip:tipped",
    )
)
_DOUBLED = re.compile(r"(?:put|let|run|get|sit|cut|set|plan|stop|drop|ship|skip|tip|split)$")
_ONE_OF_THEM = re.compile(r"^(?:the \w+|every \w+|Microsoft|\w+body|someone|finance|parliament)$")
_SEVERAL = re.compile(r"^the .*(?:s|people|staff)$")
_SPOKEN_BEFORE = (
    *("um", "uh", "so", "yeah", "well", "okay", "and", "but", "you know", "I mean", "I think"),
    *("also", "no", "right", "now", "and then", "I guess"),
)
_WRITTEN_BEFORE = ("So", "Also", "But", "And", "Overall", "Anyway", "Finally", "Plus")
_JOINTS = (", ", ". ", " and ", " - ", "; ")
_REASONS = (" because ", " since ", ", ", " and ", ", as ", " so that ", " - ")


@dataclass(frozen=True)
class Labelled:
    """A sentence, whether it proposes something, and what kind of text it stands for."""

    text: str
    proposes: bool
    kind: str


def invented(n_of_each: int, seed: int) -> list[Labelled]:
    """Sentences from every template, each with so many fillings; the same for the same seed."""
    chance = random.Random(seed)
    areas = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    templates = tomllib.loads((FOLDER / "templates.toml").read_text("utf-8"))
    found: dict[str, Labelled] = {}
    for proposes, name in ((True, "proposes"), (False, "tells")):
        for register, forms in templates[name].items():
            fitting = [a for a in areas.values() if register in ("any", a["register"])]
            for form in forms:
                for _ in range(n_of_each if "{" in form else max(1, n_of_each // 4)):
                    area = chance.choice(fitting)
                    text = _spoilt(_filled(form, area, chance), area, chance)
                    found.setdefault(text, Labelled(text, proposes, area["register"]))
    return list(found.values())


def from_file(name: str) -> list[Labelled]:
    """Sentences written by hand: ``written`` to learn from, ``held_out`` to measure."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Labelled(r["sentence"], r["proposes"] == "1", r["kind"]) for r in rows]


def voices(*, is_unseen: bool = False) -> list[Labelled]:
    """Sentences written in many people's voices, to learn from; the unseen ones to measure.

    A line ``== kind: who speaks`` begins a voice; then ``+`` proposes and ``-`` does not.
    """
    found: list[Labelled] = []
    for path in sorted((FOLDER / "voices").glob("*.txt")):
        if (path.stem == "unseen") is not is_unseen:
            continue
        kind = ""
        for line in path.read_text("utf-8").split("\n"):
            if line.startswith("== "):
                kind = line.removeprefix("== ").split(":")[0]
            elif line:
                found.append(Labelled(line[2:], line[0] == "+", kind))
    return found


def heard(real: Path, part: str) -> list[Labelled]:
    """Sentences of QMSum's meetings that were labelled by hand, ``train`` or ``val``."""
    with (FOLDER / "heard.tsv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["part"] == part]
    told = [
        json.loads(line)["meeting_transcripts"]
        for line in (real / f"qmsum_{part}.jsonl").read_text("utf-8").splitlines()
    ]
    return [
        Labelled(
            tidied(told[int(r["meeting"])][int(r["turn"])]["content"], int(r["sentence"])),
            r["proposes"] == "1",
            "heard",
        )
        for r in rows
    ]


def email_intent(real: Path, file_name: str) -> list[Labelled]:
    """Sentences of e-mails: does it ask somebody to act, propose, or commit?"""
    lines = (real / "email_intent" / file_name).read_text("latin-1").split("\n")
    pairs = [line.split("\t", 1) for line in lines if "\t" in line]
    return [Labelled(text, label == "Yes", "email") for label, text in pairs]


def minutes(real: Path) -> list[Labelled]:
    """Lines of minutes: what followed the word PROPOSAL, and four times as many other lines."""
    proposed, other = [], []
    for path in sorted((real / "jsonld_minutes").rglob("irc.log")):
        for text in _lines_of(path):
            marked = re.match(r"PROPOSAL ?\d*: ?(.+)", text)
            if marked and len(marked[1].split()) >= 3:
                proposed.append(Labelled(marked[1], True, "minutes"))
            elif not marked and _is_talk(text):
                other.append(Labelled(re.sub(r"^\w+: (?=\S)", "", text), False, "minutes"))
    random.Random(0).shuffle(other)
    return proposed + other[: 4 * len(proposed)]


def _lines_of(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8", errors="replace").split("\n"):
        said = re.match(r"\[[^\]]*\]\s*<[^>]*>\s*(.*)", line)
        if said:
            yield said[1].strip()


def _is_talk(text: str) -> bool:
    is_marked = re.match(
        r"PROPOSAL|RESOLVED|RESOLUTION|ACTION|Topic|\+1|scribe|q\+|present", text, re.IGNORECASE
    )
    return not is_marked and len(text.split()) >= 5 and "http" not in text


def sentence_of(text: str, n_sentence: int) -> str:
    """One sentence of a text, counted from 0."""
    return _SENTENCE.split(text)[n_sentence]


def tidied(turn: str, n_sentence: int) -> str:
    """One sentence of a turn, without the marks of the transcribers."""
    sentence = sentence_of(turn, n_sentence)
    return _MARK.sub("", _BEFORE_MARK.sub(r"\1", sentence)).strip()


def _filled(form: str, area: dict[str, Any], chance: random.Random) -> str:
    who = chance.choice(area["who"])
    do, do2 = chance.sample(area["do"], 2)
    tip, tip2 = chance.sample(area["tip"], 2)
    thing = chance.choice(area["thing"])
    what, what2 = chance.sample(area["what"], 2)
    words = {"who": who, "thing": thing, "thing2": _ARTICLE.sub("", thing)}
    words |= {"do": do, "do2": do2, "did": _past(do), "doing": _going_on(do)}
    words |= {"tip": tip, "tip2": tip2, "tipped": _past(tip), "tipping": _going_on(tip)}
    words |= {"what": what, "what2": what2}
    text = _SLOT.sub(lambda slot: words[slot[1]], form)
    if _ONE_OF_THEM.match(who) and not _SEVERAL.match(who):
        text = _for_one(text, who)
    return text


def _for_one(text: str, who: str) -> str:
    verbs = "need|want|suggest|plan|deserve"
    text = re.sub(rf"{re.escape(who)} (really )?({verbs})\b", rf"{who} \1\2s", text)
    for several, one in (("have", "has"), ("are", "is"), ("were", "was")):
        text = text.replace(f"{who} {several} ", f"{who} {one} ")
    return text


def _past(words: str) -> str:
    verb, *rest = words.split(" ")
    regular = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        regular = f"{verb[:-1]}ied"
    return " ".join([_PAST.get(verb, regular), *rest])


def _going_on(words: str) -> str:
    verb, *rest = words.split(" ")
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return " ".join([f"{stem}{verb[-1] if _DOUBLED.match(verb) else ''}ing", *rest])


def _spoilt(text: str, area: dict[str, Any], chance: random.Random) -> str:
    """As people say and type it: fillers, joined sentences, reasons, lost capitals and marks."""
    text = _spoken(text, chance) if area["register"] == "meeting" else _typed(text, chance)
    if chance.random() < 0.12:
        text = chance.choice(area["what"]) + chance.choice(_JOINTS) + text
    if chance.random() < 0.12:
        text = text.rstrip(".!") + chance.choice(_REASONS) + chance.choice(area["what"])
    if chance.random() < 0.85:
        text = text[:1].upper() + text[1:]
    if chance.random() < 0.1:
        text = text.lower()
    return text.replace("'", "") if chance.random() < 0.05 else text


def _spoken(text: str, chance: random.Random) -> str:
    if chance.random() < 0.3:
        text = f"{chance.choice(_SPOKEN_BEFORE)}{chance.choice((' ', ', '))}{text}"
    if chance.random() < 0.4:
        return text.lower().replace(",", "").rstrip(".")
    return text if text.endswith(("?", ".", "!")) else f"{text}."


def _typed(text: str, chance: random.Random) -> str:
    if chance.random() < 0.08:
        text = f"{chance.choice(_WRITTEN_BEFORE)}{chance.choice((' ', ', '))}{text}"
    if chance.random() < 0.1:
        return text.rstrip(".")
    return f"{text.rstrip('.')}!" if chance.random() < 0.06 else text


def texts_of(sentences: Sequence[Labelled]) -> list[str]:
    """Only the words."""
    return [one.text for one in sentences]
