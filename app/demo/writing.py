"""The rows of what was told in the demo, each table's at once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.database import Base
from app.demo.channels import USSD
from app.demo.fates import Step
from app.demo.samples import NUMBERS
from app.demo.telling import Told
from app.directory.current import web_channel_of
from app.gaps.kinds import Kind, kind_of
from app.gaps.models import Gap, Member
from app.inbox.merging import DUPLICATE, MERGED, TOOK_IN
from app.reports.contacts import contact_row
from app.reports.merged import is_repetition
from app.reports.models import Answer, Contact, Event, IncomingMessage, Report
from app.reports.reference import new_reference

FIRST_NUMBER = 2000
"""Past the numbers of the samples; of each country's."""

SOON = timedelta(minutes=3)


def write(session: Session, told: list[Told]) -> None:
    reports = [one.report for one in told]
    _tell_apart(session, reports)
    _insert(session, Contact, list(_people(reports)))
    _insert(session, Report, [_values(report) for report in reports])
    _insert(session, IncomingMessage, [message for one in told for message in _messages(one)])
    _insert(session, Answer, [_answer(one) for one in told if one.reply])
    _insert(session, Event, [event for one in told for event in sorted(_events(one), key=_at)])
    _gather(session, told)


def _tell_apart(session: Session, reports: list[Report]) -> None:
    """References are drawn by chance: of thousands at once, two are the same at one start in a hundred."""
    taken = set(session.scalars(select(Report.reference)))
    for report in reports:
        while report.reference in taken:
            report.reference = new_reference(report.country)
        taken.add(report.reference)


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


def _messages(told: Told) -> Iterator[dict[str, Any]]:
    yield _message(told.report, told.words, told.report.created_at)
    if told.more:
        yield _message(told.report, *told.more)


def _message(report: Report, words: str, at: datetime) -> dict[str, Any]:
    number = uuid.uuid4()
    return {
        "id": number,
        "channel": _channel(report),
        "provider_message_id": f"demo-{number}",
        "contact_id": report.contact_id,
        "report_id": report.id,
        "body": words,
        "received_at": at,
    }


def _channel(report: Report) -> str:
    """The slug of the demo's channel of this kind; what staff enter has none of its own."""
    country = report.country.lower()
    if report.channel == "ussd":
        provider = "at" if USSD[report.country][0] == "africastalking" else "http"
        return f"{provider}-ussd-{country}"
    if report.channel in ("sms", "whatsapp"):
        return f"twilio-{report.channel}-{country}"
    return web_channel_of(report.country).slug


def _answer(told: Told) -> dict[str, Any]:
    return vars(told.reply) | {"report_id": told.report.id, "by": f"{told.report.partner}: lead"}


def _events(told: Told) -> Iterator[dict[str, Any]]:
    report, old = told.report, "new"
    yield _event(report, "filed", report.created_at, "intake")
    if told.call_time:
        yield _event(report, "call_asked", report.created_at + SOON, "intake")
        said = {"when": told.call_time, "language": report.language}
        yield _event(report, "call_time", report.created_at + SOON, "intake", **said)
    if told.given_to:
        yield _by_staff(report, "assigned", told.steps[0].at - SOON / 2, to=told.given_to)
    for step in told.steps:
        yield from _step(told, old, step)
        old = step.status
    if told.note:
        yield _by_staff(report, "note", told.steps[0].at + SOON, text=told.note)
    if told.reply:
        yield _by_staff(report, "answered", told.reply.at, answer=str(told.reply.id))


def _step(told: Told, old: str, step: Step) -> Iterator[dict[str, Any]]:
    """A line on its timeline; of a merger one on that of the report that goes on, too."""
    detail = {"old": old, "new": step.status, "reason": step.reason}
    if step.status == DUPLICATE and told.kept:
        yield _by_staff(told.report, MERGED, step.at, into=told.kept.reference, **detail)
        yield _by_staff(told.kept, TOOK_IN, step.at, of=told.report.reference, reason=step.reason)
    else:
        yield _by_staff(told.report, "status", step.at, **detail)


def _by_staff(report: Report, kind: str, at: datetime, **detail: str) -> dict[str, Any]:
    return _event(report, kind, at, f"{report.partner}: lead", **detail)


def _event(report: Report, kind: str, at: datetime, by: str, **detail: str) -> dict[str, Any]:
    return {"report_id": report.id, "kind": kind, "by": by, "at": at, "detail": detail}


def _at(event: dict[str, Any]) -> datetime:
    moment: datetime = event["at"]
    return moment


def _gather(session: Session, told: list[Told]) -> None:
    """What the gathering job would have made of them, one by one."""
    members: dict[str, list[Report]] = defaultdict(list)
    for one in told:
        kind = _kind(one)
        if kind is not None:
            members[kind.key].append(one.report)
    gaps = [_gap(key, of_gap) for key, of_gap in members.items()]
    _insert(session, Gap, gaps)
    _insert(session, Member, [_member(gap["id"], one) for gap in gaps for one in members[gap["key"]]])


def _kind(told: Told) -> Kind | None:
    """What another person says again counts with the report that goes on."""
    if told.kept is None:
        return kind_of(told.report)
    return None if is_repetition(told.report, told.kept) else kind_of(told.kept)


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
