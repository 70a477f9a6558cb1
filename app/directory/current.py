"""The directory and the channels that this process works with: a copy that is never older than a few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import db
from app.directory.catalogue import Directory
from app.directory.channels import Channel, open_channel
from app.directory.load import edition_number
from app.directory.models import ChannelRow
from app.directory.stored import read_stored
from app.directory.web import WEB, web_slug
from sms.numbers import normalise

MOST_SECONDS_OLD = 2.0
"""A change is promised to be live everywhere within five seconds: this leaves time to read it."""

SMS_PROVIDERS = ("africastalking", "twilio", "http")
"""In the order in which a country's text messages are sent through them."""


@dataclass(frozen=True)
class Snapshot:
    """One edition of the directory, and when (monotonic seconds) it was last known to be the newest."""

    edition: int | None
    directory: Directory
    channels: dict[str, Channel]
    our_numbers: frozenset[str]
    checked: float


def keep_along(app: Flask, *readers: Callable[[Session], None]) -> None:
    """Have these read their own rows anew with every new edition: what is to be as live as the directory."""
    app.extensions["kept_along"] = readers


def current_directory() -> Directory:
    return _snapshot().directory


def current_edition() -> int | None:
    """The number of the edition that stands: what is read along with the directory is kept as long as this does."""
    return _snapshot().edition


def channels() -> tuple[Channel, ...]:
    """Every number and code that people write to or dial, in the order of its slug."""
    return tuple(channel for channel in _snapshot().channels.values() if channel.provider != WEB)


def channel_named(slug: str) -> Channel:
    """Raises KeyError for a channel that is not registered."""
    return _snapshot().channels[slug]


def sms_channel_of(country: str) -> Channel | None:
    """Where somebody who did not write to us by SMS gets one from: None in a country without such a channel."""
    able = [one for one in channels() if one.kind == "sms" and one.country == country]
    return min(able, key=lambda one: SMS_PROVIDERS.index(one.provider), default=None)


def web_channel_of(country: str) -> Channel:
    """What people of this country write on the website; raises KeyError before the directory is loaded."""
    return channel_named(web_slug(country))


def our_numbers() -> frozenset[str]:
    """Our own numbers in E.164: never to be answered, or two of our machines would talk for ever."""
    return _snapshot().our_numbers


def forget_directory() -> None:
    """Let this process look for a new edition at once: it has just made one."""
    kept: Snapshot | None = current_app.extensions.get("directory")
    if kept is not None:
        current_app.extensions["directory"] = replace(kept, checked=-MOST_SECONDS_OLD)


def _snapshot() -> Snapshot:
    """The kept copy, looked at again when it is a few seconds old."""
    kept: Snapshot | None = current_app.extensions.get("directory")
    if kept is None or time.monotonic() - kept.checked > MOST_SECONDS_OLD:
        kept = current_app.extensions["directory"] = _renewed(kept)
    return kept


def _renewed(kept: Snapshot | None) -> Snapshot:
    edition, now = edition_number(db.session()), time.monotonic()
    if kept is not None and kept.edition == edition:
        return Snapshot(edition, kept.directory, kept.channels, kept.our_numbers, now)
    read = _read(edition, now)
    if kept is not None and read.directory.says_the_same_as(kept.directory):
        return replace(read, directory=kept.directory)  # a text or a channel changed: what is indexed of it stays
    return read


def _read(edition: int | None, now: float) -> Snapshot:
    vault = current_app.extensions["vault"]
    rows = db.session.scalars(select(ChannelRow).order_by(ChannelRow.slug))
    channels = {row.slug: open_channel(row, vault) for row in rows}
    written_to = (channel for channel in channels.values() if channel.kind != "ussd")
    numbers = (normalise(channel.address, channel.country) for channel in written_to)
    for read in current_app.extensions.get("kept_along", ()):
        read(db.session())
    return Snapshot(edition, read_stored(db.session()), channels, frozenset(filter(None, numbers)), now)
