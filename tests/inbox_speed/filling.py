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
REPORTS_OF_A_PERSON = 3
OPEN_SHARE, DESK_SHARE, TAGGED, NOTED, WITH_PHOTO, SENSITIVE = 0.06, 0.05, 0.12, 0.1, 0.02, 0.01
AT_A_DESK = ("call_back", "escalated")
ENDED = ("closed",) * 16 + ("resolved", "confirmed", "unconfirmed", "duplicate", "not_a_report")
TAGS = ("stock-out", "maternity", "informal fees", "site visit", "radio", "county store")
RARE, RARE_SHARE = "court case", 0.0002
PROBLEMS = tuple(
    f"ke-health/{name}" for name in ("no-drugs", "no-nurse-or-closed", "illegal-fee", "no-power-or-water")
)
AREAS = tuple(f"KE-{number:02}" for number in range(1, 47))
SELDOM = {"problem_type": "ke-health/ambulance", "area": "KE-47", "language": "fr", "channel": "staff"}
"""What hardly any report is about, comes from, is in or came by."""

LONG_AGO, OUTBREAK, OF_OUTBREAK = "cholera", (50, 58), 0.3
"""A word of a third of the reports of some weeks, so many weeks ago, and of none since."""

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
    people = [_person(chance, n) for n in range(number // REPORTS_OF_A_PERSON)]
    copy(connection, "contact", people)
    for first in range(0, number, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, number))
        reports = [_report(chance, PERIOD * ((number - n) / number), n, accounts, people) for n in numbers]
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


def _person(chance: random.Random, number: int) -> Row:
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "number_index": number.to_bytes(8),
        "number_sealed": b"x",
    }


def _report(chance: random.Random, age: timedelta, number: int, accounts: list[int], people: list[Row]) -> Row:
    now = datetime.now(UTC)
    is_desk = chance.random() < DESK_SHARE
    assigned = chance.choice(accounts) if chance.random() < 0.6 else None
    return {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "reference": reference(number),
        "country": "KE",
        "sector": "other" if is_desk else "health",
        "entry_point": None if is_desk else "ke-health",
        "partner": "ke-desk" if is_desk else "cedc",
        "flags": [chance.choice(AT_A_DESK)] if chance.random() < 0.02 else [],
        "sealed": True if chance.random() < SENSITIVE else None,
        "contact_id": chance.choice(people)["id"] if chance.random() < 0.6 else None,
        "answerable": False,
        "assigned_to": None if is_desk else assigned,
        "tags": _tags(chance),
        "priority": chance.choices((1, 2, 3, 4), (1, 4, 90, 5))[0],
        "created_at": now - age,
        "touched_at": now - age * (chance.random() if assigned else 1),
        "said_at": now - age,
        **_kind(chance, is_desk),
        **_standing(chance, now, age),
    }


def _kind(chance: random.Random, is_desk: bool) -> Row:
    usual = {
        "problem_type": None if is_desk or chance.random() < 0.2 else chance.choice(PROBLEMS),
        "area": chance.choice(AREAS),
        "language": chance.choice(("sw", "en", "en")),
        "channel": chance.choice(("sms", "sms", "ussd", "web")),
    }
    seldom = {name: value for name, value in SELDOM.items() if chance.random() < RARE_SHARE}
    return usual | seldom


def _standing(chance: random.Random, now: datetime, age: timedelta) -> Row:
    """The newest are the likeliest to be open."""
    is_open = chance.random() < OPEN_SHARE * 2 * (1 - age / PERIOD)
    is_snoozed, is_late = is_open and chance.random() < 0.05, chance.random() < 0.2
    due = chance.uniform(-30, 0) if is_late else chance.uniform(0, 20)
    return {
        "status": chance.choice(OPEN) if is_open else chance.choice(ENDED),
        "step": "resolution" if is_open else None,
        "snoozed_until": now + timedelta(days=chance.uniform(-5, 20)) if is_snoozed else None,
        "due_at": now + timedelta(days=due) if is_open else None,
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
        "contact_id": report["contact_id"],
        "body": "" if report["sealed"] else " ".join(_words(chance, report["created_at"])),
        "media": int(chance.random() < WITH_PHOTO),
        "received_at": report["created_at"],
    }


def _words(chance: random.Random, at: datetime) -> Iterator[str]:
    """Some that everybody uses, others that few do: the rarer, the more of them there are."""
    yield from chance.sample(EVERY_DAY, 3)
    for _word in range(9):
        yield word(int(VOCABULARY ** chance.random()))
    weeks_ago = (datetime.now(UTC) - at) / timedelta(weeks=1)
    if OUTBREAK[0] < weeks_ago < OUTBREAK[1] and chance.random() < OF_OUTBREAK:
        yield LONG_AGO


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
        text = " ".join(_words(chance, report["created_at"]))
        yield {**filed, "kind": "note", "by": "cedc: lead", "detail": Jsonb({"text": text})}


def _photo(message: Row) -> Row:
    return {"id": message["id"], "message_id": message["id"], "full": b"x", "small": b"x", "width": 4, "height": 3}
