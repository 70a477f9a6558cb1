"""Months before the samples, of which there are figures: written all at once, to be quick."""

from __future__ import annotations

import random
import tomllib
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from app.database import Base, transaction
from app.deadlines.steps import first_clock, reach
from app.demo.samples import NUMBERS
from app.figures.counting import keep_count, months_so_far
from app.figures.months import begin, month_of, next_month, previous_month
from app.figures.publishing import publish_due
from app.gaps.kinds import kind_of
from app.gaps.models import Gap, Member
from app.reports.contacts import contact_row
from app.reports.models import Contact, Event, IncomingMessage, Report
from app.reports.reference import new_reference
from app.reports.sealing import opened, seal_left
from app.viewer import WORKER, acting_as

FILE = Path(__file__).parent / "history.toml"
FIRST_NUMBER = 2000
"""Past the numbers of the samples; of each country's."""

FATES = (("acknowledged",), ("acknowledged", "in_follow_up"))
SETTLED = ("acknowledged", "in_follow_up", "resolved", "unconfirmed", "closed")
LONG_AGO, STILL_OPEN = timedelta(days=25), 0.04
"""What came in before then has ended by now, but for a few, which are overdue."""

AT_ONCE = 500
STEP = timedelta(hours=7)
SAME_PERSON_AGAIN, WITHOUT_A_PHONE = 0.1, 0.08


@dataclass(frozen=True)
class Told:
    """One report of the past with its words."""

    report: Report
    words: str


def add_history() -> None:
    """Write the past months, once: not again where anything has been gathered."""
    now = datetime.now(UTC)
    with acting_as(WORKER), transaction() as session:
        if not session.scalar(select(exists().select_from(Gap).where(Gap.id.is_not(None)))):
            _write(session, list(_told(_samples(session), now)))
            while seal_left(session, AT_ONCE):
                session.flush()


def publish_history() -> None:
    """Count what is there, and publish the months that are closed."""
    now = datetime.now(UTC)
    with acting_as(WORKER):
        for month in months_so_far(now):
            keep_count(month)
        publish_due(now)


def _samples(session: Session) -> Mapping[tuple[str, str], list[tuple[Report, str]]]:
    """The sample reports and their words, by country and sector."""
    found = select(Report, IncomingMessage).join(IncomingMessage, IncomingMessage.report_id == Report.id)
    samples: dict[tuple[str, str], list[tuple[Report, str]]] = defaultdict(list)
    for report, message in session.execute(found.order_by(Report.created_at)):
        words = opened(session, report).get(message.id, message.body)
        samples[report.country, report.sector].append((report, words))
    return samples


def _told(samples: Mapping[tuple[str, str], list[tuple[Report, str]]], now: datetime) -> Iterator[Told]:
    chance = random.Random(1)  # noqa: S311 - the same past at every start, and no secret
    later = random.Random(2)  # noqa: S311
    for place in tomllib.loads(FILE.read_text(encoding="utf-8"))["place"]:
        month = month_of(now)
        for people in reversed(place["people"]):
            month = previous_month(month)
            like = samples.get((place["country"], place["sector"]), ())
            for _person in range(people if like else 0):
                for told in _person_told(chance, chance.choice(like), place["area"] or None, month):
                    yield _with_fate(told, later, now)


def _person_told(chance: random.Random, like: tuple[Report, str], area: str | None, month: date) -> Iterator[Told]:
    """What somebody reported in this month: mostly once."""
    person = None if chance.random() < WITHOUT_A_PHONE else uuid.uuid4()
    for _time in range(1 + (chance.random() < SAME_PERSON_AGAIN)):
        length = (next_month(month) - month).days
        at = begin(month) + timedelta(minutes=chance.randrange(length * 24 * 60))
        yield Told(_like(like[0], area, person, at, chance.choice(FATES)[-1]), like[1])


def _with_fate(told: Told, later: random.Random, now: datetime) -> Told:
    """The same, as it stands by now, with the clock that it would have."""
    report = told.report
    if report.created_at < now - LONG_AGO and later.random() > STILL_OPEN:
        report.status = SETTLED[-1]
    for name, value in first_clock(report, report.created_at).items():
        setattr(report, name, value)
    for number, status in enumerate(_fate(report), 1):
        reach(report, status, report.created_at + timedelta(days=number))
    return told


def _fate(report: Report) -> tuple[str, ...]:
    return next(fate for fate in (*FATES, SETTLED) if fate[-1] == report.status)


def _like(sample: Report, area: str | None, person: uuid.UUID | None, at: datetime, status: str) -> Report:
    """A report of the same matter from elsewhere. Nobody is ever answered: they are numbers made up for a demo."""
    same = ("country", "sector", "entry_point", "partner", "problem_type", "gap_kind", "language")
    return Report(
        id=uuid.uuid4(),
        reference=new_reference(sample.country),
        area=area,
        channel="sms" if person else "web",
        status=status,
        flags=[],
        answerable=False,
        contact_id=person,
        created_at=at,
        touched_at=at,
        said_at=at,
        **{name: getattr(sample, name) for name in same},
    )


def _write(session: Session, told: list[Told]) -> None:
    reports = [one.report for one in told]
    _insert(session, Contact, list(_people(reports)))
    _insert(session, Report, [_values(report) for report in reports])
    _insert(session, IncomingMessage, [_message(one) for one in told])
    _insert(session, Event, [event for report in reports for event in _events(report)])
    _gather(session, reports)


def _insert(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """All at once: without `render_nulls`, each row with another set of nulls would be a statement of its own."""
    session.execute(insert(model), rows, execution_options={"render_nulls": True})


def _people(reports: list[Report]) -> Iterator[dict[str, Any]]:
    """Who reported: numbers of the right form, in the order of their country's."""
    seen: dict[str, set[uuid.UUID]] = defaultdict(set)
    for report in reports:
        if report.contact_id is not None and report.contact_id not in seen[report.country]:
            number = NUMBERS[report.country].format(FIRST_NUMBER + len(seen[report.country]))
            seen[report.country].add(report.contact_id)
            yield contact_row(number, report.country) | {"id": report.contact_id}


def _values(report: Report) -> dict[str, Any]:
    return {name: value for name, value in vars(report).items() if not name.startswith("_")}


def _message(told: Told) -> dict[str, Any]:
    report = told.report
    return {
        "id": uuid.uuid4(),
        "channel": f"twilio-sms-{report.country.lower()}",
        "provider_message_id": f"demo-{report.id}",
        "contact_id": report.contact_id,
        "report_id": report.id,
        "body": told.words,
        "received_at": report.created_at,
    }


def _events(report: Report) -> Iterator[dict[str, Any]]:
    yield {"report_id": report.id, "kind": "filed", "by": "intake", "at": report.created_at, "detail": {}}
    fate = _fate(report)
    for days, (old, new) in enumerate(zip(("new", *fate), fate, strict=False), 1):
        detail, at = {"old": old, "new": new}, report.created_at + timedelta(days=days)
        yield {
            "report_id": report.id,
            "kind": "status",
            "by": f"{report.partner}: lead",
            "at": at,
            "detail": detail,
        }


def _gather(session: Session, reports: list[Report]) -> None:
    """What the gathering job would have made of them, one by one."""
    members: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        kind = kind_of(report)
        if kind is not None:
            members[kind.key].append(report)
    gaps = [_gap(key, of_gap) for key, of_gap in members.items()]
    _insert(session, Gap, gaps)
    _insert(session, Member, [_member(gap["id"], one) for gap in gaps for one in members[gap["key"]]])


def _gap(key: str, reports: list[Report]) -> dict[str, Any]:
    first = reports[0]
    same = ("country", "sector", "entry_point", "problem_type", "gap_kind", "area")
    return {
        "id": uuid.uuid4(),
        "key": key,
        "reports": len(reports),
        "people": len({report.contact_id for report in reports} - {None}),
        "first_seen": min(report.created_at for report in reports),
        "last_seen": max(report.created_at for report in reports),
        **{name: getattr(first, name) for name in same},
    }


def _member(gap_id: uuid.UUID, report: Report) -> dict[str, Any]:
    return {
        "report_id": report.id,
        "gap_id": gap_id,
        "contact_id": report.contact_id,
        "seen_at": report.created_at,
    }
