"""A list of choices, or a longer text, on as many screens as it needs; at most five choices to a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sms.ussd.screens import fits, shorten

MOST_LINES = 5
"""Choices on one screen; more are forgotten before they are read."""


@dataclass(frozen=True)
class Keys:
    """The lines that say which keys turn a page or leave it, such as `0 Back`. An empty one is not shown."""

    back: str = ""
    more: str = ""
    home: str = ""


def pages(title: str, lines: Sequence[str], keys: Keys, is_top: bool = False) -> tuple[str, ...]:
    """The screens that show all lines in their order, each under the title and above the keys that work there.

    `is_top`: from the first screen there is no way back or home. A title that leaves no room is shortened; so is a
    line that would not fit a screen by itself.
    """
    found: list[str] = []
    rest = tuple(lines)
    while rest or not found:
        kept = keys if found or not is_top else Keys(more=keys.more)
        taken = _as_many_as_fit(title, rest, kept)
        found.append(_page(title, rest[:taken], kept, bool(rest[taken:])))
        rest = rest[taken:]
    return tuple(found)


def prose(text: str, keys: Keys) -> tuple[str, ...]:
    """The screens that show this text, as many whole words on each as fit above the keys that work there.

    None begins with a number from within a sentence: it would be taken for a choice.
    """
    found: list[str] = []
    rest = text.split()
    while rest or not found:
        taken = _words_that_fit(rest, keys)
        found.append(_page(" ".join(rest[:taken]), (), keys, bool(rest[taken:])))
        rest = rest[taken:]
    return tuple(found)


def _words_that_fit(words: list[str], keys: Keys) -> int:
    most = next((n for n in range(len(words), 1, -1) if _hold(words, n, keys)), 1)
    while 1 < most < len(words) and words[most][0].isdecimal():
        most -= 1
    return most


def _hold(words: list[str], count: int, keys: Keys) -> bool:
    return fits(_join(" ".join(words[:count]), (), keys, count < len(words)))


def _as_many_as_fit(title: str, lines: tuple[str, ...], keys: Keys) -> int:
    for count in range(min(MOST_LINES, len(lines)), 1, -1):
        if fits(_join(title, lines[:count], keys, count < len(lines))):
            return count
    return min(1, len(lines))


def _page(title: str, lines: tuple[str, ...], keys: Keys, has_more: bool) -> str:
    short = shorten(title, lambda shorter: fits(_join(shorter, lines, keys, has_more)))
    page = _join(short, lines, keys, has_more)
    if not lines or fits(page):
        return page
    line = shorten(lines[0], lambda shorter: fits(_join("", (shorter,), keys, has_more)))
    return _join("", (line,), keys, has_more)


def _join(title: str, lines: tuple[str, ...], keys: Keys, has_more: bool) -> str:
    below = (keys.back, keys.more if has_more else "", keys.home)
    return "\n".join(filter(None, (title, *lines, *below)))
