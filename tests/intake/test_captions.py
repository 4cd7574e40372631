import pytest

from intake.front_door import read_transcript


def heard(text, name="talk.vtt"):
    return read_transcript(name, text.encode())


def said(transcript):
    return [(cue.speaker, cue.text, cue.start_s, cue.end_s) for cue in transcript.cues]


def test_a_zoom_cue_gives_speaker_words_times_and_place():
    zoom = heard("WEBVTT\r\n\r\n1\r\n00:01:42.340 --> 00:01:44.739\r\nKate S. | RN: Hello: all\r\n")

    assert said(zoom) == [("Kate S. | RN", "Hello: all", 102.34, 104.739)]
    assert zoom.cues[0].place == "cue 1, line 4"


def test_a_teams_cue_gives_speaker_and_words():
    teams = heard(
        "WEBVTT\n\n0f3c8c30-11aa-4e21-9bb1-f6d4a6f3e001/12-0\n"
        "00:00:03.480 --> 00:00:05.110\n<v Dr. Amara Nwosu>Good &amp; warm\nwords</v>\n"
    )

    assert said(teams) == [("Dr. Amara Nwosu", "Good & warm words", 3.48, 5.11)]


def test_an_old_teams_cue_keeps_its_identifier_and_its_short_times():
    guid = "2b1e0c1a-52b7-4b5d-8b43-3a2f6b0d9f10"
    teams = heard(
        f"WEBVTT\n\nNOTE Confidence: 0.94\n\n0:0:4.430 --> 0:0:6.1\n<v {guid}@{guid}>Hello</v>\n"
    )

    assert said(teams) == [(f"{guid}@{guid}", "Hello", 4.43, 6.1)]
    assert "unknown_speaker" in {oddity.kind for oddity in teams.oddities}


def test_two_voices_in_one_cue_are_two_cues():
    """U7: Two voices in one caption are two speakers."""
    both = heard("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Yes.</v> <v Bo>No.</v>\n")

    assert [(cue.speaker, cue.text) for cue in both.cues] == [("Ann", "Yes."), ("Bo", "No.")]


def test_marks_of_style_go_and_unknown_ones_stay():
    """U7: Marks of style go, everything else stays."""
    styled = heard("WEBVTT\n\n00:01.000 --> 00:02.000\n<c.red><i>one</i></c> <00:01.5>two <div>\n")

    assert styled.cues[0].text == "one two <div>"


def test_words_below_a_bad_time_are_kept_and_told():
    """U7: A time that cannot be read costs no words."""
    bad = heard("WEBVTT\n\n00:00:07.000 --> 00:00:1d.890\nstill here\n")

    assert said(bad) == [(None, "still here", 7.0, None)]
    assert "unsure_times" in {oddity.kind for oddity in bad.oddities}


def test_words_without_any_time_are_kept():
    untimed = heard("WEBVTT\n\nfirst words\n\nsecond words\n")

    assert [turn.text for turn in untimed.turns] == ["first words", "second words"]
    assert "missing_times" in {oddity.kind for oddity in untimed.oddities}


def test_an_end_before_the_start_is_not_believed():
    assert said(heard("WEBVTT\n\n00:09.000 --> 00:08.000\nx\n")) == [(None, "x", 9.0, None)]


def test_notes_styles_and_regions_are_no_speech():
    """U7: NOTE, STYLE and REGION hold no speech."""
    asides = heard(
        "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        "NOTE\nby Jill\n\n00:01.000 --> 00:02.000\nNOTE this is spoken\n"
    )

    assert [cue.text for cue in asides.cues] == ["NOTE this is spoken"]


def test_an_arrow_in_speech_is_speech():
    arrow = heard("WEBVTT\n\n00:01.000 --> 00:02.000\nfrom here --> there\n")

    assert arrow.cues[0].text == "from here --> there"


def test_cues_without_blank_lines_between_are_parted_without_their_numbers():
    tight = heard("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:03,000 --> 00:00:04,000\ntwo\n")

    assert [cue.text for cue in tight.cues] == ["one", "two"]


def test_srt_names_before_a_line_break_count():
    srt = heard("1\n00:00:01,000 --> 00:00:02,500\nLITHGOW:\n<i>a line</i>\nand more\n", "x.srt")

    assert (srt.format, said(srt)) == ("srt", [("LITHGOW", "a line and more", 1.0, 2.5)])


def test_a_cue_without_a_name_goes_on_with_the_speaker_before():
    srt = heard(
        "1\n00:00:01,000 --> 00:00:02,000\nTravis: one\n\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n"
    )

    assert [(turn.speaker, turn.text) for turn in srt.turns] == [("Travis", "one two")]


def test_sbv_is_read_by_content():
    sbv = heard("0:00:03.900,0:00:08.460\ngood morning\neverybody\n\n0:00:09.000,0:00:10.000\nhi\n")

    assert sbv.format == "sbv"
    assert said(sbv) == [
        (None, "good morning everybody", 3.9, 8.46),
        (None, "hi", 9.0, 10.0),
    ]


def test_sbv_words_without_a_time_are_kept():
    sbv = heard("0:00:01.000,0:00:02.000\none\n\ntwo\n\n0:00:03.000,0:00:02.000\nthree\n")

    assert [cue.text for cue in sbv.cues] == ["one", "two", "three"]
    assert "unsure_times" in {oddity.kind for oddity in sbv.oddities}


def test_words_right_above_a_time_line_of_an_srt_are_no_identifier():
    srt = heard("some text\n00:00:00,500 --> 00:00:07,000\n", "x.srt")

    assert [cue.text for cue in srt.cues] == ["some text"]


ODD = {
    "garbage in the header": ("WEBVTT garbage\nKind: x\n\n00:01.000 --> 00:02.000\nkept\n", "kept"),
    "no header": ("00:01.000 --> 00:02.000\nkept\n", "kept"),
    "a negative time": ("WEBVTT\n\n-00:01.000 --> 00:02.000\nkept\n", "kept"),
    "61 seconds": ("WEBVTT\n\n00:61.000 --> 00:62.000\nkept\n", "kept"),
    "no end": ("WEBVTT\n\n00:01.000 -->\nkept\n", "kept"),
    "no times at all": ("WEBVTT\n\n-->\nkept\n", "kept"),
    "letters in the time": ("WEBVTT\n\n00:0a.000 --> 00:02.000\nkept\n", "kept"),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_captions_keep_their_words_and_flag_their_times(case):
    """U7: Words below odd times or headers are kept; a time that is unsure is told."""
    text, words = ODD[case]

    found = heard(text)

    assert words in " ".join(cue.text for cue in found.cues)
    is_flagged = {"unsure_times", "missing_times"} & {oddity.kind for oddity in found.oddities}
    assert is_flagged or case in ("garbage in the header", "no header")


def test_voices_inside_voices_keep_every_word():
    """U7: A voice inside a voice parts the words, and loses none."""
    nested = heard("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>a <v.loud Bo>b</v> c</v> d\n")

    assert [(c.speaker, c.text) for c in nested.cues] == [
        ("Ann", "a"),
        ("Bo", "b"),
        (None, "c"),
        (None, "d"),
    ]


def test_captions_that_overlap_are_kept_in_the_order_of_the_file():
    """U7: Two who speak at once are both heard, and it is told."""
    both = heard(
        "WEBVTT\n\n00:01.000 --> 00:09.000\n<v Ann>one\n\n00:02.000 --> 00:03.000\n<v Bo>two\n"
    )

    assert [cue.text for cue in both.cues] == ["one", "two"]
    assert "overlaps" in {oddity.kind for oddity in both.oddities}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&amp;lt;", "&lt;"),
        ("&lt;b&gt;", "<b>"),
        ("R&D", "R&D"),
        ("&nosuch;", "&nosuch;"),
        ("&#8217;", "’"),
    ],
)
def test_entities_are_read_once(written, meant):
    """U7: An entity becomes its letter once, and what is none stays."""
    assert heard(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{written}\n").cues[0].text == meant
