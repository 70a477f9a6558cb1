"""A partner's many reports, made up and copied in: eighteen months of them, most of them ended."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb

from app.reports.lifecycle import OPEN
from app.reports.reference import ALPHABET, RANDOM_CHARACTERS, check_character

Row = dict[str, Any]

PERIOD = timedelta(days=548)
OPEN_SHARE, DESK_SHARE, TAGGED, NOTED, WITH_PHOTO = 0.06, 0.05, 0.12, 0.1, 0.02
ENDED = ("closed",) * 16 + ("resolved", "confirmed", "unconfirmed", "duplicate", "not_a_report")
TAGS = ("stock-out", "maternity", "informal fees", "site visit", "radio", "county store")
RARE, RARE_SHARE = "court case", 0.0002
PROBLEMS = tuple(
    f"ke-health/{name}" for name in ("no-drugs", "no-nurse-or-closed", "illegal-fee", "no-power-or-water")
)
AREAS = tuple(f"KE-{number:02}" for number in range(1, 48))
EVERY_DAY = (
    "dawa",
    "hakuna",
    "drugs",
    "clinic",
    "nurse",
    "hospital",
    "tumeambiwa",
    "money",
    "closed",
    "night",
    "water",
    "queue",
)
SYLLABLES = ("ba", "ka", "ma", "na", "ta", "wa", "ki", "li", "mi", "ni", "tu", "ku", "mu", "nyu", "she")
VOCABULARY = 20_000
AT_ONCE = 20_000


def fill(connection: psycopg.Connection[Any], accounts: list[int], number: int) -> None:
    """Copy so many reports in, with their words, timelines and photos; call it as somebody whom no policy binds."""
    chance = random.Random(1)
    for first in range(0, number, AT_ONCE):
        reports = [_report(chance, n, number, accounts) for n in range(first, min(first + AT_ONCE, number))]
        messages = [_message(chance, report) for report in reports]
        copy(connection, "report", reports)
        copy(connection, "incoming_message", messages)
        copy(connection, "report_event", [event for report in reports for event in _events(chance, report)])
        copy(connection, "photo", [_photo(message) for message in messages if message["media"]])
        connection.commit()


def copy(connection: psycopg.Connection[Any], table: str, rows: list[Row]) -> None:
    if not rows:
        return
    columns = SQL(", ").join(map(Identifier, rows[0]))
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), columns)
    with connection.cursor().copy(statement) as into:
        for row in rows:
            into.write_row(tuple(row.values()))


def _report(chance: random.Random, number: int, of: int, accounts: list[int]) -> Row:
    """The newest are the likeliest to be open."""
    age = PERIOD * ((of - number) / of)
    at = datetime.now(UTC) - age
    is_open = chance.random() < OPEN_SHARE * 2 * (number / of)
    is_desk = chance.random() < DESK_SHARE
    assigned = chance.choice(accounts) if chance.random() < 0.6 else None
    snoozed = is_open and chance.random() < 0.05
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "reference": reference(number),
        "country": "KE",
        "sector": "other" if is_desk else "health",
        "entry_point": None if is_desk else "ke-health",
        "partner": "ke-desk" if is_desk else "cedc",
        "problem_type": None if is_desk or chance.random() < 0.2 else chance.choice(PROBLEMS),
        "area": chance.choice(AREAS),
        "language": chance.choice(("sw", "en", "en")),
        "channel": chance.choice(("sms", "sms", "ussd", "web")),
        "status": chance.choice(OPEN) if is_open else chance.choice(ENDED),
        "flags": ["call_back"] if chance.random() < 0.02 else [],
        "answerable": False,
        "assigned_to": None if is_desk else assigned,
        "tags": _tags(chance),
        "priority": chance.choices((1, 2, 3, 4), (1, 4, 90, 5))[0],
        "snoozed_until": datetime.now(UTC) + timedelta(days=chance.uniform(-5, 20)) if snoozed else None,
        "created_at": at,
        "touched_at": at + (age * chance.random() if assigned else timedelta()),
        "said_at": at,
    }


def reference(number: int) -> str:
    digits = ""
    for _place in range(RANDOM_CHARACTERS):
        number, digit = divmod(number, len(ALPHABET))
        digits += ALPHABET[digit]
    return f"KE-{digits}{check_character(digits)}"


def _tags(chance: random.Random) -> list[str]:
    if chance.random() < RARE_SHARE:
        return [RARE]
    return sorted(chance.sample(TAGS, 2)) if chance.random() < TAGGED else []


def _message(chance: random.Random, report: Row) -> Row:
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "channel": "twilio-sms-ke",
        "provider_message_id": report["reference"],
        "report_id": report["id"],
        "body": " ".join(_words(chance)),
        "media": int(chance.random() < WITH_PHOTO),
        "received_at": report["created_at"],
    }


def _words(chance: random.Random) -> Iterator[str]:
    """Some that everybody uses, others that few do: the rarer, the more of them there are."""
    yield from chance.sample(EVERY_DAY, 3)
    for _word in range(9):
        yield word(int(VOCABULARY ** chance.random()))


def word(rank: int) -> str:
    spelt, base = "", len(SYLLABLES)
    while rank:
        rank, syllable = divmod(rank, base)
        spelt += SYLLABLES[syllable]
    return spelt


def _events(chance: random.Random, report: Row) -> Iterator[Row]:
    filed = {"report_id": report["id"], "at": report["created_at"], "by": "intake"}
    yield {**filed, "kind": "filed", "detail": Jsonb({})}
    if chance.random() < NOTED:
        yield {**filed, "kind": "note", "by": "cedc: lead", "detail": Jsonb({"text": " ".join(_words(chance))})}


def _photo(message: Row) -> Row:
    return {"id": message["id"], "message_id": message["id"], "full": b"x", "small": b"x", "width": 4, "height": 3}
