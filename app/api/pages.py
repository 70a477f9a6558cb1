"""The routes of the API, version 1."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.exceptions import HTTPException

from app.api.describing import case_json, cell_json, event_json, gap_json, report_json, words_json
from app.api.gate import for_programs, may_read_words
from app.api.problems import Problem, answer
from app.database import transaction
from app.directory.catalogue import SECTORS
from app.directory.current import current_directory
from app.figures.reading import closed_months, read_month
from app.followup.listing import page_of_cases, read_state
from app.followup.models import Case
from app.gaps import listing as gap_listing
from app.inbox import acts
from app.inbox.choices import choices_for
from app.inbox.conditions import narrowed
from app.inbox.filters import Filters, read_filters
from app.inbox.looking_up import looked_up
from app.inbox.ordering import BY_NAME
from app.inbox.paging import page_of, read_cursor
from app.reports.models import Report
from app.reports.reference import WrongReference, read_reference
from app.viewer import current_viewer

bp = Blueprint("api", __name__, url_prefix="/api/v1")
for_programs(bp)

USUAL, MOST = 50, 200
BIGGEST_NUMBER = 2**63 - 1
OF_PEOPLE = {"tab": "mine", "assigned": "me", "unread": "yes"}
"""Filters that ask about whoever looks: a program is nobody."""


@bp.get("/reports")
def reports() -> ResponseReturnValue:
    with transaction() as session:
        filters = looked_up(session, _filters())
        order = BY_NAME[filters.sort]
        before = read_cursor(request.args["before"], order) if "before" in request.args else None
        if "before" in request.args and before is None:
            raise Problem(400, "before is no cursor of this order.")
        page = page_of(session, narrowed(select(Report), filters), order, before, None, size=_limit())
        found = [report_json(report) for report in page.reports]
    return jsonify({"reports": found, "next": str(page.on) if page.on else None})


@bp.get("/reports/<reference>")
def report(reference: str) -> ResponseReturnValue:
    with transaction() as session:
        found = _report(session, reference)
        said = {"messages": words_json(found)} if may_read_words() else {}
        return jsonify({**report_json(found), **said, "timeline": [*map(event_json, found.events)]})


@bp.post("/reports/<reference>/notes")
def add_note(reference: str) -> ResponseReturnValue:
    """Keep a private note, once for each Idempotency-Key."""
    text = _fields("text")["text"]
    return _act(reference, lambda session, key: acts.add_note(session, _canonical(reference), key, text))


@bp.post("/reports/<reference>/status")
def change_status(reference: str) -> ResponseReturnValue:
    """Move a report on from the status that the program has seen."""
    said = _fields("from", "to", "reason")
    was, to, reason = said["from"], said["to"], said["reason"]
    return _act(
        reference, lambda session, key: acts.change_status(session, _canonical(reference), key, was, to, reason)
    )


@bp.get("/gaps")
def gaps() -> ResponseReturnValue:
    with transaction() as session:
        filters = gap_listing.read_filters(
            request.args, gap_listing.choices_for(current_viewer(), current_directory())
        )
        page = gap_listing.page_of_gaps(session, filters, request.args.get("before"))
        return jsonify({"gaps": [*map(gap_json, page.rows)], "next": page.older})


@bp.get("/cases")
def cases() -> ResponseReturnValue:
    with transaction() as session:
        page = page_of_cases(session, read_state(request.args), request.args.get("before"))
        return jsonify({"cases": [*map(case_json, page.rows)], "next": page.older})


@bp.get("/cases/<int:number>")
def case(number: int) -> ResponseReturnValue:
    with transaction() as session:
        found = session.get(Case, number) if number <= BIGGEST_NUMBER else None
        if found is None:
            raise Problem(404, "There is no such case that this token may see.")
        return jsonify(case_json(found))


@bp.get("/figures")
def figures() -> ResponseReturnValue:
    """The published figures of a closed month, the newest unless another is asked for."""
    asked = request.args.get("month")
    with transaction() as session:
        months = closed_months(session)
        closed = next((one for one in months if asked in (None, f"{one.month:%Y-%m}")), None)
        if closed is None:
            raise Problem(404, "No such month is closed.")
        countries = [country.code for country in current_directory().countries]
        table = read_month(session, closed).by_country_and_sector(countries, SECTORS)
    rows = [cell_json(*place, cell) for place, cell in table.cells.items()]
    return jsonify({"month": f"{closed.month:%Y-%m}", "edition": closed.edition, "figures": rows})


@bp.errorhandler(Problem)
def say_problem(problem: Problem) -> ResponseReturnValue:
    return answer(problem)


@bp.errorhandler(HTTPException)
def say_http(error: HTTPException) -> ResponseReturnValue:
    return answer(Problem(error.code or 500, error.description or "It did not work."))


def _act(reference: str, use_case: Callable[[Session, uuid.UUID], None]) -> ResponseReturnValue:
    """Run an act once for its key; the report as it stands then."""
    try:
        key = uuid.UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        raise Problem(400, "Send an Idempotency-Key: a UUID that is new for each act.") from None
    try:
        with transaction() as session:
            use_case(session, key)
            session.flush()
            return jsonify(report_json(_report(session, reference)))
    except acts.NoSuchReport:
        raise Problem(404, "There is no such report that this token may see.") from None
    except acts.Refused as refused:
        status = 409 if isinstance(refused, acts.Stale) else 422
        raise Problem(status, str(refused), field=refused.field) from None


def _report(session: Session, reference: str) -> Report:
    wanted = select(Report).where(Report.reference == _canonical(reference))
    both = wanted.options(selectinload(Report.messages), selectinload(Report.events))
    found = session.scalars(both).one_or_none()
    if found is None:
        raise Problem(404, "There is no such report that this token may see.")
    return found


def _canonical(reference: str) -> str:
    try:
        read = read_reference(reference)
    except WrongReference:
        read = None
    if read is None:
        raise Problem(404, "This is no reference.")
    return str(read)


def _filters() -> Filters:
    """The filters of the inbox, all reports unless a tab is named. A value that is not offered is told."""
    asked = request.args.copy()
    asked.setdefault("tab", "all")
    for name, value in OF_PEOPLE.items():
        if asked.get(name) == value:
            raise Problem(400, f"{name}={value} asks about a person.")
    filters = read_filters(asked, choices_for(current_viewer(), current_directory()))
    for name in set(asked) - {"before", "limit", "tag"}:
        if not hasattr(filters, name) or not getattr(filters, name):
            raise Problem(400, f"There is no filter {name} of this value.")
        if name in ("tab", "sort") and getattr(filters, name) != asked[name]:
            raise Problem(400, f"There is no {name} of this name.")
    return filters


def _limit() -> int:
    text = request.args.get("limit", str(USUAL))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= MOST:
        raise Problem(400, f"limit is between 1 and {MOST}.")
    return int(text)


def _fields(*names: str) -> dict[str, str]:
    """These fields of the JSON that was sent, as texts; what is missing is empty."""
    said: Any = request.get_json(silent=True)
    if not isinstance(said, dict) or not all(isinstance(said.get(name, ""), str) for name in names):
        raise Problem(400, f"Send JSON with these texts: {', '.join(names)}.")
    return {name: said.get(name, "") for name in names}
