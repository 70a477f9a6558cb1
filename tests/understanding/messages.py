"""The messages of the two parts, `tune` and `check`, read from their TOML files.

A file is a country's (`ke.toml`, `ke-various.toml`); a table says what the writer means (an entry point, a sector
without one there, `unclear`, `noise` or a command); a key is the language; each line of its text is one message,
perhaps followed by the area that it names (`@KE-04`) and the problem type it tells of (`#no-drugs`, without its
entry point). The model never learns from `check`, but not all of it is as new as it was: what failed in its older
files, `*-cold` and `*-hard` (hardly a sector's word in them) too, has led to words and figures since. Its files
`*-unseen` alone were written when all else stood, measured once and left: they tell best what messages not yet seen
will meet, although the same hands wrote them. Who changes something after them writes new ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PARTS = ("tune", "check")
_MESSAGE = re.compile(r"(?P<text>.+?)(?: @(?P<area>[A-Z]{2}-[A-Z0-9]{1,3}))?(?: #(?P<problem>[a-z-]+))?")


@dataclass(frozen=True)
class Message:
    """`meant` is the name of the table; `area` the ISO 3166-2 code of the place named and `problem` the problem
    type's slug, None where none is given; `is_unseen` when it stands in a file so named."""

    country: str
    meant: str
    language: str
    text: str
    area: str | None
    problem: str | None = None
    is_unseen: bool = False


@cache
def messages_of(part: str) -> tuple[Message, ...]:
    files = sorted((Path(__file__).parent / part).glob("*.toml"))
    return tuple(message for file in files for message in _read(file))


def _read(file: Path) -> Iterator[Message]:
    for meant, languages in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for language, lines in languages.items():
            for line in lines.strip().splitlines():
                found = _MESSAGE.fullmatch(line.strip())
                assert found, line
                problem = f"{meant}/{found['problem']}" if found["problem"] else None
                yield Message(
                    file.stem[:2].upper(),
                    meant,
                    language,
                    found["text"],
                    found["area"],
                    problem,
                    file.stem.endswith("-unseen"),
                )
