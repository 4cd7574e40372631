"""The entrance: one process that serves the staff's screens and sign-in, and participants' pages.

Run it with ``streamlit run app.py``.
"""

import streamlit as st

from participant.preview_routes import routes as preview_routes
from participant.routes import routes
from services.log_lines import guard_logs
from staff.routes import routes as staff_routes
from staff.watch_routes import routes as watch_routes
from ui import page
from ui.http import INNERMOST, OUTERMOST
from ui.serving import ROUTES, lifespan
from web.guards import GUARDS

guard_logs()
app = st.App(
    "dashboard.py",
    routes=[*ROUTES, *routes, *preview_routes, *staff_routes, *watch_routes],
    middleware=[*OUTERMOST, *GUARDS, *INNERMOST],
    lifespan=lifespan,
    on_script_error=page.fault,
)
