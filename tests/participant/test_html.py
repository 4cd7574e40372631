"""Every page is HTML as the standard has it, told by a parser that forgives nothing."""

import html5lib
import pytest
from html5lib.html5parser import ParseError

from tests.participant.made_site import make_site


def test_the_parser_notices_what_is_wrong():
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p>")


def test_every_page_is_valid(app_runtime, new_browser, record_property):
    """A-13: No finding on any page."""
    site, problems, n_pages = make_site(), [], 0

    for who, (way, paths) in site.ways.items():
        browser = new_browser()
        browser.open(way)
        root = "/".join(browser.response.url.path.split("/")[:3])
        for path in paths:
            response = browser.client.get(f"{root}/{path}")
            n_pages += 1
            assert response.status_code == 200, (who, path)
            try:
                html5lib.HTMLParser(strict=True).parse(response.text)
            except ParseError as error:
                problems.append(f"{who} {path}: {error}")

    record_property("figure", f"{n_pages} pages, {len(problems)} findings")
    assert problems == []


def test_no_page_names_an_id_twice_and_every_label_has_its_field(app_runtime, new_browser):
    """A-13: What the parser does not look at."""
    site, problems = make_site(), []

    for who, (way, paths) in site.ways.items():
        browser = new_browser()
        browser.open(way)
        root = "/".join(browser.response.url.path.split("/")[:3])
        for path in paths:
            tree = html5lib.parse(
                browser.client.get(f"{root}/{path}").text, namespaceHTMLElements=False
            )
            ids = [node.get("id") for node in tree.iter() if node.get("id")]
            wanted = [node.get("for") for node in tree.iter("label")]
            headings = [node for node in tree.iter() if node.tag == "h1"]
            if len(ids) != len(set(ids)) or set(wanted) - set(ids) or len(headings) != 1:
                problems.append(f"{who} {path}")

    assert problems == []
