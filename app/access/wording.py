"""What the pages of signing in say where the code speaks in words of its own."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.access.passwords import LONGEST, SHORTEST, WeakPassword

OUTCOMES = {
    "signed_in": lazy_gettext("Signed in"),
    "failed": lazy_gettext("Wrong password"),
    "wrong_code": lazy_gettext("Right password, wrong code"),
}
"""What became of a sign-in."""

FAULTS = {
    "short": lazy_gettext("Use at least %(shortest)d characters; several words are easy to remember."),
    "long": lazy_gettext("Use at most %(longest)d characters."),
    "repeated": lazy_gettext("Do not repeat the same few characters."),
    "expected": lazy_gettext("Do not use a common password, a row of keys, or your own name or address."),
}


def told(weak: WeakPassword) -> str:
    """Why a password is refused, in the language of the page."""
    return str(FAULTS[weak.fault]) % {"shortest": SHORTEST, "longest": LONGEST}


def outcome_name(outcome: str) -> str:
    return str(OUTCOMES[outcome])


def unknown_device() -> str:
    return _("Unknown device")
