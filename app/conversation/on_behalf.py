"""Somebody who reports for somebody else: a mark on the report, for those who follow it up."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.filing import file_report
from app.intake.incoming import Matter, Sender
from app.reports.models import IncomingMessage, Report
from app.understanding.for_another import is_for_another

ON_BEHALF = "on_behalf"
"""The flag of a report that was made for somebody else. Whoever made it is the one we write to."""


def mark_of(country: str, *texts: str) -> tuple[str, ...]:
    """The flag, where one of these texts says so."""
    return (ON_BEHALF,) if any(is_for_another(text, country) for text in texts) else ()


def file_marked(session: Session, sender: Sender, matter: Matter) -> Report:
    """File what was said in several messages, with the mark where one of them says so."""
    bodies = session.scalars(select(IncomingMessage.body).where(IncomingMessage.id.in_(matter.said_in)))
    flags = dict.fromkeys((*matter.flags, *mark_of(matter.country, *bodies)))
    return file_report(session, sender, replace(matter, flags=tuple(flags)))
