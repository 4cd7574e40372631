from intake.front_door import read_transcript
from intake.result import Cue
from intake.turns import join_turns


def cue(speaker, text, start_s=None, end_s=None):
    return Cue(start_s, end_s, speaker, text, "here")


def test_cues_of_one_speaker_are_one_turn():
    (turn,) = join_turns([cue("Ann", "one", 0, 1), cue("Ann", "two", 5, 6)])

    assert (turn.text, turn.start_s, turn.end_s, turn.n_cues) == ("one two", 0, 6, 2)


def test_a_pause_over_30_seconds_begins_a_new_turn():
    turns = join_turns([cue("Ann", "one", 0, 1), cue("Ann", "two", 31.5, 32)])

    assert len(turns) == 2


def test_a_pause_of_30_seconds_does_not():
    assert len(join_turns([cue("Ann", "one", 0, 1), cue("Ann", "two", 31, 32)])) == 1


def test_a_long_monologue_stays_one_turn():
    cues = [cue("Ann", "one two three four.", n * 4, n * 4 + 4) for n in range(300)]

    assert len(join_turns(cues)) == 1


def test_unnamed_speech_is_cut_at_the_end_of_sentences():
    cues = [cue(None, "ten words " * 5 + "end.", n * 4, n * 4 + 4) for n in range(8)]

    assert [turn.n_cues for turn in join_turns(cues)] == [4, 4]


def test_speaking_time_counts_overlapping_cues_of_one_speaker_once():
    talk = "WEBVTT\n\n00:00.000 --> 00:04.000\nAnn: one\n\n00:02.000 --> 00:06.000\nAnn: two\n"

    (share,) = read_transcript("talk.vtt", talk.encode()).speakers

    assert (share.n_turns, share.speaking_time_s, share.n_words) == (1, 6.0, 2)


def test_the_same_talk_in_another_format_has_the_same_text_hash():
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn: one\n\n00:02.000 --> 00:03.000\nAnn: two\n"
    txt = "Ann: one two\n"
    srt = "1\n00:00:01,000 --> 00:00:02,000\nAnn: one two\n"

    files = [read_transcript("talk", text.encode()) for text in (vtt, txt, srt)]

    assert len({file.text_sha256 for file in files}) == 1
    assert len({file.sha256 for file in files}) == 3


def test_other_words_have_another_text_hash():
    one, two = (read_transcript("t", f"Ann: {word}".encode()) for word in ("yes", "no"))

    assert one.text_sha256 != two.text_sha256


def test_people_who_speak_at_once_are_counted():
    talk = "WEBVTT\n\n00:00.000 --> 00:04.000\nAnn: one\n\n00:02.000 --> 00:06.000\nBo: two\n"

    (oddity,) = read_transcript("talk.vtt", talk.encode()).oddities

    assert oddity.sentence == "People speak at the same time 1 time, first at 0:00:02."


def test_a_clock_that_goes_backwards_is_told_and_the_order_kept():
    talk = "WEBVTT\n\n00:09.000 --> 00:10.000\nAnn: one\n\n00:02.000 --> 00:03.000\nBo: two\n"

    heard = read_transcript("talk.vtt", talk.encode())

    assert [turn.text for turn in heard.turns] == ["one", "two"]
    assert heard.oddities[0].kind == "backwards"
