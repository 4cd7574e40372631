import pytest

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
    heard = read_transcript("talk.txt", "Zoë: ä ö ü é è\nJosé: yes".encode() + b" \xff")

    assert heard.turns[1].text == "yes \ufffd"
    assert "1 character could not be read" in heard.oddities[0].sentence


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_parts_lines(end):
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
