"""What somebody has begun to write about a report: theirs alone, sealed, until it is sent or a month is over."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox import acts
from app.inbox.beside.models import Draft
from app.reports.models import Report
from app.reports.sealing import may_read
from app.vault import Vault
from app.viewer import current_viewer

KINDS = ("reply", "note")
KEPT_FOR = timedelta(days=30)
LONGEST = {"reply": acts.LONGEST_REPLY, "note": acts.LONGEST_NOTE}
OVER = 1000
"""So many characters too many are kept too: it is shortened before it is sent."""


@dataclass(frozen=True)
class Begun:
    """A draft, opened."""

    text: str
    at: datetime


def opened(sealed: bytes, account: int | None, report: uuid.UUID, kind: str) -> str:
    """What somebody wrote there."""
    return _vault().open(sealed, _place(account, report, kind))


def keep(session: Session, reference: str, kind: str, text: str) -> None:
    """Keep this as the viewer's draft; what is empty is no draft. Raises NoSuchReport."""
    text = acts.clean(text).strip()[: LONGEST[kind] + OVER]
    if not text:
        return forget(session, reference, kind)
    draft = _stored(session, reference, kind)
    if draft is None:
        report = _report(session, reference)
        draft = Draft(account_id=current_viewer().account_id, report_id=report.id, kind=kind)
        session.add(draft)
    place = _place(draft.account_id, draft.report_id, kind)
    draft.sealed, draft.changed_at = _vault().seal(text, place), datetime.now(UTC)
    return None


def forget(session: Session, reference: str, kind: str) -> None:
    """There is none any more: it was sent or thrown away. Raises NoSuchReport."""
    draft = _stored(session, reference, kind)
    if draft is not None:
        session.delete(draft)


def _stored(session: Session, reference: str, kind: str) -> Draft | None:
    key = (current_viewer().account_id, _report(session, reference).id, kind)
    return session.get(Draft, key)


def _report(session: Session, reference: str) -> Report:
    """Nobody writes about what they may not read. Raises NoSuchReport."""
    report = session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
    if report is None or not may_read(session, report):
        raise acts.NoSuchReport(reference)
    return report


def _place(account: int | None, report: uuid.UUID, kind: str) -> str:
    return f"report_draft/sealed/{account}/{report}/{kind}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
