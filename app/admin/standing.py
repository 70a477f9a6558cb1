"""What is what for the person who edits: which entry points are theirs, and what a document's parts are called."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import abort

from app.database import transaction
from app.directory.catalogue import Country, Directory, EntryPoint
from app.directory.current import current_directory
from app.directory.models import countries_of
from app.viewer import Viewer, current_viewer


def today() -> date:
    return datetime.now(UTC).date()


def read_current() -> Directory:
    with transaction():
        return current_directory()


def edits_everything() -> bool:
    return current_viewer().kind == "administrator"


def is_mine(slug: str, viewer: Viewer) -> bool:
    """Whether this viewer edits something of this entry point."""
    return viewer.kind == "administrator" or slug in viewer.entry_points


def my_entry_points(directory: Directory) -> tuple[EntryPoint, ...]:
    viewer = current_viewer()
    return tuple(entry for entry in directory.entry_points if is_mine(entry.slug, viewer))


def my_entry_point(directory: Directory, slug: str) -> EntryPoint:
    """The entry point of this slug; what the viewer does not edit leads nowhere."""
    return next((entry for entry in my_entry_points(directory) if entry.slug == slug), None) or abort(404)


def my_country(directory: Directory, code: str) -> Country:
    """The country of this code, if the viewer edits anything there."""
    mine = edits_everything() or code in countries_of(current_viewer())
    return next((one for one in directory.countries if one.code == code and mine), None) or abort(404)


def document_of(country: str) -> str:
    """The name of a country's document."""
    return f"{country.lower()}.toml"
