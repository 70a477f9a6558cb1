"""What went between a person and us about one report, in the order it happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.outbox.models import OutgoingMessage
from app.reports.models import Report
from app.reports.sealed import OUTGOING
from app.reports.sealing import opened_one
from sms.segments import count

SEALED = "[sealed]"
"""Stands for the words of a sensitive report, which no command reads."""


@dataclass(frozen=True)
class Said:
    """One message in either direction; `state` of one that came in is `received`."""

    direction: str
    state: str
    body: str
    segments: int
    at: datetime
    purpose: str = ""
    error: str | None = None


def correspondence(session: Session, report: Report) -> list[Said]:
    """The report's messages in and out, oldest first; two statements."""
    return sorted((*_came_in(report), *_went_out(session, report)), key=lambda said: said.at)


def words_of(session: Session, message: OutgoingMessage) -> str:
    """What this message says; the words about a sensitive report are opened for whoever sends them."""
    return message.body or opened_one(session, OUTGOING, message.id) or ""


def _came_in(report: Report) -> Iterator[Said]:
    for message in report.messages:
        body = SEALED if report.sealed else message.body
        yield Said("in", "received", body, count(message.body).parts, message.received_at)


def _went_out(session: Session, report: Report) -> Iterator[Said]:
    mine = select(OutgoingMessage).where(OutgoingMessage.report_id == report.id)
    for message in session.scalars(mine):
        yield Said(
            "out",
            message.state,
            message.body,
            message.segments,
            message.created_at,
            message.purpose,
            message.error,
        )
