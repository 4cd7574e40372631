import pytest

from intake.front_door import read_transcript


def heard(text):
    return read_transcript("talk.txt", text.encode())


def said(transcript):
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_names_before_colons_are_speakers():
    talk = heard("Maria Delgado: Hello.\n\nDr. Nwosu: Welcome,\nall of you.\n")

    assert said(talk) == [("Maria Delgado", "Hello."), ("Dr. Nwosu", "Welcome, all of you.")]
    assert talk.cues[1].place == "line 3"


@pytest.mark.parametrize(
    "line", ["Note: this is odd", "One more thing: ramps", "at 10:30 we stop", "see https://x.org"]
)
def test_a_colon_in_speech_makes_no_speaker(line):
    talk = heard(f"Maria: Hello.\n\nTom: Yes.\n{line}\n\nMaria: Good.\n")

    assert said(talk) == [("Maria", "Hello."), ("Tom", f"Yes. {line}"), ("Maria", "Good.")]


def test_a_person_who_spoke_once_is_no_part_of_the_turn_before():
    lines = ["Maria: a", "goes on", "and on", "and on", "Tom: b", "goes on", "and on", "Maria: c"]

    talk = heard("\n".join([*lines, "still", "Ruth Lindqvist: d", "end"]))

    assert talk.turns[-1].speaker == "Ruth Lindqvist"
    assert "name_seen_once" in {oddity.kind for oddity in talk.oddities}


@pytest.mark.parametrize("mark", ["[00:12] ", "00:12 ", "(0:12) ", "[12.0 - 13.5] "])
def test_a_time_ahead_of_the_words_is_read(mark):
    talk = heard(f"{mark}Maria: Hello.\n{mark}Tom: Yes.\n")

    assert [(turn.speaker, turn.start_s) for turn in talk.turns] == [("Maria", 12), ("Tom", 12)]


def test_text_without_names_is_accepted_by_paragraph_with_a_remark():
    talk = heard("We met at noon\nand talked.\n\nThen we left.\n")

    assert said(talk) == [(None, "We met at noon and talked."), (None, "Then we left.")]
    assert "no_names" in {oddity.kind for oddity in talk.oddities}


def test_one_utterance_is_enough():
    assert said(heard("Maria: Hello.")) == [("Maria", "Hello.")]


@pytest.mark.parametrize("header", ["Ann Lee  0:03", "**Ann Lee** 0:03", "Ann Lee 0:03  "])
def test_an_otter_header_stands_above_the_words(header):
    talk = heard(
        f"{header}\nOne two.\nThree.\n\nUnknown Speaker  1:02:03\nFour.\n\nTranscribed by https://otter.ai\n"
    )

    assert talk.format == "otter"
    assert said(talk) == [("Ann Lee", "One two. Three."), ("Unknown Speaker", "Four.")]
    assert [turn.start_s for turn in talk.turns] == [3, 3723]


def test_a_sentence_that_ends_with_a_time_is_no_header():
    talk = heard("Ann  0:03\nSee you at 10:30\n\nwe will meet at 11:00\n\nBo  0:09\nFine.\n")

    assert said(talk) == [("Ann", "See you at 10:30 we will meet at 11:00"), ("Bo", "Fine.")]


def test_a_title_above_the_first_speaker_is_left_out_and_told():
    talk = heard("Spring meeting\n\nAnn  0:03\nHello.\n\nBo  0:05\nHi.\n")

    assert [oddity.place for oddity in talk.oddities if oddity.kind == "left_out"] == ["line 1"]


def test_a_title_with_a_time_does_not_hide_the_names():
    talk = heard("Roundtable 14:00\n\nAnn: Hello.\nBo: Hi.\nAnn: Bye.\n")

    assert ("Bo", "Hi.") in said(talk)
