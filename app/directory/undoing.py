"""Taking back one change while keeping what came after it: three values of a document are brought together.

What the change left alone stays as it is now. What it put there goes, what it took away comes back. Where somebody
has changed the very same thing since, nobody can tell what is wanted: that is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

from app.directory.versions import Values, editing

NAMING = ("slug", "partner", "name")
"""What tells the tables of a list apart, the first that they have."""

_NOTHING = object()


class ChangedSince(ValueError):
    """Somebody changed the same thing after the change that is to be taken back."""


def taking_back(before: str, after: str) -> Callable[[str], str]:
    """The change of a document's text that undoes what led from `before` to `after`. It raises ChangedSince."""
    old, new = tomllib.loads(before), tomllib.loads(after)

    def change(values: Values) -> None:
        undone = _undo(dict(values), new, old)
        values.clear()
        values.update(undone)

    return editing(change)


def _undo(now: Any, after: Any, before: Any) -> Any:
    if after == before:
        return now
    if now == after:
        return before
    if all(isinstance(one, dict) for one in (now, after, before)):
        return _undo_table(now, after, before)
    if all(isinstance(one, list) for one in (now, after, before)):
        return _undo_list(now, after, before)
    raise ChangedSince


def _undo_table(now: Values, after: Values, before: Values) -> Values:
    names = dict.fromkeys((*now, *before))
    undone = {name: _undo(*(one.get(name, _NOTHING) for one in (now, after, before))) for name in names}
    return {name: value for name, value in undone.items() if value is not _NOTHING}


def _undo_list(now: list[Any], after: list[Any], before: list[Any]) -> list[Any]:
    """Tables are told apart by their name, so that a change inside one meets its own; texts by themselves."""
    tables = all(isinstance(one, dict) for one in (*now, *after, *before))
    if not tables:
        return [*(one for one in now if one in before or one not in after), *_gone(now, after, before)]
    sides = [_by_name(side) for side in (now, after, before)]
    return list(_undo_table(*sides).values())


def _gone(now: list[Any], after: list[Any], before: list[Any]) -> list[Any]:
    return [one for one in before if one not in after and one not in now]


def _by_name(tables: list[Values]) -> Values:
    """By their names, and of the second of one name on (a partner with two offices) by number too."""
    named: Values = {}
    for table in tables:
        name = next((str(table[part]) for part in NAMING if part in table), "")
        count = sum(key.partition("\n")[0] == name for key in named)
        named[f"{name}\n{count}"] = table
    return named
