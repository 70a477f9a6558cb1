"""The order of the rooms: imports run downward only, and the gateway library knows nothing of the product."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from tests.house.sources import ROOT, nodes, python, read

LINT = (sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as run; run()")

DEFERRED = {
    "app/supervisor/preparing.py": "the supervisor imports it, and is to stay small: only its child loads the app"
}


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts; the graph is built afresh, so a cached one cannot hide a change."""
    command = [*LINT, "--no-cache", "--config", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_imports_run_downward_only():
    outcome = lint(ROOT / ".importlinter")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "2 kept, 0 broken" in outcome.stdout


def test_an_order_that_the_code_does_not_keep_is_noticed(tmp_path: Path):
    config = ConfigParser()
    config.read(ROOT / ".importlinter")
    section = config["importlinter:contract:rooms"]
    section["layers"] = "\n".join(reversed(section["layers"].split("\n")))
    with (tmp_path / "reversed").open("w") as file:
        config.write(file)
    outcome = lint(tmp_path / "reversed")
    assert outcome.returncode != 0
    assert "Imports run downward only BROKEN" in outcome.stdout


def test_the_top_of_the_app_is_empty_so_that_nothing_hangs_on_it():
    assert read(Path("app/__init__.py")) == ""


def test_imports_stand_at_the_top_where_the_order_can_be_seen():
    assert {str(path) for path in python("app", "sms") if list(_imports_inside(path))} == set(DEFERRED)


def _imports_inside(path: Path) -> Iterator[int]:
    return (n.lineno for n in nodes(path) if isinstance(n, ast.Import | ast.ImportFrom) and n.col_offset)
