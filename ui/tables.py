"""Real HTML tables: readable aloud, by keyboard and on a phone. Start at `table`."""

from collections.abc import Iterable, Sequence

from ui.markup import draw, safe
from ui.quotes import lang, marked
from ui.words import number

Cell = str | int | float | None


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, caption: str = "") -> None:
    """A table of words and numbers; every cell is shown as it is, never as markup."""
    draw(table_html(columns, rows, caption=caption))


def table_html(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, caption: str = "") -> str:
    """The same as escaped HTML."""
    heads = "".join(f'<th scope="col">{safe(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(_cell(n, c) for n, c in zip(columns, row, strict=True)) + "</tr>"
        for row in rows
    )
    title = f"<caption>{safe(caption)}</caption>" if caption else ""
    return (
        f'<table class="rt-table">{title}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(column: str, value: Cell) -> str:
    label = f'data-label="{safe(column)}"'
    if isinstance(value, int | float):
        return f'<td class="rt-number" {label}>{safe(number(value))}</td>'
    words = value or ""
    return f'<td {label} dir="auto"{lang(words)}>{marked(words)}</td>'
