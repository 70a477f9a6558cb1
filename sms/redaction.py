"""Numbers as they may be shown to people who run the service."""

from __future__ import annotations

import re

_SHOWN = 2

_NUMBER = re.compile(r"\+?\d(?:[\s().-]?\d){5,}")
"""Six digits and more: longer than any error code (Twilio's have five), shorter than any telephone number."""


def mask(number: str) -> str:
    """All but the last two characters covered, so that a developer can tell two of their phones apart."""
    return "•" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:]


def without_numbers(words: str) -> str:
    """A provider's explanation in one short line, with any telephone number in it covered."""
    return _NUMBER.sub("•••", " ".join(words.split()))[:200]
