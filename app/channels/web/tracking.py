"""What somebody may do with the reference and the secret of a report: see where it stands, read the answers, write
more, take the words back. Each acts as intake, for its own transaction and for this one report."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.passwords import is_right
from app.channels.web import brakes
from app.channels.web.models import TrackingSecret
from app.database import transaction
from app.directory.catalogue import Country, Directory, ProblemType
from app.directory.current import current_directory, web_channel_of
from app.intake.erasing import take_words_back
from app.intake.incoming import Incoming
from app.intake.receive import receive
from app.photos.keeping import photos_of
from app.reports.marks import hear
from app.reports.merged import standing
from app.reports.models import Answer, IncomingMessage, Report
from app.reports.reference import READ_AS, SEPARATORS
from app.reports.sealing import words_of_answer
from app.reports.timeline import record
from app.viewer import INTAKE, acting_as


class WrongSecret(RuntimeError):
    """No report has this reference and this secret; it is not said which was wrong."""


@dataclass(frozen=True)
class Told:
    """A partner's words, and since when they are there."""

    body: str
    at: datetime


@dataclass(frozen=True)
class Tracked:
    """A report as the person who made it sees it. `answers` are those read before, `waiting` how many are not.

    `problem` is None where it is not known, and where it is sensitive; of photos it is only said how many are kept:
    others may look on.
    """

    reference: str
    status: str
    country: Country
    partner: str
    sector: str | None
    problem: ProblemType | None
    created_at: datetime
    answers: tuple[Told, ...]
    waiting: int
    photos: int


def open_report(reference: str, secret: str, network_address: str | None) -> uuid.UUID:
    """The id of the report that these two open. Raises WrongSecret, or brakes.TooMany.

    An unknown reference takes as long, and has a brake of its own like any other. No transaction is open while the
    secret is hashed.
    """
    with acting_as(INTAKE):
        with transaction() as session:
            tries = (
                brakes.admit(session, brakes.ASK, brakes.place(network_address)),
                brakes.admit(session, brakes.OPEN, reference),
            )
        secret_hash, report_id = _find(reference)
        if not is_right(secret_hash, read_secret(secret)) or report_id is None:
            raise WrongSecret
        with transaction() as session:
            brakes.strike_out(session, *tries)
    return report_id


def read_secret(text: str) -> str:
    """The secret as it was made: any case, spaces and hyphens left out, O as 0, I and L as 1."""
    return SEPARATORS.sub("", text).upper().translate(READ_AS)


def look(report_id: uuid.UUID) -> Tracked | None:
    """The report as it stands now, changing nothing."""
    with acting_as(INTAKE), transaction() as session:
        report = session.get(Report, report_id)
        if report is None:
            return None
        answers = session.scalars(select(Answer).where(Answer.report_id == report_id).order_by(Answer.at)).all()
        read = tuple(Told(words_of_answer(session, one), one.at) for one in answers if one.read_at)
        photos, directory = len(photos_of(session, report)), current_directory()
        status = standing(session, report)
    country, partner = directory.country(report.country), directory.partner(report.partner).name
    about = report.sector, _problem(directory, report)
    facts = (report.reference, status, country, partner, *about, report.created_at)
    return Tracked(*facts, read, len(answers) - len(read), photos)


def _problem(directory: Directory, report: Report) -> ProblemType | None:
    entry = directory.entry_point(report.country, report.sector)
    open_ones = (problem for problem in (entry.problems if entry else ()) if not problem.sensitive)
    return next((problem for problem in open_ones if problem.slug == report.problem_type), None)


def read_answers(report_id: uuid.UUID) -> None:
    """Note that the person has asked for every answer there is."""
    with acting_as(INTAKE), transaction() as session:
        report = _locked(session, report_id)
        unread = select(Answer).where(Answer.report_id == report_id, Answer.read_at.is_(None))
        for answer in session.scalars(unread).all():
            answer.read_at = datetime.now(UTC)
            record(session, report, "answer_read")


def write_more(report_id: uuid.UUID, form: uuid.UUID, words: str) -> None:
    """Keep another message of this person, once for each form. Raises brakes.TooMany."""
    with acting_as(INTAKE), transaction() as session:
        report = _locked(session, report_id)
        web = web_channel_of(report.country)
        received = receive(session, Incoming(web, str(form), "", words, kind="web"))
        if received is None:
            return
        brakes.admit(session, brakes.WRITE, str(report_id))
        session.get_one(IncomingMessage, received.message_id).report_id = report_id
        record(session, report, "wrote_more", form=str(form))
        hear(session, report)


def take_back(report_id: uuid.UUID) -> None:
    """Delete the person's words, photos and number from the report. That there was one stays, on its timeline."""
    with acting_as(INTAKE), transaction() as session:
        take_words_back(session, _locked(session, report_id))


def _find(reference: str) -> tuple[str | None, uuid.UUID | None]:
    found = (
        select(TrackingSecret.secret_hash, Report.id)
        .join(Report, Report.id == TrackingSecret.report_id)
        .where(Report.reference == reference)
    )
    with transaction() as session:
        row = session.execute(found).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def _locked(session: Session, report_id: uuid.UUID) -> Report:
    """The report, locked so that what is done to it happens one after the other."""
    return session.scalars(select(Report).where(Report.id == report_id).with_for_update()).one()
