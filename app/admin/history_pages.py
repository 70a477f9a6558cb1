"""Where editing begins and what came of it: the overview, the history, one version; and why a report goes where."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.admin.entry_pages import bp
from app.admin.standing import edits_everything, my_entry_points, read_current, today
from app.admin.why import NO_QUESTION, answer_of, read_question
from app.database import transaction
from app.directory.catalogue import OTHER
from app.directory.changes import from_json
from app.directory.coverage import findings
from app.directory.load import edited_documents
from app.directory.models import DirectoryDocument, DirectoryVersion
from app.figures.wording import SECTORS

NEWEST = 20
PAGE = 50


@bp.get("")
def overview() -> ResponseReturnValue:
    directory, everything = read_current(), edits_everything()
    mine = my_entry_points(directory)
    with transaction() as session:
        newest = select(DirectoryVersion).order_by(DirectoryVersion.number.desc()).limit(NEWEST)
        versions = session.scalars(newest).all()
        documents = session.scalars(select(DirectoryDocument.name).order_by(DirectoryDocument.name)).all()
        waiting = edited_documents(session) if everything else {}
    slugs = {entry.slug for entry in mine}
    return render_template(
        "admin/overview.html",
        directory=directory,
        entries=mine,
        countries=sorted({entry.country for entry in mine}),
        findings=[one for one in findings(directory, today()) if one.entry_point in slugs],
        versions=versions,
        documents=documents,
        waiting=waiting,
        everything=everything,
    )


@bp.get("/history/<name>")
def history(name: str) -> ResponseReturnValue:
    """The versions of one document, newest first; `before` is the number of a version to go on from."""
    before = request.args.get("before", type=int)
    found = select(DirectoryVersion).where(DirectoryVersion.document == name)
    if before is not None:
        found = found.where(DirectoryVersion.number < before)
    with transaction() as session:
        versions = session.scalars(found.order_by(DirectoryVersion.number.desc()).limit(PAGE + 1)).all()
    if not versions:
        abort(404)
    older = versions[PAGE - 1].number if len(versions) > PAGE else None
    shown = [(version, from_json(version.changes)) for version in versions[:PAGE]]
    return render_template("admin/history.html", name=name, versions=shown, older=older)


@bp.get("/version/<int:number>")
def version(number: int) -> ResponseReturnValue:
    with transaction() as session:
        found = session.get(DirectoryVersion, number) if number < 2**63 else None
    if found is None:
        abort(404)
    return render_template(
        "admin/version.html",
        version=found,
        changes=from_json(found.changes),
        saved="saved" in request.args,
        everything=edits_everything(),
    )


@bp.route("/why", methods=["GET", "POST"])
def why() -> ResponseReturnValue:
    """Asked by a form that is posted: a citizen's words do not belong into an address."""
    directory = read_current()
    question = read_question(request.form, directory) if request.method == "POST" else NO_QUESTION
    answered = answer_of(question, directory, today()) if question.country else None
    given = {"directory": directory, "question": question, "answer": answered}
    sectors = [(code, name) for code, name in SECTORS.items() if code != OTHER]
    return render_template("admin/why.html", sectors=sectors, **given)
