"""The entrance: one process that serves the screens of the staff and the pages of participants.

Run it with ``streamlit run app.py``.
"""

import streamlit as st

from participant.routes import routes
from ui import page
from ui.http import MIDDLEWARE
from ui.serving import ROUTES, lifespan

app = st.App(
    "dashboard.py",
    routes=[*ROUTES, *routes],
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=page.fault,
)
