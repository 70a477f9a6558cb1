"""Data files and edits made in the product: neither undoes the other. docs/decisions/0006."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.database import transaction
from app.directory.current import current_directory, forget_directory
from app.directory.load import DATA, edited_documents, load_folder
from app.directory.reading import DirectoryError
from app.directory.versions import Edit, whole
from app.viewer import COMMAND, acting_as
from tests.builders.directory import ADMINISTRATOR, add_word, an_edit, save_as, text_of, version_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped files, to be changed as a new release would."""
    for path in DATA.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def release(folder: Path, old: str = '"KES"', new: str = '"KSH"', name: str = "ke.toml") -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def load(folder: Path) -> bool:
    with acting_as(COMMAND), transaction() as session:
        changed = load_folder(session, folder)
    forget_directory()
    return changed


def waiting(folder: Path) -> dict[str, str]:
    with acting_as(COMMAND), transaction() as session:
        return edited_documents(session, folder)


def currency() -> str:
    with acting_as(COMMAND), transaction():
        return current_directory().country("KE").currency


def test_a_document_that_nobody_edited_follows_its_file(edited: Flask, folder: Path) -> None:
    before = version_of()
    assert not load(folder)
    release(folder)
    assert load(folder)
    assert (currency(), version_of() > before) == ("KSH", True)
    assert not load(folder)
    release(folder, '"KSH"', '"KES"')
    assert load(folder)
    save_as(ADMINISTRATOR, an_edit(add_word("mark for the way back")))


def test_an_edit_outlives_the_next_release_and_the_file_waits(edited: Flask, folder: Path) -> None:
    save_as(ADMINISTRATOR, an_edit(add_word("dawa zimekwisha")))
    kept = text_of()
    assert waiting(folder) == {}
    release(folder)
    assert not load(folder)
    assert text_of() == kept
    assert list(waiting(folder)) == ["ke.toml"]


def test_a_document_that_took_its_file_over_follows_it_again(edited: Flask, folder: Path) -> None:
    save_as(ADMINISTRATOR, an_edit(add_word("dawa zimekwisha")))
    release(folder)
    load(folder)
    save_as(ADMINISTRATOR, Edit("ke.toml", version_of(), whole(waiting(folder)["ke.toml"])))
    assert not load(folder)
    assert waiting(folder) == {}
    release(folder, '"KSH"', '"KES"')
    assert load(folder)
    assert currency() == "KES"


def test_files_that_do_not_fit_what_stands_load_nothing_at_all(edited: Flask, folder: Path) -> None:
    save_as(ADMINISTRATOR, an_edit(lambda values: values["places"].update({"KE-02": ["Sotik"]})))
    before = version_of("areas.toml")
    release(folder, "KE-02 = ", "KE-99 = ", "areas.toml")
    with pytest.raises(DirectoryError, match="unknown area 'KE-02'"):
        load(folder)
    assert version_of("areas.toml") == before
