"""How a form on the page of a report becomes one act: one transaction, then the page again."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.database import transaction
from app.inbox import acts
from app.inbox.report_page import Forms, Problem, read_report_page
from app.inbox.secrecy import ClosedPage
from app.reports.reference import WrongReference, read_reference

UseCase = Callable[[Session, str, uuid.UUID], str | None]
"""What is done to the report with this reference; the number is the form's own, by which it counts once. It may
return another name for what was done."""


def act(reference: str, done: str, use_case: UseCase, away: str | None = None) -> ResponseReturnValue:
    """Run one act in one transaction, then show the report again, afresh or with what was wrong, or go `away`.

    `done` names the act for the line that confirms it. Answers 404 for a report that the viewer may not see, 409
    for a form that is out of date, 422 for one that is refused.
    """
    reference = canonical(reference)
    try:
        with transaction() as session:
            done = use_case(session, reference, form_number()) or done
    except acts.NoSuchReport:
        abort(404)
    except acts.Refused as refused:
        forms = Forms(Problem(refused.field, str(refused)), request.form.to_dict())
        return show_report(reference, forms), 409 if isinstance(refused, acts.Stale) else 422
    return redirect(away or url_for("inbox.report", reference=reference, done=done), 303)


def canonical(reference: str) -> str:
    """The reference in this address as reports keep it; what is none leads nowhere: 404."""
    try:
        read = read_reference(reference)
    except WrongReference:
        read = None
    return str(read) if read else abort(404)


def form_number() -> uuid.UUID:
    """The number of the form that was sent; 400 without one."""
    try:
        return uuid.UUID(request.form.get("form", ""))
    except ValueError:
        abort(400)


def show_report(reference: str, forms: Forms) -> str:
    """The page of this report; 404 where the viewer may not see it."""
    with transaction() as session:
        page = read_report_page(session, reference, forms)
    if page is None:
        abort(404)
    if isinstance(page, ClosedPage):
        return render_template("inbox/closed.html", page=page)
    return render_template("inbox/report.html", page=page, here=url_for("inbox.report", reference=reference))
