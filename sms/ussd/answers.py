"""What somebody typed on a telephone, as it may be stored."""

from __future__ import annotations

from collections.abc import Mapping

from sms.message import Malformed
from sms.text import clean

LONGEST_TEXT = 20_000
"""Characters of a session's whole path. Telephones send 182 at a time; this bounds what is stored, not people."""


def read_text(form: Mapping[str, str], name: str) -> str:
    """The text, empty where the field is absent. Raises Malformed when no telephone could have sent so much."""
    text = clean(form.get(name) or "")
    if len(text) > LONGEST_TEXT:
        raise Malformed(name)
    return text
