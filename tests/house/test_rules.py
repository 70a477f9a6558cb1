"""What no file may do: slip past the locks, commit, print, grow too long, or name the place it was written at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import files, nodes, python, read

ABOUT_THE_DATABASE = {
    "app/database.py": "the locks themselves",
    "app/queue.py": "puts jobs into the session's own transaction",
    "app/health.py": "asks which revision the tables stand at, which no model tells",
    "app/migrate.py": "runs migrations",
}
PRINTS = {
    "app/supervisor/run.py": "tells the person at the terminal that all is ready",
    "app/mail/carrier.py": "is in demo mode the mail server that is the terminal",
    "sms/providers/console.py": "is the provider whose network is the terminal",
    "app/understanding/training.py": "is run by hand, and says on standard error what came of it",
    "app/understanding/training_problems.py": "likewise",
    "app/understanding/places/build.py": "likewise",
}
SET_A_STATUS = {
    "app/deadlines/steps.py": "moves the clock with it",
    "app/demo/history.py": "writes months at once, and their clocks after",
}
PAST_THE_LOCKS = frozenset({"__table__", "exec_driver_sql", "raw_connection", "driver_connection"})
"""Attributes by which a statement is made that no viewer narrows."""

ENGINES = frozenset({"text", "create_engine"})
"""Names of SQLAlchemy that lead past the session."""

NAMELESS = frozenset({"utils", "util", "helpers", "helper", "common", "misc"})
MEASURED = frozenset({".py", ".html", ".css", ".js"})
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
LEFT_OPEN = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME)\\b")
PLACES = (
    r"(?<![\w.~-])/(?:wo" + r"rk|ho" + r"me|ro" + r"ot|Us" + r"ers|t" + r"mp)/\w",
    r"--(?:extra-)?index"
    + r"-url|--find"
    + r"-links|pytho"
    + r"nhosted|pypi\.o"
    + r"rg/simple|registry\.np"
    + r"mjs",
)
"""Folders of one machine, and hosts that packages came from."""


def test_no_statement_slips_past_the_locks():
    elsewhere = (path for path in python("app", "sms") if str(path) not in ABOUT_THE_DATABASE)
    assert not [f"{path}: {found}" for path in elsewhere for found in _past_the_locks(path)]


def test_only_a_step_sets_the_status_of_a_report():
    """What sets one otherwise leaves the report's clock behind (docs/decisions/0010-due-dates.md)."""
    elsewhere = (path for path in python("app") if str(path) not in SET_A_STATUS)
    assert not [path for path in elsewhere if "status" in _assigned_attributes(path)]


def test_only_the_edge_commits():
    elsewhere = (path for path in python("app", "sms") if str(path) != "app/database.py")
    assert not [path for path in elsewhere if "commit" in dict(_called_attributes(path))]


def test_only_named_files_print():
    elsewhere = (path for path in python("app", "sms") if str(path) not in PRINTS)
    assert not [path for path in elsewhere if "print" in dict(_called_names(path))]


@pytest.mark.parametrize("named", [*ABOUT_THE_DATABASE, *PRINTS])
def test_an_exception_is_named_only_while_it_is_needed(named: str):
    path = Path(named)
    assert path in files()
    assert [*_past_the_locks(path), *(name for name, _ in _called_names(path) if name == "print")]


def test_a_function_is_no_longer_than_one_thought():
    functions = ((path, function) for path in python("app", "sms") for function in _functions(path))
    assert not [f"{path}: {found.name}" for path, found in functions if _length(found) > LONGEST_FUNCTION]


def test_no_file_is_too_long_to_read():
    lengths = {str(path): len(read(path).splitlines()) for path in files() if path.suffix in MEASURED}
    assert not {path: length for path, length in lengths.items() if length > LONGEST_FILE}


def test_a_name_says_what_lives_there():
    assert not [str(path) for path in files() if NAMELESS & {part.partition(".")[0].lower() for part in path.parts}]


def test_nothing_is_left_open():
    assert not list(_matches(LEFT_OPEN))


def test_no_file_names_a_machine_or_where_packages_came_from():
    assert not [found for pattern in PLACES for found in _matches(re.compile(pattern))]


def _past_the_locks(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and node.attr in PAST_THE_LOCKS:
            yield f"{node.attr}, line {node.lineno}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from (f"{name.name}, line {node.lineno}" for name in node.names if name.name in ENGINES)
    yield from (f"connection(), line {line}" for name, line in _called_attributes(path) if name == "connection")


def _called_attributes(path: Path) -> Iterator[tuple[str, int]]:
    calls = (node.func for node in nodes(path) if isinstance(node, ast.Call))
    return ((func.attr, func.lineno) for func in calls if isinstance(func, ast.Attribute))


def _called_names(path: Path) -> Iterator[tuple[str, int]]:
    calls = (node.func for node in nodes(path) if isinstance(node, ast.Call))
    return ((func.id, func.lineno) for func in calls if isinstance(func, ast.Name))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _matches(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in files():
        for number, line in enumerate(read(path).splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}"


def _assigned_attributes(path: Path) -> Iterator[str]:
    assigned = (target for node in nodes(path) if isinstance(node, ast.Assign) for target in node.targets)
    return (target.attr for target in assigned if isinstance(target, ast.Attribute))
