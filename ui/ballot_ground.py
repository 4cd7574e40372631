"""The first minute of a result: what all agree on, where groups differ. See `first_minute`."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from domain.votes import Wording
from services.common_ground import Gap, Ground, GroupStand, MainView, Phrase, Spread, Stand
from services.vote_parts import VotePart
from ui import charts, markup, page, vote_charts
from ui.markup import draw, safe, shortened
from ui.words import count, listed, people_say, sentence_case, share, spelled

STANCES = {
    Phrase.AGREE: (vote_charts.HIGH, "most"),
    Phrase.DIVIDED: (vote_charts.DIVIDED, "split"),
    Phrase.DISAGREE: (vote_charts.LOW, "few"),
    None: (vote_charts.UNTOLD, "not told"),
}
IN_ORDER = tuple(Ground)


def first_minute(view: MainView) -> None:
    """Common ground and real disagreement, in words."""
    page.section("Results", lead(view))
    if not view.can_compare:
        page.empty(
            "Groups cannot be compared",
            "Fewer than two groups of five or more people answered, so only everybody together "
            "is shown.",
        )
        return
    together, apart = st.columns(2, gap="large")
    with together:
        _agreed(view)
    with apart:
        _differing(view)


def lead(view: MainView) -> str:
    """The whole result in a sentence or two."""
    n = view.progress
    told = f"{people_say(n.n_answered, n.n_invited)} answered."
    if not view.can_compare:
        return told
    n_agreed, n_differ = len(view.of(Ground.AGREED)), len(view.of(Ground.DIFFERS))
    asked = count(len(view.stands), "recommendation")
    return (
        f"{told} Of {asked}, every group agrees on {spelled(n_agreed)}; "
        f"groups really differ on {spelled(n_differ)}."
    )


def _agreed(view: MainView) -> None:
    wording, found = view.wording, view.of(Ground.AGREED)
    page.section(
        "Everyone agrees on these",
        f"In every group that can be shown, two thirds or more {wording.high}.",
    )
    _list([(stand, agreed_sentence(stand, wording)) for stand in found])
    if not found:
        markup.sentence("Nothing yet that every group agrees on.")
    against = view.of(Ground.TURNED_DOWN)
    if against:
        page.section("Everyone turns these down", f"Two thirds or more {wording.low}.")
        _list([(stand, agreed_sentence(stand, wording)) for stand in against])


def _differing(view: MainView) -> None:
    found, leaning = view.of(Ground.DIFFERS), view.of(Ground.LEANS_APART)
    page.section(
        "Groups really differ here",
        "By more than chance explains among so many people, also when every pair of groups is "
        "looked at.",
    )
    _list([(stand, gap_sentence(stand.gap)) for stand in found if stand.gap])
    if not found:
        markup.sentence("No recommendation on which groups surely differ.")
    if leaning:
        page.section(
            "Groups lean apart here",
            "Most of one group against most of another, and too few people to rule out chance.",
        )
        _list([(stand, leaning_sentence(stand, view.wording)) for stand in leaning])


def agreed_sentence(stand: Stand, wording: Wording) -> str:
    """How many groups, how clearly, and everybody together."""
    n, n_clear = len(stand.groups), stand.n_clear
    clear = {
        0: "each too small to be sure by itself",
        n: "in each of them beyond chance",
    }.get(n_clear, f"in {spelled(n_clear)} of them beyond chance")
    everyone = stand.whole.part.told.removesuffix(f" ({stand.whole.part.n} answered)")
    return f"{sentence_case(spelled(n))} groups, {clear}. Together: {everyone}."


def gap_sentence(gap: Gap) -> str:
    """Two groups with their ranges, and by how much they differ."""
    least = "at least " if gap.is_least else ""
    return (
        f"{told_with_range(gap.more)}; {told_with_range(gap.less)}. They differ by {least}"
        f"{_points(gap.by)} points of 100, plausibly {_points(gap.low)} to {_points(gap.high)}."
    )


def leaning_sentence(stand: Stand, wording: Wording) -> str:
    """Which groups are on which side."""
    high = [_named(group) for group in stand.groups if group.stance is Phrase.AGREE]
    low = [_named(group) for group in stand.groups if group.stance is Phrase.DISAGREE]
    return (
        f"Two thirds or more {wording.high}: {listed(high)}. "
        f"Two thirds or more {wording.low}: {listed(low)}."
    )


def told_with_range(part: VotePart) -> str:
    """What may be shown of a group with its plausible range, where it is counted."""
    name = sentence_case(part.label)
    if part.low is None or part.high is None:
        return f"{name}: {part.told}"
    return f"{name}: {part.told} (plausibly {_points(part.low)} to {share(part.high)})"


def told_spread(spread: Spread | None) -> str:
    """The middle score and the half around it; empty where nothing may be told."""
    if spread is None:
        return ""
    if spread.low is None or spread.high is None:
        return f"middle score {spread.median}"
    return f"middle score {spread.median}, the middle half from {spread.low} to {spread.high}"


def picture(view: MainView) -> None:
    """Where each group stands on each; nothing where groups cannot be compared."""
    if not view.can_compare:
        return
    high, low = view.wording.high, view.wording.low
    stands = [stand for ground in IN_ORDER for stand in view.of(ground) if stand.groups]
    rows = [_cell(stand, group) for stand in stands for group in stand.groups]
    seen = Counter(str(row["column"]) for row in rows)
    charts.show(
        vote_charts.stances(rows, [column for column, _ in seen.most_common()]),
        title=_finding(view),
        sentence=f"Solid: two thirds or more of a group {high} (most). Ring with a dot: divided "
        f"(split). Hollow: two thirds or more {low} (few). Counts stand where they give nobody "
        "away, otherwise the number who answered.",
        columns=("Recommendation", "Group", "Answered", "How they stand", "Plausible range"),
        rows=[
            (
                _name(stand),
                sentence_case(group.part.label),
                group.part.n,
                sentence_case(group.part.told),
                _range(group.part),
            )
            for stand in stands
            for group in stand.groups
        ],
    )


def _finding(view: MainView) -> str:
    agreed, apart = view.of(Ground.AGREED), view.of(Ground.DIFFERS, Ground.LEANS_APART)
    if agreed:
        numbers = listed([f"No. {stand.result.item.position}" for stand in agreed[:3]])
        more = f" and {spelled(len(agreed) - 3)} more" if len(agreed) > 3 else ""
        return f"Every group is behind {numbers}{more}"
    if apart:
        numbers = listed([f"No. {stand.result.item.position}" for stand in apart[:3]])
        return f"Groups stand on different sides of {numbers}"
    return "No recommendation has every group behind it"


def _cell(stand: Stand, group: GroupStand) -> dict[str, object]:
    stance, word = STANCES[group.stance]
    part = group.part
    counted = part.share_agree is not None
    told = f"{round((part.share_agree or 0) * part.n)} of {part.n}" if counted else ""
    few = f"{word}, {part.n}" if word in ("split", "not told") else f"{word} of {part.n}"
    return {
        "row": _name(stand),
        "column": sentence_case(part.label),
        "stance": stance,
        "told": told or few,
        "spoken": f"{_name(stand)}, {part.label}: {part.told}",
    }


def _list(stands: Sequence[tuple[Stand, str]]) -> None:
    if not stands:
        return
    rows = "".join(
        f"<li><strong>{stand.result.item.position}. "
        f'<span dir="auto">{safe(stand.result.item.text)}</span></strong><br>{safe(told)}</li>'
        for stand, told in stands
    )
    draw(f'<ul class="rt-ground">{rows}</ul>')


def _name(stand: Stand) -> str:
    return f"{stand.result.item.position}. {shortened(stand.result.item.text, 40)}"


def _named(group: GroupStand) -> str:
    return f"{group.part.label} ({group.part.n} answered)"


def _range(part: VotePart) -> str:
    if part.low is None or part.high is None:
        return "not shown"
    return f"{_points(part.low)} to {share(part.high)}"


def _points(value: float) -> int:
    return round(value * 100)
