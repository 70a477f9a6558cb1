"""What somebody has begun to write about a report: theirs alone, sealed, until it is sent or a month is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox import acts
from app.inbox.beside.models import Draft
from app.reports.models import Report
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


def drafts_of(session: Session, report: Report) -> dict[str, Begun]:
    """The viewer's own, by kind."""
    mine = select(Draft).where(Draft.report_id == report.id, Draft.account_id == current_viewer().account_id)
    return {one.kind: _opened(one) for one in session.scalars(mine)}


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
    draft.sealed, draft.changed_at = _vault().seal(text, _place(draft)), datetime.now(UTC)
    return None


def forget(session: Session, reference: str, kind: str) -> None:
    """There is none any more: it was sent or thrown away. Raises NoSuchReport."""
    draft = _stored(session, reference, kind)
    if draft is not None:
        session.delete(draft)


def _opened(draft: Draft) -> Begun:
    return Begun(_vault().open(draft.sealed, _place(draft)), draft.changed_at)


def _stored(session: Session, reference: str, kind: str) -> Draft | None:
    key = (current_viewer().account_id, _report(session, reference).id, kind)
    return session.get(Draft, key)


def _report(session: Session, reference: str) -> Report:
    report = session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
    if report is None:
        raise acts.NoSuchReport(reference)
    return report


def _place(draft: Draft) -> str:
    return f"report_draft/sealed/{draft.account_id}/{draft.report_id}/{draft.kind}"


def _vault() -> Vault:
    return current_app.extensions["vault"]
