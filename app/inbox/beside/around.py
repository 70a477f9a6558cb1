"""What stands around one report, read in one statement: who else has it open, one's own drafts, the macros."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.inbox.beside import drafts
from app.inbox.beside.drafts import Begun
from app.inbox.beside.models import Draft
from app.inbox.beside.presence import Other, others_anywhere
from app.inbox.macros.models import Macro
from app.reports.models import Report
from app.viewer import current_viewer


@dataclass(frozen=True)
class Around:
    """`macros` are numbers and names."""

    others: tuple[Other, ...]
    drafts: Mapping[str, Begun]
    macros: tuple[tuple[int, str], ...]


def read_around(session: Session, report: Report) -> Around:
    wanted = select(others_anywhere(report), _drafts(report), _macros())
    others, begun, macros = session.execute(wanted).one()
    return Around(
        others=tuple(sorted((Other(name, answering) for _report, name, answering in others or ()), key=_by_name)),
        drafts={kind: _begun(report, kind, *row) for kind, *row in begun or ()},
        macros=tuple(sorted(((number, name) for number, name in macros or ()), key=lambda one: one[1].casefold())),
    )


def _drafts(report: Report) -> Any:
    row = func.jsonb_build_array(Draft.kind, func.encode(Draft.sealed, "base64"), Draft.changed_at)
    mine = Draft.report_id == report.id, Draft.account_id == current_viewer().account_id
    return select(func.jsonb_agg(row)).where(*mine).scalar_subquery()


def _macros() -> Any:
    return select(func.jsonb_agg(func.jsonb_build_array(Macro.id, Macro.name))).scalar_subquery()


def _begun(report: Report, kind: str, sealed: str, changed_at: str) -> Begun:
    account = current_viewer().account_id
    text = drafts.opened(base64.b64decode(sealed), account, report.id, kind)
    return Begun(text, datetime.fromisoformat(changed_at))


def _by_name(other: Other) -> str:
    return other.name
