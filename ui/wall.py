"""What stands on the wall of the room, as HTML in large type. Start at `wall_html`."""

from domain.talk import Quote
from services.room import Wall
from ui.markup import safe
from ui.quotes import lang, marked, translation_html


def wall_html(wall: Wall) -> str:
    """The wall as escaped HTML."""
    below = [f'<li dir="auto">{safe(line)}</li>' for line in wall.below]
    below += [_said_html(said) for said in wall.quotes]
    lines = f"<ul>{''.join(below)}</ul>" if below else ""
    length = "rt-long" if len(wall.words) > 160 else "rt-short"
    return (
        f'<section class="rt-room {length}" aria-live="polite"><p>{safe(wall.above)}</p>'
        f'<h1 dir="auto">{safe(wall.words)}</h1>{lines}</section>'
    )


def _said_html(said: Quote) -> str:
    """Words as they were said; what they say in English stands below them, not as theirs."""
    words = f'<span dir="auto"{lang(said.text)}>“{marked(said.text)}”</span>'
    return f"<li>{words}{translation_html(said.translation)}</li>"
