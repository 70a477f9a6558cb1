"""Texts with gaps: `{name}` is filled with a value that is escaped for the place it stands in.

Only the names that are given are gaps, so that the braces of JSON can stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

_GAP = re.compile(r"\{(\w+)\}")

FORM = "application/x-www-form-urlencoded"

Escape = Callable[[str], str]


def fill(template: str, values: Mapping[str, str], escaped: Escape = str) -> str:
    """The template with each gap whose name is known filled once; values are not looked at for further gaps."""
    return _GAP.sub(lambda gap: escaped(values[gap[1]]) if gap[1] in values else gap[0], template)


def for_url(value: str) -> str:
    return quote(value, safe="", errors="replace")


def for_type(content_type: str) -> Escape:
    """How a value is written inside a body of this type; a type that is not known needs no escape."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == FORM:
        return lambda value: quote_plus(value, errors="replace")
    if kind.endswith("json"):
        return lambda value: json.dumps(value)[1:-1]
    if kind.endswith("xml"):
        return lambda value: escape(value, {'"': "&quot;", "'": "&apos;"})
    return str
