"""Otter's .txt export: "Name  00:12", the words below. Start at `read_otter`."""

from intake.readers.headed_lines import is_headed, numbered_lines, read_headed
from intake.result import Reading


def is_otter(text: str) -> bool:
    """Whether names with times stand above the words."""
    return is_headed(numbered_lines(text))


def read_otter(file_name: str, text: str) -> Reading:
    """One cue for each name; the export's last line, its advertisement, is left out."""
    return read_headed(file_name, numbered_lines(text))
