"""A TOML file that can say on which line something is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

NOT_UTF_8 = "\ufffd"
"""Stands in a text where a file was not UTF-8."""

Shape = Literal["text", "texts", "flag", "date", "table", "tables"]

_SHAPES: dict[Shape, tuple[Callable[[Any], bool], Callable[[], Any], str]] = {
    "text": (lambda value: isinstance(value, str) and bool(value.strip()), str, "text"),
    "texts": (
        lambda value: isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value),
        list,
        "a list of texts",
    ),
    "flag": (lambda value: isinstance(value, bool), bool, "true or false"),
    "date": (lambda value: type(value) is date, lambda: None, "a date such as 2026-01-31"),
    "table": (lambda value: isinstance(value, dict), dict, "a table"),
    "tables": (
        lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
        list,
        "a list of tables",
    ),
}
"""For each shape: is a value of it, what stands in for an absent one, and its name in a message."""


@dataclass
class Source:
    """One file's text, and what was found wrong in it: `errors` are (line, message)."""

    name: str
    text: str
    errors: list[tuple[int, str]] = field(default_factory=list)

    def line(self, landmarks: tuple[str, ...]) -> int:
        """The line of the last landmark that can be found, each sought after the one before it.

        TOML's reader keeps no lines. Landmarks are patterns: `header("partners")` twice is the second
        partner's table. One that is written in an unforeseen way leaves the line of the one before.
        """
        position = 0
        for landmark in landmarks:
            found = re.compile(landmark, re.MULTILINE).search(self.text, position)
            if found is None:
                break
            position = found.end()
        return self.text.count("\n", 0, position) + 1

    def tables(self) -> dict[str, Any]:
        """What the file says, nothing when it is not TOML (which is then an error of line N)."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if NOT_UTF_8 in line:
                self.errors.append((number, "is not UTF-8"))
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            at = int(line[1]) if line else self.text.count("\n") + 1
            self.errors.append((at, f"not valid TOML: {error}"))
            return {}


def read_source(path: Path) -> Source:
    return Source(path.name, path.read_text(encoding="utf-8"))


def header(name: str) -> str:
    return rf"^\[+{re.escape(name)}\]+"


def key(name: str) -> str:
    return rf'(?:^|[{{,])[ \t]*"?{re.escape(name)}"?[ \t]*='


def quoted(value: str) -> str:
    return re.escape(f'"{value}"')


@dataclass(frozen=True)
class Table:
    """One table of a file, with the landmarks that lead to it."""

    source: Source
    values: dict[str, Any]
    landmarks: tuple[str, ...] = ()

    def wrong(self, message: str, *landmarks: str) -> None:
        line = self.source.line(self.landmarks + landmarks)
        self.source.errors.append((line, message))

    def take(self, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> dict[str, Any]:
        """The values under the keys asked for, an empty one of its shape for each that is absent or wrong."""
        shapes = {**required, **(optional or {})}
        for name in self.values.keys() - shapes.keys():
            self.wrong(f"unknown key {name!r}", key(name))
        for name in required.keys() - self.values.keys():
            self.wrong(f"missing key {name!r}")
        return {name: self._value(name, shape) for name, shape in shapes.items()}

    def _value(self, name: str, shape: Shape) -> Any:
        is_right, empty, described = _SHAPES[shape]
        value = self.values.get(name)
        if name in self.values and is_right(value):
            return value
        if name in self.values:
            self.wrong(f"{name!r} must be {described}", key(name))
        return empty()

    def tables(self, name: str, title: str) -> list[Table]:
        """The tables under `name`, each led to by the n-th header [[title]] after this table's own."""
        listed = self.values.get(name)
        found = listed if isinstance(listed, list) else []
        return [
            Table(self.source, values, self.landmarks + (header(title),) * count)
            for count, values in enumerate(found, 1)
            if isinstance(values, dict)
        ]

    def inline_tables(self, name: str) -> list[Table]:
        """The tables written in braces in the list under `name`."""
        listed = self.values.get(name)
        found = listed if isinstance(listed, list) else []
        return [
            Table(self.source, values, (*self.landmarks, key(name), *([r"\{"] * count)))
            for count, values in enumerate(found, 1)
            if isinstance(values, dict)
        ]

    def table(self, name: str, title: str) -> Table:
        """The table under `name`, an empty one where there is none."""
        values = self.values.get(name)
        return Table(self.source, values if isinstance(values, dict) else {}, (*self.landmarks, header(title)))
