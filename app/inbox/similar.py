"""Reports that may say the same: at the same entry point, with the same partner, in the same area, near in time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.inbox.naming import problem_name
from app.reports.lifecycle import OPEN
from app.reports.models import IncomingMessage, Report
from app.reports.sealed import read_by
from app.reports.sensitive import is_sensitive
from app.understanding.fold import words_of
from app.viewer import current_viewer

WINDOW = timedelta(days=30)
NEAREST = 50
"""Candidates that are looked at, on either side in time: what else there is shows by its filter on the list."""

MOST_SHOWN = 5
FEWEST_LETTERS = 4
ENOUGH_WORDS = 2
"""Shorter words say little, and one word in common is no sign."""

FIRST_WORDS = 120
PERSON, PROBLEM, KIND, PLACE, WORD = 4, 3, 2, 1, 1


@dataclass(frozen=True)
class Similar:
    """A report that may say the same. `why`: the signs of it; `words`: its beginning, unless it is sensitive."""

    reference: str
    problem: str
    status: str
    language: str
    words: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    """How alike two reports are: the sum of what they share, and that in words."""

    weight: int
    days: int
    why: tuple[str, ...]


def similar_reports(session: Session, report: Report, directory: Directory) -> tuple[Similar, ...]:
    """The most alike first. None for a report that has come to its end."""
    if report.status not in OPEN:
        return ()
    mine = _Told(report, None if is_sensitive(report) else _said_by(report))
    others = [_Told(one, None if is_sensitive(one) else said) for one, said in _near(session, report)]
    likenesses = [(other, _likeness(mine, other)) for other in others]
    alike = [(other, likeness) for other, likeness in likenesses if likeness.weight]
    alike.sort(key=lambda pair: (-pair[1].weight, pair[1].days))
    return tuple(_shown(other, likeness, directory) for other, likeness in alike[:MOST_SHOWN])


@dataclass(frozen=True)
class _Told:
    """A report and what was said in it; None where it is sensitive."""

    report: Report
    said: str | None


def _said_by(report: Report) -> str:
    return " ".join(message.body for message in report.messages)


def _near(session: Session, report: Report) -> list[tuple[Report, str]]:
    """The nearest in time, before and after, each with what was said in it. One statement."""
    at = Report.created_at
    before = _candidates(report, at.between(report.created_at - WINDOW, report.created_at)).order_by(at.desc())
    after = _candidates(report, at > report.created_at, at < report.created_at + WINDOW).order_by(at)
    near = union_all(*(select(some.limit(NEAREST).subquery()) for some in (before, after))).subquery()
    words = func.string_agg(IncomingMessage.body, aggregate_order_by(literal(" "), IncomingMessage.received_at))
    said = select(words).where(IncomingMessage.report_id == Report.id).correlate(Report).scalar_subquery()
    found = select(Report, func.coalesce(said, "")).join(near, near.c.id == Report.id)
    return [(one, words) for one, words in session.execute(found)]


def _candidates(report: Report, *when: ColumnElement[bool]) -> Select[tuple[uuid.UUID]]:
    same_area = () if report.area is None else (or_(Report.area == report.area, Report.area.is_(None)),)
    same = (
        Report.country == report.country,
        Report.entry_point == report.entry_point,
        Report.partner == report.partner,
    )
    same = (*same, read_by(current_viewer()))  # that there is a sensitive one like it is for its own readers
    return select(Report.id).where(*same, *same_area, *when, Report.status.in_(OPEN), Report.id != report.id)


def _likeness(mine: _Told, theirs: _Told) -> Likeness:
    shared = _shared_words(mine.said, theirs.said)
    report, other = mine.report, theirs.report
    is_person = report.contact_id is not None and report.contact_id == other.contact_id
    is_problem = report.problem_type is not None and report.problem_type == other.problem_type
    is_kind = report.gap_kind is not None and report.gap_kind == other.gap_kind and not is_problem
    weight = PERSON * is_person + PROBLEM * is_problem + KIND * is_kind + WORD * len(shared)
    is_place = report.area is not None and report.area == other.area
    days = abs(report.created_at - other.created_at).days
    signs = ((is_person, _("the same phone")), (is_problem, _("the same problem")), (is_kind, _("the same kind")))
    why = [words for is_so, words in (*signs, (is_place, _("the same area"))) if is_so]
    return Likeness(weight and weight + PLACE * is_place, days, (*why, *_rest(shared, days)))


def _rest(shared: list[str], days: int) -> Iterator[str]:
    if shared:
        yield _("words in common: %(words)s", words=", ".join(shared))
    yield ngettext("%(num)d day apart", "%(num)d days apart", days) if days else _("less than a day apart")


def _shared_words(mine: str | None, theirs: str | None) -> list[str]:
    """None unless there are enough; what is sensitive is not compared."""
    telling, also = (
        {word for word in words_of(said or "") if len(word) >= FEWEST_LETTERS} for said in (mine, theirs)
    )
    shared = sorted(telling & also)
    return shared if len(shared) >= ENOUGH_WORDS else []


def _shown(told: _Told, likeness: Likeness, directory: Directory) -> Similar:
    one, words = told.report, " ".join((told.said or "").split())
    short = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
    return Similar(one.reference, problem_name(one, directory), one.status, one.language, short, likeness.why)
