"""What others wrote is here as they published it, with its licence, and is used within our rules."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from tests.house.sources import files, read

VENDORED = Path("app/static/vendor")
SHA256 = {
    "htmx-2.0.11.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
}
SETTINGS = Path("app/templates/inbox/parts/htmx.html")
TEMPLATES = [path for path in files() if path.suffix == ".html"]


def test_the_scripts_of_others_are_those_that_they_published():
    scripts = [path for path in files() if path.parent == VENDORED and path.suffix == ".js"]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in scripts}
    assert found == SHA256


def test_each_stands_beside_its_licence_and_is_told_of():
    told = read(VENDORED / "README.md")
    for name in SHA256:
        assert f"`{name}`" in told
        assert (VENDORED / f"{name.split('-')[0]}-LICENSE.txt").read_text().strip()


def test_htmx_evaluates_nothing_writes_no_style_and_keeps_no_page():
    settings = json.loads(re.search(r"content='(\{.*?\})'", read(SETTINGS))[1])
    assert settings["allowEval"] is False
    assert settings["includeIndicatorStyles"] is False
    assert settings["historyCacheSize"] == 0
    assert settings["selfRequestsOnly"] is True


def test_no_page_has_a_script_in_its_text_or_in_an_attribute():
    handler = re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[^=\s]*)\s*=|<script(?![^>]*\ssrc=)")
    assert [str(path) for path in TEMPLATES if handler.search(read(path))] == []
    assert handler.search("<a onclick='x()'>")
    assert handler.search("<script>x()</script>")
