"""One look for every chart, light and dark. Start at `dressed`."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st
from altair.utils.schemapi import disable_debug_mode

from domain.people import Family

# Altair checks a chart when it is drawn; each piece of it as well is a quarter of a view's time.
disable_debug_mode()


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance."""

    ink: str
    soft: str
    rule: str
    accent: str
    ground: str
    families: dict[Family, str]


LIGHT = Colours(
    "#1A1F2B",
    "#454C5A",
    "#E2DCD1",
    "#0B5563",
    "#FAF8F5",
    {
        Family.LIVED_EXPERIENCE: "#7A3E9D",
        Family.CARE_AND_RESEARCH: "#1B6CA8",
        Family.INDUSTRY_AND_GOVERNMENT: "#B4540A",
        Family.STAFF_AND_OTHERS: "#5B6472",
    },
)
DARK = Colours(
    "#F2F4F7",
    "#C3CAD5",
    "#313A4C",
    "#6FC3D3",
    "#12161F",
    {
        Family.LIVED_EXPERIENCE: "#C79BE3",
        Family.CARE_AND_RESEARCH: "#7DB8E8",
        Family.INDUSTRY_AND_GOVERNMENT: "#F0A868",
        Family.STAFF_AND_OTHERS: "#AEB7C4",
    },
)
FONT = "Source Sans, system-ui, sans-serif"
TEXT_PX = 15


def colours() -> Colours:
    """The colours of the appearance that the browser asked for."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def family_scale() -> Any:
    """The colour of each family, by its name."""
    families = colours().families
    return alt.Scale(domain=[f.value for f in families], range=list(families.values()))


def dressed(chart: Any) -> Any:
    """The chart on a clear ground, without a frame, in letters that can be read."""
    now = colours()
    return (
        chart.configure(background="transparent", font=FONT, padding=4)
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor=now.soft,
            titleColor=now.soft,
            labelFontSize=TEXT_PX - 1,
            titleFontSize=TEXT_PX - 1,
            titleFontWeight="normal",
            gridColor=now.rule,
            domainColor=now.soft,
            tickColor=now.soft,
            labelLimit=260,
        )
        .configure_legend(
            labelColor=now.ink, titleColor=now.soft, labelFontSize=TEXT_PX - 1, orient="top"
        )
        .configure_text(color=now.ink, fontSize=TEXT_PX)
        .configure_header(labelColor=now.ink, labelFontSize=TEXT_PX)
    )
