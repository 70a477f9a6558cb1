"""The pages on which staff enter what people told them: a form for one, a sheet for many."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.exceptions import RequestEntityTooLarge

from app.access import gates
from app.access.speaking import page_language
from app.database import transaction
from app.directory.catalogue import Country, EntryPoint
from app.directory.current import current_directory
from app.directory.routing import route
from app.entering import sheets, tables
from app.entering.entry import LONGEST_PLACE, LONGEST_WORDS, Entry, Wrong, read_entry
from app.entering.filing import enter, is_repeated, worker_of
from app.entering.showing import codes_of, shown
from app.inbox.acting import canonical, form_number
from app.inbox.choices import entry_points_of
from app.inbox.pages import TRIAGE
from app.reports.models import Report
from app.viewer import INTAKE, acting_as, current_viewer

bp = Blueprint("entering", __name__, url_prefix="/entering")
gates.staff(bp, TRIAGE)

SHOWN = 10
ROOM_FOR_THE_REST = 64 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Form:
    """What was entered, and what is wrong with it; `repeated` where it seems to be in already."""

    entered: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    repeated: bool = False


@bp.url_value_preprocessor
def expect_a_file(endpoint: str | None, _values: dict | None) -> None:
    """Sheets may be larger than other forms. This comes before the form's token is looked for in it."""
    if endpoint == "entering.look_through":
        request.max_content_length = tables.BIGGEST + ROOM_FOR_THE_REST


@bp.get("")
def one() -> ResponseReturnValue:
    return _form(Form())


@bp.post("")
def enter_one() -> ResponseReturnValue:
    entered, number, worker = request.form.to_dict(), form_number(), worker_of(current_viewer())
    try:
        entry = read_entry(request.form, _country().code, current_directory())
    except Wrong as wrong:
        return _form(Form(entered, wrong.problems)), 422
    with acting_as(INTAKE), transaction() as session:
        is_again = request.form.get("anyway") != "yes" and is_repeated(session, entry)
        reference = None if is_again else enter(session, entry, worker, str(number))
    if reference is None:
        return _form(Form(entered, repeated=True)), 409
    return redirect(url_for(".done", reference=reference), 303)


@bp.get("/done/<reference>")
def done(reference: str) -> ResponseReturnValue:
    """The reference to tell the person; a link to the report only where it came to the worker's own place."""
    with transaction() as session:
        mine = session.scalar(select(Report.id).where(Report.reference == canonical(reference)))
    return render_template("entering/done.html", reference=canonical(reference), is_mine=mine is not None)


@bp.get("/sheet")
def sheet() -> ResponseReturnValue:
    return _upload()


@bp.post("/sheet")
def look_through() -> ResponseReturnValue:
    uploaded = request.files.get("sheet")
    content = uploaded.read() if uploaded else b""
    if not content:
        return _upload(_("Choose a file.")), 422
    try:
        number = sheets.look_through(content, _country().code)
    except tables.BadTable as bad:
        return _upload(_("Line %(n)d: %(what)s", n=bad.line, what=str(bad))), 422
    except sheets.NotTakenIn as refused:
        return _upload(_("Nothing was taken in: the sheet has mistakes."), refused.mistakes), 422
    return redirect(url_for(".preview", number=number), 303)


@bp.get("/sheet/<uuid:number>")
def preview(number: uuid.UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            found = sheets.sheet_of(session, number)
            before = sheets.earlier(session, found)
    except sheets.NoSuchSheet:
        abort(404)
    lines = sheets.lines_of(found) if found.state == "preview" else []
    directory = current_directory()
    rows = [shown(line, directory) for line in lines[:SHOWN]]
    return render_template(
        "entering/preview.html",
        sheet=found,
        before=before,
        rows=rows,
        repeated=[line.line for line in lines if line.repeated],
        for_others=sum(_is_elsewhere(line.entry) for line in lines),
        timezone=directory.country(found.country).timezone,
    )


@bp.post("/sheet/<uuid:number>/confirm")
def confirm(number: uuid.UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            sheets.confirm(session, number)
    except sheets.NoSuchSheet:
        abort(404)
    return redirect(url_for(".preview", number=number), 303)


@bp.get("/empty.csv")
def empty_csv() -> ResponseReturnValue:
    return _file(tables.empty_csv(), "text/csv", "gapline-empty.csv")


@bp.get("/empty.xlsx")
def empty_xlsx() -> ResponseReturnValue:
    return _file(tables.empty_xlsx(codes_of(_country(), current_directory())), XLSX, "gapline-empty.xlsx")


@bp.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    return _upload(_("The file is too large: at most 3 MB.")), 413


def _file(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _form(form: Form) -> str:
    country = _country()
    return render_template(
        "entering/one.html",
        form=form,
        number=form.entered.get("form") or str(uuid.uuid4()),
        country=country,
        entries=_entries_first(country),
        areas=sorted(current_directory().areas_of(country.code), key=lambda area: area.name),
        longest={"words": LONGEST_WORDS, "place": LONGEST_PLACE},
        language=page_language(),
        here=url_for(".one"),
    )


def _upload(problem: str | None = None, mistakes: tuple[sheets.Mistake, ...] = ()) -> str:
    return render_template(
        "entering/sheet.html",
        problem=problem,
        mistakes=mistakes[: sheets.MOST_SAID],
        more=len(mistakes) - sheets.MOST_SAID,
        most=tables.MOST_ROWS,
        here=url_for(".sheet"),
    )


def _country() -> Country:
    """Where the worker is: a desk's country, or that of their first entry point. 403 for somebody without any."""
    viewer, directory = current_viewer(), current_directory()
    codes = [viewer.country] if viewer.country else [one.country for one in entry_points_of(viewer, directory)]
    return directory.country(codes[0]) if codes and codes[0] else abort(403)


def _entries_first(country: Country) -> list[EntryPoint]:
    """The worker's own entry points before the others of the country."""
    own = current_viewer().entry_points
    here = [entry for entry in current_directory().entry_points if entry.country == country.code]
    return sorted(here, key=lambda entry: entry.slug not in own)


def _is_elsewhere(entry: Entry) -> bool:
    """Whether it goes to others than those who work with the worker."""
    way = route(current_directory(), entry.country, entry.sector, entry.area, entry.heard_on)
    viewer = current_viewer()
    return way.entry_point not in viewer.entry_points if viewer.partner else way.entry_point is not None
