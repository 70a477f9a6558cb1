"""Reports, filed the way real ones are."""

from __future__ import annotations

import uuid
from itertools import count

from sqlalchemy import select, update

from app.conversation.text import hear
from app.database import transaction
from app.directory.current import channel_named
from app.intake.incoming import Incoming
from app.reports.models import IncomingMessage, Report
from app.viewer import INTAKE, acting_as

_numbers = count(1)


def a_number(country: str = "KE") -> str:
    """A phone number of this country that no other test uses."""
    prefix = {
        "KE": "+254711{:06d}",
        "GH": "+233241{:06d}",
        "IN": "+9198101{:05d}",
        "ID": "+628121{:07d}",
        "NG": "+2348031{:06d}",
        "SN": "+221771{:06d}",
        "ZA": "+27821{:06d}",
    }[country]
    return prefix.format(next(_numbers))


def an_incoming(
    text: str = "no drugs at the dispensary",
    country: str = "KE",
    sender: str | None = None,
    message_id: str | None = None,
    channel: str | None = None,
) -> Incoming:
    """A message as a webhook hands it over."""
    with acting_as(INTAKE):
        found = channel_named(channel or f"twilio-sms-{country.lower()}")
    return Incoming(found, message_id or f"SM{uuid.uuid4().hex}", sender or a_number(country), text)


def say(text: str, country: str = "KE", sender: str | None = None, **rest: str) -> Incoming:
    """Send a text in and have it dealt with; returns what was sent."""
    incoming = an_incoming(text, country, sender, **rest)
    with acting_as(INTAKE), transaction() as session:
        hear(session, incoming)
    return incoming


BEATEN = "soldiers beat people at the mine in Obuasi"
"""What is understood as abuse by security forces, a sensitive type of problem of Ghana's mining entry point."""


def a_sensitive_report(text: str = BEATEN, **changes: object) -> Report:
    """A report that is sealed when it is filed: WACAM's."""
    report = a_report(text, "GH", **changes)
    assert report.sealed, f"{text!r} was understood as {report.problem_type}"
    return report


def a_report(
    text: str = "no drugs at the dispensary",
    country: str = "KE",
    sender: str | None = None,
    **changes: object,
) -> Report:
    """A filed report, detached; `changes` are set on it afterwards (status, created_at, flags, …)."""
    incoming = say(text, country, sender)
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(
            select(IncomingMessage).where(IncomingMessage.provider_message_id == incoming.provider_message_id)
        ).one()
        assert message.report_id, f"{text!r} was not filed"
        if changes:
            session.execute(update(Report).where(Report.id == message.report_id).values(**changes))
        return session.scalars(select(Report).where(Report.id == message.report_id)).one()
