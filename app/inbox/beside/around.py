"""What stands around one report, read in one statement: who else has it open, the viewer's drafts, macros and tags,
its gap, who follows it."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.gaps.models import Gap, Member
from app.inbox.beside import drafts
from app.inbox.beside.drafts import Begun
from app.inbox.beside.models import Draft
from app.inbox.beside.presence import Other, others_anywhere
from app.inbox.following.followers import said_of
from app.inbox.macros.models import Macro
from app.inbox.tags import most_used, tags_in_use
from app.reports.models import Report
from app.viewer import current_viewer


@dataclass(frozen=True)
class OfGap:
    """The gap that a report belongs to: how many reports there are of it, and the number of its newest case."""

    id: uuid.UUID
    reports: int
    case: int | None


@dataclass(frozen=True)
class Around:
    """`macros` are numbers and names. `gap` is None for a report of no gap, and for a desk, which sees none.

    `follows`: who said that they follow it, or do not.
    """

    others: tuple[Other, ...]
    drafts: Mapping[str, Begun]
    macros: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]
    gap: OfGap | None
    follows: tuple[tuple[int, bool], ...]


def read_around(session: Session, report: Report) -> Around:
    wanted = select(
        others_anywhere(report), _drafts(report), _macros(), tags_in_use(), _gap(report), said_of(report)
    )
    others, begun, macros, tags, gap, said = session.execute(wanted).one()
    return Around(
        others=tuple(sorted((Other(name, answering) for _report, name, answering in others or ()), key=_by_name)),
        drafts={kind: _begun(report, kind, *row) for kind, *row in begun or ()},
        macros=tuple(sorted(((number, name) for number, name in macros or ()), key=lambda one: one[1].casefold())),
        tags=most_used(tags or ()),
        gap=OfGap(uuid.UUID(gap[0]), *gap[1:]) if gap else None,
        follows=tuple((account, follows) for account, follows in said or ()),
    )


def _drafts(report: Report) -> Any:
    row = func.jsonb_build_array(Draft.kind, func.encode(Draft.sealed, "base64"), Draft.changed_at)
    mine = Draft.report_id == report.id, Draft.account_id == current_viewer().account_id
    return select(func.jsonb_agg(row)).where(*mine).scalar_subquery()


def _macros() -> Any:
    return select(func.jsonb_agg(func.jsonb_build_array(Macro.id, Macro.name))).scalar_subquery()


def _gap(report: Report) -> Any:
    row = select(func.jsonb_build_array(Gap.id, Gap.reports, Gap.case_id))
    return row.join_from(Gap, Member).where(Member.report_id == report.id).scalar_subquery()


def _begun(report: Report, kind: str, sealed: str, changed_at: str) -> Begun:
    account = current_viewer().account_id
    text = drafts.opened(base64.b64decode(sealed), account, report.id, kind)
    return Begun(text, datetime.fromisoformat(changed_at))


def _by_name(other: Other) -> str:
    return other.name
