"""Changing the directory: every change is a version of one document, checked with all others, stored whole or not
at all.

The edition's row is locked first, so changes come one after the other, and its number tells every process that its
copy of the directory is old.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.directory.changes import OF_A_LEAD, Change, as_json, compare
from app.directory.models import DirectoryDocument, DirectoryEdition, DirectoryVersion, leads_at, leads_in
from app.directory.reading import read_sources
from app.directory.source import Source
from app.directory.stored import read_stored
from app.directory.storing import store
from app.directory.writing import write_toml
from app.viewer import Viewer, current_viewer

ONLY_EDITION = 1
LONGEST_WHY = 500

Kind = Literal["files", "edit", "import", "revert"]
Values = dict[str, Any]


class NoSuchDocument(LookupError):
    """The directory has no document of this name."""


class NotYours(PermissionError):
    """The edit changes what this person may not change; `changes` are those."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        super().__init__("not yours to change")
        self.changes = changes


class NothingChanged(ValueError):
    """The edit leaves the directory as it is."""


class NoReason(ValueError):
    """Nobody may change the directory without saying why."""


class Overtaken(ValueError):
    """Somebody else changed the same part since the edit began; `newest` is the version that stands now."""

    def __init__(self, newest: int) -> None:
        super().__init__("changed by somebody else in the meantime")
        self.newest = newest


@dataclass(frozen=True)
class Edit:
    """A change of one document that was begun at version `base`.

    `change` makes the new text out of the text that stands now. `part` reads what the edit is about: an edit begun
    before another one still applies if that other one left this part alone.
    """

    document: str
    base: int
    change: Callable[[str], str]
    part: Callable[[str], Any] = str
    kind: Kind = "edit"


@dataclass(frozen=True)
class Proposal:
    """What an edit would do: the document's new text and what differs."""

    text: str
    changes: tuple[Change, ...]
    before: Directory
    after: Directory


def editing(change: Callable[[Values], None]) -> Callable[[str], str]:
    """The text that has undergone this change of its values, written anew."""

    def changed(text: str) -> str:
        values = tomllib.loads(text)
        change(values)
        return write_toml(values)

    return changed


def whole(text: str) -> Callable[[str], str]:
    """The change that puts this text in the place of the whole document."""
    return lambda _old: text


def read_document(session: Session, name: str) -> DirectoryDocument:
    """The document of this name as it stands; raises NoSuchDocument."""
    found = session.scalars(select(DirectoryDocument).where(DirectoryDocument.name == name)).one_or_none()
    if found is None:
        raise NoSuchDocument(name)
    return found


def propose(session: Session, edit: Edit) -> Proposal:
    """What this edit would change, storing nothing.

    Raises NoSuchDocument, DirectoryError, NotYours, NothingChanged.
    """
    document = read_document(session, edit.document)
    text = edit.change(document.text)
    before = read_stored(session)
    after = _read_with(session, edit.document, text)
    changes = compare(before, after)
    if not changes:
        raise NothingChanged(edit.document)
    _refuse_what_is_not_theirs(current_viewer(), changes, after)
    return Proposal(text, changes, before, after)


def save(session: Session, edit: Edit, why: str) -> int:
    """Make this edit a version; returns its number. Raises what `propose` does, Overtaken, NoReason, StillUsed."""
    why = " ".join(why.split())[:LONGEST_WHY]
    if not why:
        raise NoReason
    edition = session.get_one(DirectoryEdition, ONLY_EDITION, with_for_update=True, populate_existing=True)
    document = read_document(session, edit.document)
    _refuse_overtaken(session, edit, document)
    proposal = propose(session, edit)
    store(session, proposal.before, proposal.after)
    document.text = proposal.text
    document.version = _add_version(session, document, edit.kind, why, proposal.changes)
    edition.number += 1
    edition.data_hash = data_hash(proposal.after)
    return document.version


def add_version(session: Session, name: str, country: str | None, text: str, why: str, changes: Any) -> int:
    """A version that was taken over from the data files; returns its number."""
    document = DirectoryDocument(name=name, country=country, text=text)
    return _add_version(session, document, "files", why, changes)


def reverting(version: DirectoryVersion, base: int) -> Edit:
    """The edit that brings a document back to how it stood at this version, whatever came after."""
    return Edit(version.document, base, whole(version.text), kind="revert")


def by(viewer: Viewer) -> str:
    """How a viewer is named in the record: people by partner or role and name, work by its kind."""
    return f"{viewer.partner or viewer.kind}: {viewer.name}" if viewer.is_person else viewer.kind


def data_hash(directory: Directory) -> str:
    parts = (directory.countries, directory.areas, directory.partners, directory.entry_points, directory.elsewhere)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def may_make(viewer: Viewer, change: Change, directory: Directory) -> bool:
    """Whether this viewer may make this change. A lead: words and problem types of entry points of theirs, and the
    names of places in the areas that their partner works in."""
    if viewer.kind != "partner_lead":
        return True
    if change.part == "places":
        return leads_in(viewer, change.place) and _works_in(viewer, change.name, directory)
    return change.part in OF_A_LEAD and leads_at(viewer, change.place)


def _works_in(viewer: Viewer, area: str, directory: Directory) -> bool:
    return any(
        service.partner == viewer.partner and service.covers(area)
        for entry in directory.entry_points
        if entry.slug in viewer.entry_points and entry.country == area[:2]
        for service in entry.serving
    )


def _refuse_what_is_not_theirs(viewer: Viewer, changes: tuple[Change, ...], directory: Directory) -> None:
    refused = tuple(change for change in changes if not may_make(viewer, change, directory))
    if refused:
        raise NotYours(refused)


def _refuse_overtaken(session: Session, edit: Edit, document: DirectoryDocument) -> None:
    if edit.base == document.version:
        return
    began = session.scalars(
        select(DirectoryVersion).where(
            DirectoryVersion.number == edit.base, DirectoryVersion.document == edit.document
        )
    ).one_or_none()
    if began is None or edit.part(began.text) != edit.part(document.text):
        raise Overtaken(document.version)


def _read_with(session: Session, name: str, text: str) -> Directory:
    """The directory of all documents as they stand, but for this one."""
    stored = session.scalars(select(DirectoryDocument).order_by(DirectoryDocument.name))
    return read_sources([Source(one.name, text if one.name == name else one.text) for one in stored])


def _add_version(
    session: Session, document: DirectoryDocument, kind: Kind, why: str, changes: tuple[Change, ...]
) -> int:
    version = DirectoryVersion(
        document=document.name,
        country=document.country,
        kind=kind,
        why=why,
        by=by(current_viewer()),
        changes=as_json(changes),
        text=document.text,
    )
    session.add(version)
    session.flush()
    return version.number
