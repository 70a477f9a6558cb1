"""Secrets of hooks, and the signature by which a partner's system knows that it was us, and when."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from flask import current_app

from app.hooks.models import Hook

BOTH_SIGN = timedelta(days=2)
"""After a new secret was made, the old one signs too, until the receiver has been changed."""


def give_secret(hook: Hook) -> str:
    """Make a new secret for this hook; it is returned to be shown once."""
    secret = secrets.token_hex(32)
    if hook.secret:
        hook.old_secret, hook.old_until = hook.secret, datetime.now(UTC) + BOTH_SIGN
    hook.secret = current_app.extensions["vault"].seal(secret, "hook/secret")
    return secret


def secrets_of(hook: Hook, now: datetime) -> tuple[str, ...]:
    """Those that sign at this moment, the newest first."""
    is_both = hook.old_secret is not None and hook.old_until is not None and now < hook.old_until
    sealed = (hook.secret, hook.old_secret) if is_both and hook.old_secret else (hook.secret,)
    return tuple(current_app.extensions["vault"].open(one, "hook/secret") for one in sealed)


def signature(body: bytes, keys: Iterable[str], now: datetime) -> str:
    """`t=` seconds since 1970, and for each secret `v1=` the HMAC-SHA256 of "t.body" in hex."""
    at = str(int(now.timestamp()))
    signs = (hmac.new(key.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest() for key in keys)
    return ",".join((f"t={at}", *(f"v1={sign}" for sign in signs)))
