"""Fields of a provider's form that must be there, and fields that may be."""

from __future__ import annotations

from collections.abc import Mapping

from sms.message import Malformed

LONGEST = 255
"""Characters. The longest identifiers seen are 36 (a UUID) and 40 (`ATXid_` and 32 digits and letters)."""


def required(form: Mapping[str, str], *names: str) -> str:
    """The first of these fields that holds something usable. Raises Malformed, naming the first."""
    for name in names:
        if value := optional(form, name):
            return value
    raise Malformed(names[0])


def optional(form: Mapping[str, str], name: str) -> str | None:
    """The field, trimmed; None when absent, blank, too long or not printable (so never storable)."""
    value = (form.get(name) or "").strip()
    return value if value and value.isprintable() and len(value) <= LONGEST else None
