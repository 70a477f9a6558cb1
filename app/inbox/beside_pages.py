"""What an open report page says and asks by itself: that it is open, and what is being written."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import gates
from app.database import transaction
from app.inbox.acting import canonical
from app.inbox.acts import NoSuchReport
from app.inbox.beside import drafts
from app.inbox.beside.presence import arrive, others_among, others_at
from app.inbox.bulk.asking import read_references
from app.inbox.pages import TRIAGE
from app.inbox.paging import PAGE_SIZE
from app.reports.models import Report

bp = Blueprint("beside", __name__, url_prefix="/inbox")
gates.staff(bp, TRIAGE)


@bp.post("/<reference>/beside")
def beside(reference: str) -> ResponseReturnValue:
    """The page is still open; who else has it open is the answer."""
    reference = canonical(reference)
    arrive(reference, bool(request.form.get("reply", "").strip()))
    with transaction() as session:
        report = session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
        others = others_at(session, report) if report else abort(404)
    return render_template("inbox/parts/others.html", others=others)


@bp.get("/others")
def others() -> ResponseReturnValue:
    """Who has these reports of a list open, as pieces of the list's page."""
    wanted = read_references(request.args.getlist("of")[:PAGE_SIZE])
    with transaction() as session:
        found = others_among(session, wanted)
    return render_template("inbox/parts/others_anywhere.html", wanted=wanted, others=found)


@bp.post("/<reference>/draft")
def keep(reference: str) -> ResponseReturnValue:
    """Keep what is written so far, by script or by the button; a page of script gets one line back."""
    kind, reference = _kind(), canonical(reference)
    try:
        with transaction() as session:
            drafts.keep(session, reference, kind, request.form.get(kind, ""))
    except NoSuchReport:
        abort(404)
    except IntegrityError:  # another window keeps one at the same moment
        pass
    if request.form.get("by") == "script":
        return render_template("inbox/parts/draft_kept.html", kept=bool(request.form.get(kind, "").strip()))
    return redirect(url_for("inbox.report", reference=reference, done="draft", _anchor=kind), 303)


@bp.post("/<reference>/draft/discard")
def discard(reference: str) -> ResponseReturnValue:
    kind, reference = _kind(), canonical(reference)
    try:
        with transaction() as session:
            drafts.forget(session, reference, kind)
    except NoSuchReport:
        abort(404)
    return redirect(url_for("inbox.report", reference=reference, done="discarded", _anchor=kind), 303)


def _kind() -> str:
    kind = request.args.get("kind", "")
    return kind if kind in drafts.KINDS else abort(400)
