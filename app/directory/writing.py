"""Write a document of the directory as TOML, in the form that its reader can give line numbers for.

The writer knows nothing of the directory but its shape: tables of texts, flags, dates and lists, tables in tables,
and lists of tables. Comments are not kept: they belong to the data files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

INLINE = "problems"
"""The list whose tables stand in braces, one a line, because they are short and many."""

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

Values = dict[str, Any]


def write_toml(values: Values) -> str:
    """The document that reads as these values; raises TypeError for one that TOML has no form for."""
    return "\n".join(_table(values, "")).strip("\n") + "\n"


def _table(values: Values, path: str) -> Iterator[str]:
    """The plain values first: what follows a header belongs to it."""
    plain = {name: value for name, value in values.items() if not _is_headed(name, value)}
    yield from (f"{_key(name)} = {_value(value)}" for name, value in plain.items() if value is not None)
    for name, value in values.items():
        if name not in plain:
            yield from _headed(_joined(path, name), value)


def _headed(path: str, value: Any) -> Iterator[str]:
    """A table, or a list of them, each under a header of its own; one that holds only tables needs none."""
    if isinstance(value, list):
        for one in value:
            yield from ("", f"[[{path}]]", *_table(one, path))
        return
    if not value or any(not isinstance(one, dict) for one in value.values()):
        yield from ("", f"[{path}]")
    yield from _table(value, path)


def _is_headed(name: str, value: Any) -> bool:
    return isinstance(value, dict) or (name != INLINE and _is_tables(value))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _joined(path: str, name: str) -> str:
    return f"{path}.{_key(name)}" if path else _key(name)


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date | int):
        return str(value)
    if _is_tables(value):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    raise TypeError(f"no TOML for {value!r}")


def _text(value: str) -> str:
    """JSON's escapes are TOML's too, but for the one control character that JSON leaves alone."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
