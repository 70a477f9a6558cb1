"""The photos of a report, for those who work on it: a page that shows one, and the files.

A file is a JPEG that we wrote ourselves, under an address that names a report and a number in our database: nothing
of a stranger's file or its name is left in either. Opened by itself it is saved and not shown.
"""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import gates
from app.database import transaction
from app.inbox.pages import TRIAGE
from app.photos.keeping import Size, opened, photos_of
from app.reports.models import Report
from app.reports.sealing import PHOTO, note_reading

bp = Blueprint("photos", __name__, url_prefix="/inbox/<reference>/photos/<uuid:photo>")
gates.staff(bp, TRIAGE)


@bp.get("")
def page(reference: str, photo: uuid.UUID) -> ResponseReturnValue:
    with transaction() as session:
        report = session.scalars(select(Report).where(Report.reference == reference)).one_or_none()
        photos = photos_of(session, report) if report else ()
    number = next((number for number, one in enumerate(photos, 1) if one.id == photo), None)
    if report is None or number is None:
        abort(404)
    return render_template(
        "photos/photo.html", report=report, photos=photos, number=number, photo=photos[number - 1]
    )


@bp.get("/<any(full, small):size>.jpg")
def file(reference: str, photo: uuid.UUID, size: Size) -> Response:
    with transaction() as session:
        content = opened(session, reference, photo, size)
        if content is not None and size == "full":
            _note(session, reference)
    if content is None:
        abort(404)
    response = Response(content, content_type="image/jpeg")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Disposition"] = f"attachment; filename={reference}-{str(photo)[:8]}.jpg"
    return response


def _note(session: Session, reference: str) -> None:
    """Who has looked at a photo of a sensitive report is noted, as it is of its words."""
    report = session.scalars(select(Report).where(Report.reference == reference)).one()
    if report.sealed:
        note_reading(session, report, PHOTO)
