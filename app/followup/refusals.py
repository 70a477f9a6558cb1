"""Why something that staff entered cannot be done."""

from __future__ import annotations


class NoSuchCase(LookupError):
    """There is no case or gap with this number that the viewer may see and work on."""


class Refused(ValueError):
    """What was entered in `field` cannot be accepted; the message says why, in the page's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Stale(Refused):
    """Somebody else moved the case after this form was opened."""
