"""The directory on the command line: load the data files, take documents out, bring one in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.changes import as_json
from app.directory.editing import NoSuchPart
from app.directory.load import load_data_files
from app.directory.models import DirectoryDocument
from app.directory.reading import DirectoryError
from app.directory.sheets import SHEETS, sheet_change
from app.directory.storing import StillUsed
from app.directory.versions import (
    Edit,
    NoReason,
    NoSuchDocument,
    NothingChanged,
    editing,
    propose,
    read_document,
    save,
    whole,
)
from app.viewer import COMMAND, acting_as

directory = AppGroup("directory", help="Who serves whom.")

REFUSALS = (DirectoryError, StillUsed, NothingChanged, NoReason, NoSuchDocument, NoSuchPart)

SAID: dict[type[Exception], str] = {
    NoReason: "say why: --why REASON",
    NothingChanged: "nothing would change",
    NoSuchDocument: "the file must be named like a document: ke.toml, or ke-health.words.csv",
}


@directory.command("load")
def load() -> None:
    """Load the data files into the database, but for documents that were edited in the product."""
    try:
        with acting_as(COMMAND), transaction() as session:
            changed = load_data_files(session)
    except (DirectoryError, StillUsed) as error:
        raise click.ClickException(str(error)) from None
    click.echo("loaded" if changed else "nothing has changed", err=True)


@directory.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", help="One document, such as ke.toml.")
def export(folder: Path, only: str | None) -> None:
    """Write the documents as they stand into FOLDER; print each with its version, as a JSON array."""
    with acting_as(COMMAND), transaction() as session:
        found = select(DirectoryDocument).order_by(DirectoryDocument.name)
        documents = session.scalars(found.where(DirectoryDocument.name == only) if only else found).all()
    if not documents:
        raise click.ClickException(f"there is no document {only}")
    folder.mkdir(parents=True, exist_ok=True)
    with _progress(f"writing {len(documents)} documents", len(documents)) as bar:
        for document in documents:
            (folder / document.name).write_text(document.text, encoding="utf-8")
            bar.update(1, document.name)
    _print([{"document": one.name, "version": one.version, "file": str(folder / one.name)} for one in documents])


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--why", default="", help="The reason, kept in the history.")
@click.option("--look", is_flag=True, help="Store nothing, only print what would change.")
def bring_in(file: Path, why: str, look: bool) -> None:
    """Make FILE a version: ke.toml, or a sheet such as ke-health.words.csv; print it as a JSON object.

    All or nothing: a mistake is told with its line, and nothing is stored.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        with _progress(f"reading {file.name}", 3) as bar, acting_as(COMMAND), transaction() as session:
            edit = _edit(session, file.name, text)
            bar.update(1, "checking")
            changes = propose(session, edit).changes
            bar.update(1, "comparing" if look else "storing")
            version = None if look else save(session, edit, why)
            bar.update(1, "")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} is not UTF-8") from None
    except REFUSALS as error:
        raise click.ClickException(SAID.get(type(error), "") or str(error)) from None
    _print({"document": edit.document, "version": version, "changes": as_json(changes)})


def _edit(session: Session, name: str, text: str) -> Edit:
    """The edit that this file is, by its name."""
    slug, _, rest = name.partition(".")
    sheet = next((one for one in SHEETS if rest == f"{one}.csv"), None)
    document = f"{slug[:2]}.toml" if sheet else name
    base = read_document(session, document).version
    if sheet is None:
        return Edit(document, base, whole(text), kind="import")
    return Edit(document, base, editing(sheet_change(sheet, slug, text)), kind="import")


def _progress(label: str, steps: int) -> Any:
    """A bar on standard error, where a person watches; elsewhere its label alone."""
    shown = {"label": label, "item_show_func": lambda at: at or ""}
    return click.progressbar(length=steps, file=sys.stderr, **shown)


def _print(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=1))
