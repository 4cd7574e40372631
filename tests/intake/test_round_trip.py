import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import FileRefused
from intake.front_door import read_transcript
from intake.result import ColumnMap

LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="<&\ufeff\ufffd"
)
WORDS = st.text(LETTERS, min_size=1, max_size=60).map(lambda t: t.strip(" \t\u00a0")).filter(
    lambda t: t.strip() and "-->" not in t and not t.isdecimal()
)  # fmt: skip
NAMES = (
    st.text(LETTERS.filter(lambda c: c not in ">:"), min_size=1, max_size=40)
    .map(lambda t: t.strip())
    .filter(bool)
)
CUES = st.lists(st.tuples(NAMES, WORDS, st.integers(0, 9_000_000), st.integers(0, 9_000)), min_size=1, max_size=8)  # fmt: skip


def clock(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


@settings(deadline=None)
@given(cues=CUES)
def test_vtt_gives_back_every_speaker_word_and_time(cues):
    blocks = [
        f"{clock(start)} --> {clock(start + length)}\n<v {name}>{words}</v>\n"
        for name, words, start, length in cues
    ]

    heard = read_transcript("t.vtt", ("WEBVTT\n\n" + "\n".join(blocks)).encode())

    assert [(c.speaker, c.text, c.start_s, c.end_s) for c in heard.cues] == [
        (name, words, start / 1000, (start + length) / 1000) for name, words, start, length in cues
    ]


@settings(deadline=None)
@given(cues=CUES)
def test_csv_gives_back_every_speaker_and_word(cues):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["speaker", "text", "start"])
    writer.writerows([name, words, start / 1000] for name, words, start, _ in cues)
    columns = ColumnMap(speaker="speaker", text="text", start="start")

    heard = read_transcript("t.csv", buffer.getvalue().encode(), columns=columns)

    assert [(c.speaker, c.text, c.start_s) for c in heard.cues] == [
        (name.strip(" \t\u00a0") or None, words, start / 1000) for name, words, start, _ in cues
    ]


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(data):
    try:
        heard = read_transcript("t", data)
    except FileRefused:
        return
    assert heard.turns


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(st.sampled_from(["WEBVTT", "\n", "\n\n", "1", "00:01.000 --> 00:02.000", "00:00:01,5 --> 0:2", "-->", "<v Ann>", "</v>", "Ann: ", "Ann  0:05", "**Bo** ", "0:00:01.0,0:00:02.0", "words", "[", "{\"a\":", "NOTE", "\r", "\x00", ","]), max_size=25))  # fmt: skip
def test_pieces_of_formats_in_any_order_are_read_or_refused(parts):
    try:
        heard = read_transcript("t", "".join(parts).encode())
    except FileRefused:
        return
    assert heard.turns
