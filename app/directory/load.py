"""Bringing the directory's data files into the database, without ever undoing what was edited in the product.

A document that nobody has edited follows its file. One that was edited stays as it is, whatever its file says from
then on: docs/decisions/0008.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.catalogue import Directory
from app.directory.changes import Change, compare
from app.directory.models import DirectoryDocument, DirectoryEdition
from app.directory.reading import read_sources
from app.directory.source import Source, read_source
from app.directory.stored import read_stored
from app.directory.storing import store
from app.directory.versions import ONLY_EDITION, add_version, data_hash
from app.directory.web import add_web_channels

DATA = Path(__file__).parent / "data"
WHY = "Taken over from the data files"

log = logging.getLogger("app.directory")

Documents = dict[str, DirectoryDocument]


def load_data_files(session: Session) -> bool:
    """Store what the data files say of documents that nobody has edited, and open the web form of each country.

    Returns whether that was anything new; raises DirectoryError, StillUsed.
    """
    changed = load_folder(session, DATA)
    if add_web_channels(session, read_stored(session)) and not changed:
        touch(session)
        return True
    return changed


def load_folder(session: Session, folder: Path) -> bool:
    """Likewise for the files of this folder, without the web forms."""
    edition = session.get(DirectoryEdition, ONLY_EDITION, with_for_update=True)
    files = {path.name: read_source(path).text for path in sorted(folder.glob("*.toml"))}
    documents = {one.name: one for one in session.scalars(select(DirectoryDocument))}
    _recognise(documents, files)
    taken = {name: text for name, text in files.items() if _is_to_be_taken(documents.get(name), text)}
    if not taken:
        return False
    kept = {name: one.text for name, one in documents.items()}
    before = read_stored(session)
    after = read_sources([Source(name, text) for name, text in {**kept, **taken}.items()])
    store(session, before, after)
    _keep(session, documents, taken, compare(before, after))
    _renew_edition(session, edition, after)
    return True


def edited_documents(session: Session, folder: Path = DATA) -> dict[str, str]:
    """The text of each file that differs from its document because both were changed."""
    files = {path.name: read_source(path).text for path in sorted(folder.glob("*.toml"))}
    return {
        document.name: files[document.name]
        for document in session.scalars(select(DirectoryDocument).order_by(DirectoryDocument.name))
        if document.name in files and _is_edited(document) and document.files_hash != _hash(files[document.name])
    }


def edition_number(session: Session) -> int | None:
    """Which edition of the directory stands in the database; None before the first load."""
    return session.scalars(select(DirectoryEdition.number)).one_or_none()


def touch(session: Session) -> None:
    """Tell every process that its copy of the directory is old."""
    edition = session.get_one(DirectoryEdition, ONLY_EDITION, with_for_update=True)
    edition.number += 1


def _recognise(documents: Documents, files: dict[str, str]) -> None:
    """A document that an administrator brought to what its file says follows its file again."""
    for name, document in documents.items():
        if files.get(name) == document.text:
            document.files_hash = _hash(document.text)


def _is_to_be_taken(document: DirectoryDocument | None, text: str) -> bool:
    if document is None:
        return True
    if _hash(text) == document.files_hash:
        return False
    if _is_edited(document):
        log.warning("%s was edited in the product: its newer data file waits for an administrator", document.name)
        return False
    return True


def _is_edited(document: DirectoryDocument) -> bool:
    return _hash(document.text) != document.files_hash


def _keep(session: Session, documents: Documents, taken: dict[str, str], changes: tuple[Change, ...]) -> None:
    for name, text in taken.items():
        country = _country_of(name)
        version = add_version(session, name, country, text, WHY, _changes_in(name, changes))
        document = documents.get(name) or DirectoryDocument(name=name, country=country)
        document.text, document.version, document.files_hash = text, version, _hash(text)
        session.add(document)


def _changes_in(name: str, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Those of this document's country; the first load, which has no before, is not told word by word."""
    country = _country_of(name) or ""
    return tuple(change for change in changes if change.place[:2].upper() == country and change.before)


def _country_of(name: str) -> str | None:
    code = name.removesuffix(".toml").upper()
    return code if len(code) == len("KE") else None


def _renew_edition(session: Session, edition: DirectoryEdition | None, directory: Directory) -> None:
    number = edition.number + 1 if edition else 1
    session.merge(DirectoryEdition(id=ONLY_EDITION, number=number, data_hash=data_hash(directory)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
