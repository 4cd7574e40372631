"""Golden tests on files that real tools wrote; they are never part of the repository."""

import json
import re
from pathlib import Path

import pytest

from domain.errors import FileRefused
from intake.front_door import read_recommendations, read_roster, read_table, read_transcript

pytestmark = pytest.mark.real

ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
ZOOM_CUE = re.compile(r"\d\d:\d\d:\d\d\.\d{3} --> \S+\n([^:\n]{1,60}): (.+)")


def files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    assert found, f"no {pattern} in {folder.name}"
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def heard_or_refused(path: Path, reader=read_transcript):
    try:
        return reader(path.name, path.read_bytes())
    except FileRefused:
        return None


def test_every_zoom_cue_has_its_speaker_and_its_words(real_data):
    wrong = []
    for path in files(real_data / "zoom_vtt", "**/*.vtt"):
        text = path.read_bytes().decode().replace("\r\n", "\n")
        expected = [(name, words.strip()) for name, words in ZOOM_CUE.findall(text)]
        cues = read_transcript(path.name, path.read_bytes()).cues
        if [(cue.speaker, cue.text) for cue in cues] != expected or not expected:
            wrong.append(path)

    assert wrong == []


def test_zoom_turns_keep_every_word_of_their_cues(real_data):
    for path in files(real_data / "zoom_vtt", "acde/*/transcript.vtt"):
        heard = read_transcript(path.name, path.read_bytes())

        assert " ".join(t.text for t in heard.turns) == " ".join(c.text for c in heard.cues)


def test_every_cue_text_of_the_conformance_files_is_kept(real_data):
    """U7: Every line of speech of the W3C and vtt.js files is kept."""
    lost = []
    for path in files(real_data / "vtt_conformance", "**/*.vtt"):
        spoken = list(cue_lines(path.read_bytes().decode("utf-8", errors="replace")))
        heard = heard_or_refused(path)
        kept = squeezed("".join(cue.text for cue in heard.cues)) if heard else ""
        lost += [(path.name, line) for line in spoken if squeezed(line) not in kept]

    assert lost == []


def cue_lines(text):
    """Lines below a time line that hold no markup: they must be found again as they stand."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n{2,}", text.replace("\x00", "\ufffd")):
        is_spoken = False
        for line in block.split("\n"):
            if "-->" in line:
                is_spoken = re.search(r"\d:\d\d.*-->", line) is not None
            elif is_spoken and line.strip() and not re.search(r"[<>&]", line):
                yield line


def test_the_cues_that_vtt_js_expects_are_all_kept(real_data):
    """U7: Every caption that the standard's parsers find is found."""
    lost = []
    for path in files(real_data / "vtt_conformance" / "vttjs", "**/*.vtt"):
        golden = path.with_suffix(".json")
        expected = json.loads(golden.read_text("utf-8")).get("cues", []) if golden.exists() else []
        heard = heard_or_refused(path)
        n_heard = len({cue.place for cue in heard.cues}) if heard else 0
        n_spoken = sum(bool(plain(cue.get("text") or cue.get("content", ""))) for cue in expected)
        if n_heard < n_spoken:
            lost.append((path.name, n_heard, n_spoken))

    assert lost == []


def plain(marked):
    return re.sub(r"</?[a-z0-9][^<>]*>|&\w+;", "", marked).strip()


def test_the_same_documentary_as_srt_and_as_vtt_is_the_same(real_data):
    folder = real_data / "subtitle_files" / "pycaption" / "examples"
    srt, vtt = (
        read_transcript(name, (folder / name).read_bytes())
        for name in ("example.srt", "example.vtt")
    )

    assert len(srt.cues) == 1847
    assert [(c.speaker, c.text, c.start_s, c.end_s) for c in srt.cues] == [
        (c.speaker, c.text, c.start_s, c.end_s) for c in vtt.cues
    ]
    assert srt.text_sha256 == vtt.text_sha256


def test_otter_exports_keep_every_word_and_name(real_data):
    for path in files(real_data / "subtitle_files" / "otter-ladybug" / "transcripts", "*.md"):
        heard = read_transcript(path.name, path.read_bytes())
        source = path.read_text("utf-8").replace("Transcribed by https://otter.ai", "")

        assert heard.format == "otter"
        assert all(cue.speaker for cue in heard.cues)
        expected = re.sub(
            r"(?m)^(\*\*)?[A-Z][\w ]{1,30}?(\*\*)?[ ]+\d+:\d\d(:\d\d)?\s*$", "", source
        )
        expected = re.sub(r"(?m)^\*\*\w+\*\* ", "", expected)
        assert squeezed("".join(cue.text for cue in heard.cues)) == squeezed(expected)


@pytest.mark.parametrize(
    ("name", "n_cues", "labels"),
    [
        ("assemblyai_utterances.json", 1, ["A"]),
        ("assemblyai_transcription.json", 3, ["A"]),
        ("dg_speakers.json", 22, ["Speaker 0", "Speaker 1", "Speaker 2"]),
        ("dg_speakers_no_utterances.json", 28, ["Speaker 0", "Speaker 1", "Speaker 2"]),
        ("dg_utterances.json", 6, [None]),
        ("whisper_timestamped.json", 4, [None]),
    ],
)
def test_json_of_speech_engines_gives_their_segments_and_speakers(real_data, name, n_cues, labels):
    heard = read_transcript(name, (real_data / "speech_to_text_json" / name).read_bytes())

    assert len(heard.cues) == n_cues
    assert [share.label for share in heard.speakers] == labels


@pytest.mark.parametrize(
    "name",
    [
        "assemblyai_utterances",
        "assemblyai_transcription",
        "dg_transcription",
        "whisper_timestamped",
    ],
)
def test_json_keeps_the_whole_text_of_the_engine(real_data, name):
    path = real_data / "speech_to_text_json" / f"{name}.json"
    value = json.loads(path.read_text("utf-8"))
    whole = value.get("text") or value["results"]["channels"][0]["alternatives"][0]["transcript"]

    heard = read_transcript(path.name, path.read_bytes())

    assert squeezed("".join(cue.text for cue in heard.cues)) == squeezed(whole)


@pytest.mark.parametrize("reader", [read_transcript, read_recommendations, read_table, read_roster])
def test_every_odd_office_file_is_read_or_refused(real_data, reader):
    for path in files(real_data / "office_files", "*.*"):
        heard_or_refused(path, reader)


@pytest.mark.parametrize(
    "folder", ["subtitle_files", "vtt_conformance", "speech_to_text_json", "naughty_strings"]
)
def test_every_odd_text_file_is_read_or_refused(real_data, folder):
    for path in files(real_data / folder, "**/*"):
        heard_or_refused(path)


def test_naughty_strings_pass_as_speaker_and_words(real_data):
    strings = json.loads((real_data / "naughty_strings" / "blns.json").read_text("utf-8"))
    said = [s for s in strings if s.strip() and not re.search("[\r\n\t\x00]", s)]
    rows = "\n".join(f'"{s}","{s}"' for s in (s.replace('"', '""') for s in said))

    heard = read_transcript("t.csv", f"speaker,text\n{rows}\n".encode("utf-8", "surrogatepass"))

    assert [cue.text for cue in heard.cues] == [s.strip(" \u00a0") for s in said]
    assert [cue.speaker for cue in heard.cues] == [s.strip(" \u00a0") for s in said]
