"""The list of cases: what was last worked on comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.followup.models import Action, Case
from app.followup.states import STATES
from app.gaps.models import Gap
from app.gaps.naming import area_name, entry_point_name, problem_name
from app.gaps.paging import Key, Page, page_of

NEWEST = Key(Case.changed_at, Case.id, int)
Dates = tuple[date | None, date | None]
NO_DATES: Dates = (None, None)


@dataclass(frozen=True)
class Row:
    """One case as the list shows it. `due_on` is the earliest date that an open action waits for, `lapsed_on` the
    newest due date that passed without a word."""

    number: int
    statement: str
    problem: str | None
    gap_kind: str | None
    entry_point: str
    area: str
    state: str
    people: int
    due_on: date | None
    lapsed_on: date | None
    changed_at: datetime


def read_state(query: Mapping[str, str]) -> str | None:
    """The state that the list is narrowed to; what is none is no filter."""
    state = query.get("state")
    return state if state in STATES else None


def page_of_cases(session: Session, state: str | None, before: str | None) -> Page[Case]:
    """One page of the cases that the viewer may see."""
    cases = select(Case).where(Case.state == state) if state else select(Case)
    return page_of(session, cases, NEWEST, before)


def rows_of(session: Session, page: Page[Case], directory: Directory) -> tuple[Row, ...]:
    """The rows of a page, with what their gaps and actions say; two statements."""
    dates = _dates(session, [case.id for case in page.rows])
    people = _people(session, page)
    return tuple(_row(case, dates.get(case.id, NO_DATES), people.get(case.id, 0), directory) for case in page.rows)


def _dates(session: Session, numbers: list[int]) -> dict[int, Dates]:
    """By the number of the case: when the next answer is due, and when one was due that has not come."""
    due = func.min(Action.due_on).filter(Action.state == "open")
    lapsed = func.max(Action.lapsed_on).filter(Action.state == "no_response")
    found = select(Action.case_id, due, lapsed).where(Action.case_id.in_(numbers)).group_by(Action.case_id)
    return {number: (due_on, lapsed_on) for number, due_on, lapsed_on in session.execute(found)}


def _people(session: Session, page: Page[Case]) -> dict[int, int]:
    gaps = {case.id: case.gap_id for case in page.rows}
    found = select(Gap.id, Gap.people).where(Gap.id.in_(set(gaps.values())))
    people = dict(session.execute(found).all())
    return {number: people.get(gap, 0) for number, gap in gaps.items()}


def _row(case: Case, dates: Dates, people: int, directory: Directory) -> Row:
    due_on, lapsed_on = dates
    return Row(
        number=case.id,
        statement=case.statement,
        problem=problem_name(case, directory),
        gap_kind=case.gap_kind,
        entry_point=entry_point_name(case, directory),
        area=area_name(case, directory),
        state=case.state,
        people=people,
        due_on=due_on,
        lapsed_on=lapsed_on,
        changed_at=case.changed_at,
    )
