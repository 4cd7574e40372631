"""What the app refuses at its start."""

import pytest
from streamlit import config

from domain.errors import AddressRefused
from ui.serving import _begin


@pytest.fixture
def open_to_all():
    """Streamlit as somebody starts it by hand, past manage.py."""
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    yield
    config.set_option("server.address", before)


def test_the_app_itself_refuses_an_open_address_without_accounts(app_runtime, open_to_all):
    """S7: Whichever way it was started."""
    with pytest.raises(AddressRefused, match="no account yet"):
        _begin()
