"""The project's own files, as git knows them: those it has, and those that a next commit would add."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Relative to the root, without what git ignores and without what has just been deleted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()}))


def python(*folders: str) -> tuple[Path, ...]:
    """The Python files of these top folders."""
    return tuple(path for path in files() if path.suffix == ".py" and path.parts[0] in folders)


@cache
def read(path: Path) -> str:
    """The text of a file; empty for one that is no text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path), str(path))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(path))
