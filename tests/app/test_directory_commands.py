"""The directory on the command line: JSON alone on standard output, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.app.directory.conftest import edited
from tests.builders.directory import text_of, version_of

__all__ = ["edited"]


@pytest.fixture
def folder(edited: Flask, tmp_path: Path) -> Path:
    """The documents as they stand, exported."""
    exported = run(edited, "export", str(tmp_path))
    assert exported.exit_code == 0
    return tmp_path


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["directory", *arguments])


def test_every_document_is_exported_with_its_version(edited: Flask, tmp_path: Path) -> None:
    told = run(edited, "export", str(tmp_path / "new"), "--only", "ke.toml")
    [one] = json.loads(told.stdout)
    assert one == {"document": "ke.toml", "version": version_of(), "file": str(tmp_path / "new" / "ke.toml")}
    assert Path(one["file"]).read_text(encoding="utf-8") == text_of()
    assert run(edited, "export", str(tmp_path), "--only", "xx.toml").exit_code == 1


def test_a_document_is_imported_with_a_reason(edited: Flask, folder: Path) -> None:
    file = folder / "ke.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('name = "Kenya"', 'name = "Republic of Kenya"'), "utf-8"
    )
    looked = run(edited, "import", str(file), "--look")
    assert json.loads(looked.stdout)["version"] is None
    assert run(edited, "import", str(file)).exit_code == 1
    told = json.loads(run(edited, "import", str(file), "--why", "its full name").stdout)
    assert told["version"] == version_of()
    assert [(one["name"], one["after"]) for one in told["changes"]] == [("name", ["Republic of Kenya"])]
    assert run(edited, "import", str(file), "--why", "again").exit_code == 1


def test_a_sheet_is_imported_by_its_name(edited: Flask, folder: Path) -> None:
    file = folder / "ke-health.problems.csv"
    file.write_text("slug,name,gap_kind,sensitive\nke-health/no-drugs,No medicines,absent,\n", "utf-8")
    told = run(edited, "import", str(file), "--look")
    assert json.loads(told.stdout)["changes"][0]["after"] == [
        *("No medicines", "absent", "fr: Pas de médicaments", "id: Obat tidak ada", "sw: Hakuna dawa"),
    ]


def test_mistakes_are_told_with_their_lines_on_standard_error(edited: Flask, folder: Path) -> None:
    file = folder / "ke.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('currency = "KES"', 'currency = "shillings"'), "utf-8")
    told = run(edited, "import", str(file), "--why", "x")
    assert (told.exit_code, told.stdout) == (1, "")
    assert "ke.toml:4: currency 'shillings'" in told.stderr
    assert text_of() == text


@pytest.mark.parametrize("name", ["xx.toml", "ke-nothing.words.csv", "ke-health.other.csv"])
def test_a_file_that_is_no_document_is_refused(edited: Flask, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("table,language,group,text\nwords,sw,any,dawa\n", "utf-8")
    told = run(edited, "import", str(tmp_path / name), "--why", "x")
    assert (told.exit_code, told.stdout) == (1, "")
