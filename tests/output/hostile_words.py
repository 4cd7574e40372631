"""Words that browsers, spreadsheets, templates and databases might take for something else."""

import json
import os
import re
from pathlib import Path

SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'\"><img src=x onerror=alert(1)>",
    "</p></blockquote><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<a href="javascript:alert(1)">press</a>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><button formaction=javascript:alert(1)>x",
    "<details open ontoggle=alert(1)>",
    '<img src="http://127.0.0.1:9/pixel.png">',
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &copy;",
    "<!-- -->visible<!--",
    "<b>bold</b> and <plaintext>",
)
MARKUP = (
    "*she* said **wait** and _then_ __stopped__ ~~no~~",
    "![pixel](http://127.0.0.1:9/pixel.png)",
    "[press](javascript:alert(1)) [and](http://127.0.0.1:9/)",
    "# not a heading",
    "1. not a list",
    "- not a list",
    "> not a quotation",
    "| not | a | table |\n|---|---|---|",
    "    not code",
    "`not code` ```nor this```",
    "$x^2$ and $$\\frac{1}{2}$$ from $300 to $4,000",
    ":red[not red] :blue-background[plain] :small[tiny]",
    ":smile: :material/delete: :streamlit:",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "https://example.org/a?b=c&d www.example.org someone@example.org",
    "~sub~ ^sup^ ==mark== :sparkles:",
    "line one  \nline two\\",
    "[^1]: footnote [x] task",
    "Speaker: a name before a colon",
)
TEMPLATES = (
    "{{7*7}}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{0.__class__.__mro__} {} {x!r:>10}",
    "%s %d %n %(name)s 100%",
    "{% raw %}{{ config }}{% endraw %}",
    "${jndi:ldap://127.0.0.1:9/a}",
    "$(touch /tmp/x) `id` ; rm -rf /",
)
FORMULAS = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    "\t=1",
    "'=1",
    '=HYPERLINK("http://127.0.0.1:9")',
)
DATABASE = (
    "'; DROP TABLE utterance; --",
    "' OR '1'='1",
    '" OR ""="',
    "1 UNION SELECT name FROM sqlite_master",
    'NEAR( * AND " OR',
    "%' AND 1=0 UNION ALL SELECT null--",
    "\\'; SELECT pg_sleep(9); --",
)
LETTERS = (
    "שלום עולם, مرحبا",
    "\u202ereversed\u202c and on",
    "Z̸̡̛a̵l̶g̷o̸",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇸 ﷽",
    "a\u00a0b\u2003c\u200bd\u2028e",
    "Ω≈ç√∫ ˜µ≤≥÷ ñandú Dvořák",
    "x" * 300,
    "田中さんにあげて下さい",
)
OURS = SCRIPTS + MARKUP + TEMPLATES + FORMULAS + DATABASE + LETTERS


def all_strings() -> tuple[str, ...]:
    """Ours, and the big list of naughty strings where the folder of real data is.

    The whole list under STRESS, else every sixth of it.
    """
    folder = os.environ.get("ROUNDTABLE_REAL_DATA", "")
    path = Path(folder) / "naughty_strings" / "blns.json"
    found = json.loads(path.read_text("utf-8")) if folder and path.exists() else []
    return tuple(dict.fromkeys([*OURS, *found[:: 1 if os.environ.get("STRESS") else 6]]))


def can_be_said(text: str) -> bool:
    """Whether anything of it is left once blanks are taken off."""
    return bool(re.sub(r"[\s\u200b-\u200f\ufeff]", "", text))


def as_name(text: str) -> str:
    """A name as the roster keeps it: blanks are one space."""
    return " ".join(text.split())
