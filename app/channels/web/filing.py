"""Filing what was answered on the web: once for each form, through the same use case as every other way in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.passwords import hash_password
from app.channels.web import brakes
from app.channels.web.answers import Answers
from app.channels.web.models import TrackingSecret
from app.channels.web.photo_field import with_photos
from app.conversation.on_behalf import ON_BEHALF, mark_of
from app.database import transaction
from app.directory.channels import Channel
from app.directory.current import current_directory, sms_channel_of, web_channel_of
from app.intake.filing import file_report
from app.intake.incoming import Incoming, Matter, Sender
from app.intake.receive import identify, receive
from app.photos.pictures import Picture
from app.reports.locations import keep_location, read_location
from app.reports.models import Report
from app.viewer import INTAKE, acting_as

NOTICE = 1
"""The version of the privacy notice that the page before the words shows."""

SHOWN_FOR = timedelta(minutes=30)
"""How long a form that is sent again gets its secret again: for an impatient finger or a lost line, and no longer,
since the browser of a shared phone may keep the page."""


@dataclass(frozen=True)
class Filed:
    """What the last page says. `secret` is None once it has been shown long enough; `texted` whether the reference
    goes to a phone too."""

    reference: str
    partner: str
    secret: str | None
    texted: bool


def file_answers(
    answers: Answers, photos: tuple[Picture, ...], network_address: str | None, shown_for: timedelta = SHOWN_FOR
) -> Filed:
    """File the report with its photos, or find it if this very form was filed before, with its secret if that was
    within `shown_for`. Raises brakes.TooMany.

    The secret is hashed before the transaction begins: nobody waits for it.
    """
    answers = with_photos(answers, photos)
    secret_hash = hash_password(answers.secret)
    with acting_as(INTAKE), transaction() as session:
        claim = _claim(session, answers, secret_hash)
        if claim is None:
            return _filed_before(session, answers, shown_for)
        brakes.admit(session, brakes.FILE, brakes.place(network_address))
        report = _file(session, answers, photos)
        claim.report_id = report.id
        if location := read_location(answers.location):
            keep_location(session, report, location)
        return Filed(report.reference, report.partner, answers.secret, report.answerable)


def _claim(session: Session, answers: Answers, secret_hash: str) -> TrackingSecret | None:
    """Take this form's number; None if it is taken. Who comes second waits here until the first has committed."""
    row = insert(TrackingSecret).values(form=answers.form, secret_hash=secret_hash, notice=NOTICE)
    once = row.on_conflict_do_nothing(index_elements=[TrackingSecret.form]).returning(TrackingSecret)
    return session.scalars(once).one_or_none()


def _filed_before(session: Session, answers: Answers, shown_for: timedelta) -> Filed:
    found = (
        select(Report, TrackingSecret.filed_at)
        .join(TrackingSecret, TrackingSecret.report_id == Report.id)
        .where(TrackingSecret.form == answers.form)
    )
    report, filed_at = session.execute(found).one()
    is_fresh = datetime.now(UTC) - filed_at < shown_for
    return Filed(report.reference, report.partner, answers.secret if is_fresh else None, report.answerable)


def _file(session: Session, answers: Answers, photos: tuple[Picture, ...]) -> Report:
    country = answers.country or ""
    web, sms = web_channel_of(country), sms_channel_of(country)
    sender, message = _heard(session, web, answers, photos)
    if sender.contact is not None and sms is not None:
        sender = replace(sender, channel=sms)
    return file_report(session, sender, _matter(answers, message))


def _heard(
    session: Session, web: Channel, answers: Answers, photos: tuple[Picture, ...]
) -> tuple[Sender, tuple[uuid.UUID, ...]]:
    """Who wrote, as far as they said, and the message that their words and photos are stored as, if any."""
    words = "\n".join(filter(None, (answers.words, answers.place)))
    if not (words or photos):
        return identify(session, web, answers.number), ()
    received = receive(session, Incoming(web, str(answers.form), answers.number, words, kind="web", photos=photos))
    if received is None:
        raise LookupError("the words of this form are stored, but no report")
    return received.sender, (received.message_id,)


def _matter(answers: Answers, said_in: tuple[uuid.UUID, ...]) -> Matter:
    directory = current_directory()
    problem = directory.problem(answers.problem) if answers.problem else None
    return Matter(
        country=answers.country or "",
        sector=answers.sector,
        language=answers.language,
        channel="web",
        said_in=said_in,
        problem_type=problem.slug if problem else None,
        gap_kind=problem.gap_kind if problem else None,
        area=answers.area or None,
        flags=(ON_BEHALF,) if answers.for_other else mark_of(answers.country or "", answers.words or ""),
    )
