"""A bare string in a page is drawn on the screen: what was meant for a reader of the code is not."""

import ast
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_draws_no_text_by_accident(path):
    tree = ast.parse(path.read_text("utf-8"))

    bare = [
        node.lineno
        for node in tree.body[1:]
        if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call)
    ]

    assert bare == []
