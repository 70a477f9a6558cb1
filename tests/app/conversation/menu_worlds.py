"""The menu's places in the directory of the data files."""

from __future__ import annotations

from functools import cache

from app.conversation.menu.state import State, World
from app.directory.catalogue import Directory
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.translating import walking
from app.translating.walking import REPORTS, keys_of

__all__ = ["REPORTS", "a_world", "all_pages", "directory", "keys_of", "reachable"]


@cache
def directory() -> Directory:
    return read_directory(DATA)


def a_world(country: str = "KE", unfinished: State | None = None) -> World:
    return walking.a_world(directory(), country, unfinished)


def reachable(country: str) -> frozenset[State]:
    return walking.reachable(directory(), country)


def all_pages(country: str, state: State) -> list[str]:
    return walking.all_pages(directory(), country, state)
