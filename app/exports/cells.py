"""What may stand in a cell of a spreadsheet: nothing that it would compute, and nothing that it cannot hold."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), wide signs included."""

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML, and so XLSX, has no way to write."""

LONGEST = 32_000
"""Characters; Excel holds 32,767."""


def safe(value: str) -> str:
    """The text with a quote before what would be computed, and without what cannot be written."""
    quoted = f"'{value}" if value.startswith(FORMULA) else value
    plain = UNSEEN.sub("", quoted)
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"
