"""Where editing begins and what came of it: the overview, the history, one version; and why a report goes where."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.admin.editing_pages import Page, act_on
from app.admin.entry_pages import bp
from app.admin.standing import edits_everything, my_entry_points, read_current, today
from app.admin.why import NO_QUESTION, answer_of, read_question
from app.database import transaction
from app.directory.catalogue import OTHER
from app.directory.changes import from_json
from app.directory.coverage import findings
from app.directory.load import edited_documents
from app.directory.models import DirectoryDocument, DirectoryVersion
from app.directory.undoing import taking_back
from app.directory.versions import may_make, read_document, reverting
from app.figures.wording import SECTORS
from app.viewer import current_viewer

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
        can_be_undone=_can_be_undone(found),
        everything=edits_everything(),
    )


def _can_be_undone(version: DirectoryVersion) -> bool:
    """Whether the viewer may make each of its changes, and so take them back. The files' own are never offered."""
    directory, viewer = read_current(), current_viewer()
    changes = from_json(version.changes)
    return version.kind != "files" and bool(changes) and all(may_make(viewer, one, directory) for one in changes)


@bp.route("/version/<int:number>/undo", methods=["GET", "POST"])
def undo(number: int) -> ResponseReturnValue:
    """One change taken back, without what came after it: looked over first, like every edit."""
    with transaction() as session:
        version = session.get(DirectoryVersion, number) if number < 2**63 else None
        before = _text_before(session, version) if version else ""
        newest = read_document(session, version.document).version if version else 0
    if version is None:
        abort(404)
    edit = replace(reverting(version, 0), change=taking_back(before, version.text), part=lambda text: text)
    page = Page(version.document, lambda now: render_template("admin/undo.html", version=version, standing=now))
    base = None if request.method == "POST" else newest
    return act_on(page, lambda base: replace(edit, base=base), base)


def _text_before(session: Session, version: DirectoryVersion) -> str:
    """The document as it stood before this version; the first one has nothing that could be taken back."""
    older = select(DirectoryVersion.text).where(
        DirectoryVersion.document == version.document, DirectoryVersion.number < version.number
    )
    return session.scalars(older.order_by(DirectoryVersion.number.desc()).limit(1)).one_or_none() or version.text


@bp.route("/why", methods=["GET", "POST"])
def why() -> ResponseReturnValue:
    """Asked by a form that is posted: a citizen's words do not belong into an address."""
    directory = read_current()
    question = read_question(request.form, directory) if request.method == "POST" else NO_QUESTION
    answered = answer_of(question, directory, today()) if question.country else None
    given = {"directory": directory, "question": question, "answer": answered}
    sectors = [(code, name) for code, name in SECTORS.items() if code != OTHER]
    return render_template("admin/why.html", sectors=sectors, **given)
