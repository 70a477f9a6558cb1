"""The directory and the channels that this process works with: a copy that is never older than a few seconds."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from app.database import db
from app.directory.catalogue import Directory
from app.directory.channels import Channel, open_channel
from app.directory.load import edition_number
from app.directory.models import ChannelRow
from app.directory.stored import read_stored
from sms.numbers import normalise

MOST_SECONDS_OLD = 5.0


@dataclass(frozen=True)
class Snapshot:
    """One edition of the directory, and when (monotonic seconds) it was last known to be the newest."""

    edition: int | None
    directory: Directory
    channels: dict[str, Channel]
    our_numbers: frozenset[str]
    checked: float


def current_directory() -> Directory:
    return _snapshot().directory


def channels() -> tuple[Channel, ...]:
    """Every channel, in the order of its slug."""
    return tuple(_snapshot().channels.values())


def channel_named(slug: str) -> Channel:
    """Raises KeyError for a channel that is not registered."""
    return _snapshot().channels[slug]


def our_numbers() -> frozenset[str]:
    """Our own numbers in E.164: never to be answered, or two of our machines would talk for ever."""
    return _snapshot().our_numbers


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
    return _read(edition, now)


def _read(edition: int | None, now: float) -> Snapshot:
    vault = current_app.extensions["vault"]
    rows = db.session.scalars(select(ChannelRow).order_by(ChannelRow.slug))
    channels = {row.slug: open_channel(row, vault) for row in rows}
    numbers = (normalise(channel.address, channel.country) for channel in channels.values())
    return Snapshot(edition, read_stored(db.session()), channels, frozenset(filter(None, numbers)), now)
