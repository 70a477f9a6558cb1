"""Edits of the directory, and the way back to the shipped one."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import delete, select

from app.database import transaction
from app.directory.load import DATA, load_data_files
from app.directory.models import DirectoryDocument, DirectoryVersion
from app.directory.versions import Edit, editing, read_document, save
from app.viewer import COMMAND, Viewer, acting_as

ADMINISTRATOR = Viewer("administrator", account_id=1, name="Administrator")
LEAD = Viewer("partner_lead", account_id=2, name="Lead", partner="cedc", entry_points=frozenset({"ke-health"}))

Values = dict[str, Any]


def restore_directory() -> None:
    """Load the shipped files anew, as if nobody had ever edited anything; reports must be gone."""
    with acting_as(COMMAND), transaction() as session:
        edits = select(DirectoryVersion.number).where(DirectoryVersion.kind != "files")
        if session.scalars(edits.limit(1)).one_or_none() is None:
            return
        session.execute(delete(DirectoryDocument))
        session.execute(delete(DirectoryVersion))
        load_data_files(session)
    current_app.extensions.pop("directory", None)


def version_of(name: str = "ke.toml") -> int:
    with acting_as(COMMAND), transaction() as session:
        return read_document(session, name).version


def text_of(name: str = "ke.toml") -> str:
    with acting_as(COMMAND), transaction() as session:
        return read_document(session, name).text


def values_of(name: str = "ke.toml") -> Values:
    return tomllib.loads(text_of(name))


def shipped_values(name: str) -> Values:
    """What the data file of this name says."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def an_edit(change: Callable[[Values], None], name: str = "ke.toml", base: int | None = None) -> Edit:
    return Edit(name, version_of(name) if base is None else base, editing(change))


def save_as(viewer: Viewer, edit: Edit, why: str = "because it is so") -> int:
    """Make a version as this person does on a page; returns its number."""
    with acting_as(viewer), transaction() as session:
        return save(session, edit, why)


def add_word(
    text: str, slug: str = "ke-health", language: str = "sw", group: str = "any"
) -> Callable[[Values], None]:
    """The change that adds this word to an entry point."""

    def change(values: Values) -> None:
        entry = next(one for one in values["entry_points"] if one["slug"] == slug)
        entry["words"].setdefault(language, {}).setdefault(group, []).append(text)

    return change
