"""What rooms above this one have asked people: they register here to be told of the answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.intake.incoming import Received

Listener = Callable[[Session, Received, datetime | None], bool]
"""Told of a message, and since when a question of the conversation itself is open. Returns whether the message
answers what it had asked later than that; then nothing else is done about it."""


def register(app: Flask, *listeners: Listener) -> None:
    """Have these listeners told of every message that is no order, in this order."""
    app.extensions["listeners"] = listeners


def is_answer(session: Session, received: Received, since: datetime | None) -> bool:
    """Whether a listener took this message as the answer to a question of its own."""
    listeners: tuple[Listener, ...] = current_app.extensions.get("listeners", ())
    return any(listener(session, received, since) for listener in listeners)
