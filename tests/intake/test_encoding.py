import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import FileRefused
from intake.front_door import read_pasted_captions, read_transcript

TALK = "Zoë Müller: It’s fine – “really”.\nJosé: Sí, señora.\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_western_text_is_read_right_in_any_encoding(encoding, found):
    """U6: UTF-8 and UTF-16 of both kinds, with and without a mark, cp1252, MacRoman."""
    heard = read_transcript("talk.txt", TALK.encode(encoding))

    assert heard.encoding == found
    assert [(turn.speaker, turn.text) for turn in heard.turns] == [
        ("Zoë Müller", "It’s fine – “really”."),
        ("José", "Sí, señora."),
    ]


def test_a_guessed_encoding_is_told():
    heard = read_transcript("talk.txt", TALK.encode("cp1252"))

    assert "guessed_encoding" in {oddity.kind for oddity in heard.oddities}


def test_letters_stored_in_an_unknown_way_are_asked_about():
    """U6: Where a guess would change words, the encoding is asked for."""
    with pytest.raises(FileRefused, match="Which encoding"):
        read_transcript("talk.txt", "Борис: привет всем".encode("koi8-r"))


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("koi8-r", "Борис: привет всем, как дела сегодня?\n"),
        ("shift_jis", "田中: こんにちは、今日は会議を始めます。\n"),
    ],
)
def test_enough_text_in_another_script_is_read_right_and_told(encoding, line):
    """U6: Shift-JIS and Cyrillic come out right, and the guess is told."""
    heard = read_transcript("talk.txt", (line * 20).encode(encoding))

    assert heard.turns[0].text.startswith(line.split(": ")[1].strip())
    assert heard.oddities[0].kind == "guessed_encoding"


def test_the_answer_to_which_encoding_is_used():
    heard = read_transcript("talk.txt", "Борис: привет".encode("koi8-r"), encoding="koi8-r")

    assert heard.turns[0].speaker == "Борис"


@pytest.mark.parametrize("encoding", ["no-such", "ascii", "rot13"])
def test_a_wrong_answer_to_which_encoding_is_refused(encoding):
    with pytest.raises(FileRefused):
        read_transcript("talk.txt", TALK.encode(), encoding=encoding)


def test_broken_bytes_are_counted_and_shown():
    """U6: A character that cannot be read is counted, in the words beside the file."""
    heard = read_transcript("talk.txt", "Zoë: ä ö ü é è\nJosé: yes".encode() + b" \xff")

    assert heard.turns[1].text == "yes \ufffd"
    assert "1 character could not be read" in heard.oddities[0].sentence


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_parts_lines(end):
    """U6: Every kind of line end."""
    heard = read_transcript("talk.txt", f"Maria: one{end}Tom: two".encode())

    assert [turn.text for turn in heard.turns] == ["one", "two"]


@pytest.mark.parametrize("mark", ["\x85", "\x0b", "\x0c", "\u2028", "\u2029"])
def test_other_separators_stay_inside_the_words(mark):
    heard = read_transcript("talk.txt", f"Maria: one{mark}two\nTom: three".encode())

    assert heard.turns[0].text == f"one{mark}two"


def test_pasted_captions_are_read_like_a_file():
    heard = read_pasted_captions("1\r\n00:00:01,000 --> 00:00:02,000\r\nMaria: hello\r\n")

    assert (heard.format, heard.turns[0].speaker, heard.turns[0].start_s) == ("srt", "Maria", 1.0)


def test_a_pasted_line_without_a_name_is_kept():
    assert read_pasted_captions("we need more ramps").turns[0].text == "we need more ramps"


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("Zo\x00ë: hi\x00there".encode(), "Zo\ufffdë hi\ufffdthere"),
        (b"Ann: half \xed\xa0\x80 a letter", "Ann half \ufffd a letter"),
        (b"Ann: \xed\xa0\xbd\xed\xb8\x80 two halves", "Ann 😀 two halves"),
        ("Ann: half ".encode("utf-16") + b"\x00\xd8" + " a letter".encode("utf-16-le"), "Ann half \ufffd a letter"),
        ("Ann: was \ufffd before".encode(), "Ann was \ufffd before"),
    ],
    ids=["empty bytes", "half a character in UTF-8", "two halves", "half a character in UTF-16", "already lost"],
)  # fmt: skip
def test_what_is_no_character_is_shown_and_counted(data, kept):
    """U6: Empty bytes and halves of characters are shown as unreadable, with their count."""
    heard = read_transcript("talk.txt", data)

    assert f"{heard.turns[0].speaker} {heard.turns[0].text}" == kept
    assert n_told(heard.oddities) == kept.count("\ufffd")


def n_told(oddities):
    """How many unreadable characters the oddities tell of."""
    sentences = (oddity.sentence for oddity in oddities if oddity.kind == "undecodable")
    return sum(int(re.match(r"[\d,]+", sentence)[0].replace(",", "")) for sentence in sentences)


ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "mac_roman",
    "shift_jis",
    "latin-1",
)


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_characters="\ufffd"), min_size=5, max_size=200
    ),
    encoding=st.sampled_from(ENCODINGS),
    broken=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=3),
    ends=st.sampled_from(["\n", "\r\n", "\r", "\n\r"]),
)
def test_no_character_is_ever_replaced_in_silence(text, encoding, broken, ends):
    """U6: However a text is stored or damaged, no replaced character goes untold."""
    data = bytearray(f"Ann: {text}{ends}Bo: {text}".encode(encoding, errors="ignore"))
    for place, byte in broken:
        data[place % len(data)] = byte

    try:
        heard = read_transcript("talk.txt", bytes(data))
    except FileRefused:
        return

    shown = "".join(f"{cue.speaker or ''}{cue.text}" for cue in heard.cues).count("\ufffd")
    assert shown <= n_told(heard.oddities)
