"""Small lines for cards: a measure's readings with baseline and target. Start at `spark_html`."""

from base64 import b64encode

from domain.initiatives import Measure
from ui.markup import safe
from ui.words import month, number

WIDTH, HEIGHT, EDGE = 220, 46, 5
STROKE = "#2E8796"  # 3:1 or more on paper and on the dark panel


def spark_html(measure: Measure) -> str:
    """Readings as a line from zero, baseline dotted, target dashed, and the same in words."""
    if not measure.readings:
        return f'<p class="rt-side">{safe(measure.name)}: not read yet.</p>'
    return f'{_drawing(measure)}<p class="rt-side">{safe(in_words(measure))}</p>'


def in_words(measure: Measure) -> str:
    """ "Days to delivery: 21 days in May 2026 (baseline 64, target 14)"."""
    newest = measure.readings[-1]
    beside = [
        f"{word} {number(value)}"
        for word, value in (("baseline", measure.baseline_value), ("target", measure.target_value))
        if value is not None
    ]
    around = f" ({', '.join(beside)})" if beside else ""
    told = f"{number(newest.value)} {measure.unit} in {month(newest.read_on)}"
    return f"{measure.name}: {told}{around}"


def _drawing(measure: Measure) -> str:
    values = [reading.value for reading in measure.readings]
    levels = [v for v in (measure.baseline_value, measure.target_value) if v is not None]
    highest = max([*values, *levels, 0]) or 1

    def height(value: float) -> float:
        return round(HEIGHT - EDGE - value / highest * (HEIGHT - 2 * EDGE), 1)

    step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)
    places = [(round(EDGE + n * step, 1), height(v)) for n, v in enumerate(values)]
    parts = [
        _level(height(value), dashes)
        for value, dashes in (
            (measure.baseline_value, "2 3"),
            (measure.target_value, "8 4"),
        )
        if value is not None
    ]
    parts.append(f'<polyline points="{" ".join(f"{x},{y}" for x, y in places)}"/>')
    x, y = places[-1]
    parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{STROKE}"/>')
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" '
        f'stroke="{STROKE}" stroke-width="2">{"".join(parts)}</svg>'
    )
    # The page's cleaner takes drawings out of HTML, but leaves pictures in.
    packed = b64encode(drawing.encode()).decode()
    return f'<img class="rt-spark" alt="" src="data:image/svg+xml;base64,{packed}">'


def _level(y: float, dashes: str) -> str:
    ends = f'x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{y}" y2="{y}"'
    return f'<line {ends} stroke-width="1.5" stroke-dasharray="{dashes}"/>'
