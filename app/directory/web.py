"""The web form as a channel of each country, so that what comes in by it is stored like any other message.

Nobody writes to these or dials them: `channels` of `current.py` leaves them out, and so do all listings.
"""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.directory.channels import Channel, seal_channel
from app.directory.models import ChannelRow

WEB = "web"


def web_slug(country: str) -> str:
    """The slug of a country's web channel."""
    return f"{WEB}-{country.lower()}"


def add_web_channels(session: Session, directory: Directory) -> bool:
    """Add the web channel of each country that has none; returns whether any was added."""
    known = set(session.scalars(select(ChannelRow.slug).where(ChannelRow.provider == WEB)))
    missing = [country.code for country in directory.countries if web_slug(country.code) not in known]
    vault = current_app.extensions["vault"]
    session.add_all(seal_channel(_web_channel(country), vault) for country in missing)
    return bool(missing)


def _web_channel(country: str) -> Channel:
    return Channel(web_slug(country), WEB, WEB, country, "/report", secret="")
