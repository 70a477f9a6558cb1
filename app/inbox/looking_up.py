"""How reports are found by their words: by the index where few have them, else one by one in the order of the list.

Which it is shows among the first of the list without the words: where a page of them has the words, or there are
no more of them, going through them is soon done. A word of long ago is rare there, so it is looked up, however
many had it then.
"""

from __future__ import annotations

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.inbox.conditions import narrowed
from app.inbox.filters import Filters
from app.inbox.ordering import BY_NAME
from app.inbox.paging import PAGE_SIZE
from app.inbox.searching import holds, reports_with
from app.inbox.tabs import WHOLE
from app.reports.models import Report

SAMPLE = 2000
"""Reports that are looked at first."""

MOST_LOOKED_UP = 40_000
"""Reports; of more of them the ids alone take too long to come and go."""


def looked_up(session: Session, filters: Filters) -> Filters:
    """The same filters, with the reports that hold the words where these are to be looked up. One statement."""
    if not filters.q:
        return filters
    sample = _sample(filters).cte("sample")
    number, with_words = (select(func.count(column)).select_from(sample).scalar_subquery() for column in sample.c)
    soon_done = or_(number < SAMPLE, with_words > PAGE_SIZE)
    each = reports_with(filters.q, MOST_LOOKED_UP + 1).subquery()
    ids = select(func.array_agg(each.c.report_id.distinct())).scalar_subquery()
    found = session.scalars(select(case((soon_done, None), else_=func.coalesce(ids, [])))).one()
    return filters.but(few=frozenset(found) if found is not None and len(found) <= MOST_LOOKED_UP else None)


def _sample(filters: Filters) -> Select[tuple[object, ...]]:
    """The first reports that are there without the words, and which of them have these."""
    oldest_first = filters.sort == "oldest"
    order = (Report.created_at, Report.id) if oldest_first else (Report.created_at.desc(), Report.id.desc())
    everything = narrowed(select(Report), filters.but(tab=WHOLE, q=None, sort=BY_NAME["newest"].name))
    first = everything.order_by(*order).limit(SAMPLE)
    return first.with_only_columns(Report.id, case((holds(filters.q or ""), Report.id)).label("with_words"))
