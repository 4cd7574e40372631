"""The peer of `benchmarks.widgets`: a vote as a page of Streamlit's own widgets.

As one would write it first: every recommendation with its choice on one page, and each choice
stored at once, durably, under the name in the address.
"""

import os
import sqlite3

import streamlit as st

N_ASKED = 10
CHOICES = ["Agree", "Pass", "Disagree"]
PUT = (
    "INSERT INTO answer VALUES (?, ?, ?) ON CONFLICT (who, n) DO UPDATE SET given = excluded.given"
)


def store(who: str, n: int) -> None:
    """Keep one choice for good."""
    with sqlite3.connect(os.environ["WIDGETS_DATABASE"], timeout=60) as database:
        database.execute("PRAGMA synchronous=FULL")
        database.execute(PUT, (who, n, st.session_state[f"answer {n}"]))
    database.close()


voter = st.query_params.get("who", "")
st.title("Priorities")
for number in range(1, N_ASKED + 1):
    st.radio(
        f"Lend equipment {number} within a week.",
        CHOICES,
        index=None,
        key=f"answer {number}",
        on_change=store,
        args=(voter, number),
        horizontal=True,
    )
