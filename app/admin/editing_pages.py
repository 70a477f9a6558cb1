"""The way of every edit through its page: shown, looked over, saved with a reason, or handed back as entered."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.admin.effects import Clash, Effects, clashes_of, effects_of
from app.admin.wording import said_of
from app.database import transaction
from app.directory.changes import Change
from app.directory.current import forget_directory
from app.directory.editing import NoSuchPart
from app.directory.reading import DirectoryError, Mistake
from app.directory.storing import StillUsed
from app.directory.undoing import ChangedSince
from app.directory.versions import (
    Edit,
    NoReason,
    NoSuchDocument,
    NothingChanged,
    NotYours,
    Overtaken,
    Proposal,
    propose,
    read_document,
    save,
)
from app.viewer import current_viewer

Values = dict[str, Any]
Entered = Callable[[int], Edit]
"""From the version that the form was opened at to the edit that was entered."""


@dataclass(frozen=True)
class Standing:
    """How an edit stands: the document's text with it, at which version it began, and what is to be said.

    `changes` are what it would change, None before anybody asked, `effects` what that does to reports that the
    viewer may read, `clashes` new words that speak for other sectors too; `problems` are (field, what is wrong) and
    `mistakes` lines of the document.
    """

    text: str
    base: int
    changes: tuple[Change, ...] | None = None
    problems: tuple[tuple[str, str], ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    effects: Effects | None = None
    clashes: tuple[Clash, ...] = ()
    why: str = ""
    status: int = 200

    @property
    def values(self) -> Values:
        """The document's values: as entered, where something was entered."""
        return tomllib.loads(self.text)


Show = Callable[[Standing], str]


@dataclass(frozen=True)
class Page:
    """A page with one edit: which document it is of, and how it looks. `country`: its reports are read again."""

    document: str
    show: Show
    country: str | None = None


def answer(page: Page, entered: Entered) -> ResponseReturnValue:
    """The page as it stands, or what became of the edit that its form entered."""
    return act_on(page, entered) if request.method == "POST" else open_page(page)


def open_page(page: Page) -> ResponseReturnValue:
    """The page as the document stands."""
    with transaction() as session:
        return _shown(page, _read(session, page.document))


def act_on(page: Page, entered: Entered, base: int | None = None) -> ResponseReturnValue:
    """Do what the form's button says: `save`, or show what would change. `base` where no form says it yet."""
    standing = Standing("", _base() if base is None else base, why=request.form.get("why", ""))
    try:
        edit = entered(standing.base)
    except DirectoryError as wrong:
        return _handed_back(page, None, replace(standing, mistakes=wrong.mistakes, status=422))
    if request.form.get("act") != "save":
        return _looked_over(page, edit, standing)
    try:
        with transaction() as session:
            number = save(session, edit, standing.why)
    except REFUSALS as refusal:
        return _handed_back(page, edit, _refused(standing, refusal))
    except (NoSuchDocument, NoSuchPart):
        abort(404)
    forget_directory()
    return redirect(url_for("directory_editing.version", number=number, saved=1), 303)


REFUSALS = (DirectoryError, NotYours, NothingChanged, NoReason, Overtaken, StillUsed, ChangedSince)


def _looked_over(page: Page, edit: Edit, standing: Standing) -> ResponseReturnValue:
    try:
        with transaction() as session:
            proposal = propose(session, edit)
            seen = replace(standing, text=proposal.text, changes=proposal.changes)
            effects = _effects(session, page, proposal)
            return _shown(page, replace(seen, effects=effects, clashes=_clashes(proposal)))
    except NothingChanged as refusal:
        seen = replace(standing, changes=())
        return _handed_back(page, edit, seen if request.method == "GET" else _refused(standing, refusal))
    except REFUSALS as refusal:
        return _handed_back(page, edit, _refused(standing, refusal))
    except (NoSuchDocument, NoSuchPart):
        abort(404)


def _handed_back(page: Page, edit: Edit | None, standing: Standing) -> ResponseReturnValue:
    """The page again with what was entered, and with what it would change if it can be told."""
    with transaction() as session:
        stored = _read(session, page.document)
        text = _entered(edit, stored.text)
        changes = _changes(session, edit) if edit else None
        return _shown(page, replace(standing, text=text, changes=changes))


def _entered(edit: Edit | None, stored: str) -> str:
    """The text with what was entered; what stands now where that cannot be told."""
    try:
        return edit.change(stored) if edit else stored
    except ChangedSince:
        return stored


def _effects(session: Session, page: Page, proposal: Proposal) -> Effects | None:
    if page.country is None or not current_viewer().triages:
        return None
    return effects_of(session, page.country, proposal.before, proposal.after)


def _clashes(proposal: Proposal) -> tuple[Clash, ...]:
    """New words that other sectors of their country have too."""
    countries = dict.fromkeys(one.place[:2].upper() for one in proposal.changes if one.part == "words")
    return tuple(clash for code in countries for clash in clashes_of(code, proposal.before, proposal.after))


def _changes(session: Session, edit: Edit) -> tuple[Change, ...] | None:
    try:
        return propose(session, edit).changes
    except REFUSALS:
        return None


def _refused(standing: Standing, refusal: Exception) -> Standing:
    if isinstance(refusal, DirectoryError):
        return replace(standing, mistakes=refusal.mistakes, status=422)
    if isinstance(refusal, Overtaken):
        told = _("Somebody changed this while you had it open. What you entered is still here: look it over again.")
        return replace(standing, base=refusal.newest, problems=(("look", told),), status=409)
    return replace(standing, problems=(_problem(refusal),), status=422)


def _problem(refusal: Exception) -> tuple[str, str]:
    if isinstance(refusal, NoReason):
        return "why", _("Say why you change it: others will read it in the history.")
    if isinstance(refusal, ChangedSince):
        return "look", _("The same thing was changed again since. Take back the newer change first.")
    if isinstance(refusal, StillUsed):
        return "look", _("“%(what)s” is still in use and cannot be removed.", what=refusal.key)
    if isinstance(refusal, NotYours):
        return "look", _("This is not yours to change: %(what)s", what=said_of(refusal.changes[0]))
    return "look", _("Nothing is changed yet.")


def _read(session: Session, name: str) -> Standing:
    try:
        document = read_document(session, name)
    except NoSuchDocument:
        abort(404)
    return Standing(document.text, document.version)


def _shown(page: Page, standing: Standing) -> ResponseReturnValue:
    return page.show(standing), standing.status


def _base() -> int:
    """The version that the form was opened at."""
    try:
        return int(request.form.get("base", ""))
    except ValueError:
        abort(400)
