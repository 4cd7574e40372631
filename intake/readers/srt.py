"""SubRip (.srt) captions. Start at `read_srt`."""

import re

from intake.readers.caption_blocks import is_counter, read_blocks, unsure_times
from intake.result import Cue, Reading
from intake.speakers import name_speakers

_TAG = re.compile(r"</?(?:i|b|u|s)>|</?font(?: [^<>]*)?>|\{\\[^{}\n]{1,40}\}", re.IGNORECASE)


def read_srt(file_name: str, text: str) -> Reading:
    """Every caption; speakers from "Name: " before the words where the file does so."""
    lines = text.removeprefix("\ufeff").split("\n")
    blocks = read_blocks(file_name, lines, is_aside=lambda _: False, is_identifier=is_counter)
    cues = [
        Cue(b.start_s, b.end_s, None, _TAG.sub("", "\n".join(b.lines)), b.place) for b in blocks
    ]
    reading = name_speakers([cue for cue in cues if cue.text.strip()])
    return Reading(reading.cues, unsure_times(blocks) + reading.oddities)
