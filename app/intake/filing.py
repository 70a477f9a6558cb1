"""Filing a matter: routed, stored, linked to the words it was said in, acknowledged. All in one transaction."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarSelect, String, delete, exists, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from app.deadlines.steps import first_clock
from app.directory.catalogue import OTHER
from app.directory.current import current_directory
from app.directory.routing import Route, route
from app.intake.incoming import Matter, Sender
from app.outbox.queueing import NOTICE, tell_acknowledgment
from app.photos.keeping import tell_timeline
from app.queue import Job
from app.reports.models import Contact, Event, IncomingMessage, OpenQuestion, Report
from app.reports.reference import new_reference
from app.reports.sealed import MESSAGE, SealedText
from app.reports.sealing import sealed_values
from app.reports.sensitive import is_sensitive_type
from app.reports.timeline import by
from app.viewer import current_viewer

GATHER = "gaps.gather"
"""A room above this one: it is asked for by name."""

CANDIDATES = 4
"""References offered to one insert, of which the first unused is taken: with ten million reports in one country
(1 % of its references) all four are in use once in 10^8."""


def file_report(session: Session, sender: Sender, matter: Matter) -> Report:
    """File the matter with whoever it is routed to, close any open question, and queue the acknowledgment."""
    today = datetime.now(UTC).date()
    way = route(current_directory(), matter.country, matter.sector, matter.area, today, matter.outside_focus)
    report = _new_report(sender, matter, way)
    for name, value in first_clock(report, matter.first_heard or report.created_at).items():
        setattr(report, name, value)
    with_notice = sender.may_be_asked and sender.contact is not None and sender.contact.notice < NOTICE
    if _insert(session, report, sender, matter, with_notice):
        tell_timeline(session, report)
    tell_acknowledgment(session, report, *_gathered(report), with_notice=with_notice)
    return report


def _gathered(report: Report) -> tuple[Job, ...]:
    """The job that joins it with others like it; what a desk has belongs to no entry point and joins nothing."""
    return (Job(GATHER, {"report": str(report.id)}),) if report.entry_point else ()


def _new_report(sender: Sender, matter: Matter, way: Route) -> Report:
    return Report(
        id=uuid.uuid4(),
        country=matter.country,
        sector=matter.sector or OTHER,
        entry_point=way.entry_point,
        partner=way.partner,
        problem_type=matter.problem_type if way.entry_point else None,
        gap_kind=matter.gap_kind,
        area=matter.area,
        language=matter.language,
        channel=matter.channel,
        status="new",
        flags=[*way.flags, *matter.flags],
        sealed=True if is_sensitive_type(matter.problem_type) else None,
        why=way.why,
        answerable=sender.answerable,
        contact_id=sender.contact.id if sender.contact else None,
        reply_channel=sender.channel.slug,
        created_at=datetime.now(UTC),
    )


def _insert(session: Session, report: Report, sender: Sender, matter: Matter, with_notice: bool) -> int:
    """Everything that filing changes, in one statement: this is the hottest path of the product. Returns how many
    photos and the like came with what was said."""
    values = {name: value for name, value in vars(report).items() if not name.startswith("_")}
    reference = _unused_reference(matter.country)
    filed = insert(Report).values(**values, reference=reference).returning(Report.reference).cte("filed")
    apart = _words(session, report, matter) if report.sealed else []
    emptied = {"body": ""} if apart else {}
    mine = IncomingMessage.id.in_(matter.said_in)
    said = update(IncomingMessage).where(mine).values(report_id=report.id, **emptied)
    linked = said.returning(IncomingMessage.media).cte("linked")
    detail = {"partner": report.partner, "entry_point": report.entry_point, "flags": report.flags}
    noted = insert(Event).values(report_id=report.id, kind="filed", by=by(current_viewer()), detail=detail)
    answered = delete(OpenQuestion).where(
        OpenQuestion.contact_id == report.contact_id,
        OpenQuestion.channel == sender.channel.slug,
        OpenQuestion.about.overlap(matter.said_in),  # a report by another way in leaves what waits here alone
    )
    rest = [noted.cte("noted"), answered.cte("answered")]
    if apart:
        rest.append(insert(SealedText).values(apart).cte("apart"))
    if with_notice and sender.contact is not None:
        told = update(Contact).where(Contact.id == sender.contact.id).values(notice=NOTICE)
        rest.append(told.cte("told"))
        set_committed_value(sender.contact, "notice", NOTICE)
    media = select(func.coalesce(func.sum(linked.c.media), 0)).scalar_subquery()
    report.reference, came_along = session.execute(select(filed.c.reference, media).add_cte(*rest)).one()
    make_transient_to_detached(report)
    session.add(report)
    return came_along


def _words(session: Session, report: Report, matter: Matter) -> list[dict[str, Any]]:
    """What was said, sealed: the words of a sensitive report never stand where those of others do."""
    said = select(IncomingMessage.id, IncomingMessage.body).where(IncomingMessage.id.in_(matter.said_in))
    found = session.execute(said.where(IncomingMessage.body != "")).all()
    return [sealed_values(report.id, MESSAGE, number, words) for number, words in found]


def _unused_reference(country: str) -> ScalarSelect[str]:
    offered = literal([new_reference(country) for _ in range(CANDIDATES)], ARRAY(String))
    candidate = func.unnest(offered).column_valued("candidate")
    taken = exists().where(Report.reference == candidate)
    return select(candidate).where(~taken).limit(1).scalar_subquery()
