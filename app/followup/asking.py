"""Was it solved? Asked of the people behind a case, where they agreed to be asked, on the channel that they used.

They get one question and one reminder, and each names the reference only. Who did not agree gets word of the new
status, as for any other change.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.database import transaction
from app.deadlines.steps import reach
from app.followup.models import Case, FixQuestion
from app.followup.opening import in_batches, locked_reports, reports_of
from app.followup.rules import rules
from app.followup.settling import close_reports
from app.followup.timeline import has_happened, record
from app.followup.wording import STILL_ASKING, WAS_IT_SOLVED
from app.language import say
from app.outbox.queueing import tell, tell_status
from app.queue import jobs
from app.reports.consents import who_agreed
from app.reports.merged import voices
from app.reports.models import Event, Report
from app.reports.timeline import record as record_on_report

PURPOSE = "was_it_solved"
REMINDER = "reminder"
ASKED_ABOUT = ("in_follow_up", "resolved")
AT_ONCE = 5000


@jobs.task(name="followup.ask")
def ask(case: int, number: int) -> None:
    """Ask the people of this case in its round of that number. Doing so twice asks nobody twice."""
    with transaction() as session:
        _leave_earlier_rounds(session, case, number)
    for some in in_batches(reports_of(case, ASKED_ABOUT)):
        with transaction() as session:
            _ask_some(session, case, number, some)
    with transaction() as session:
        _write_down(session, case, number)


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="followup.remind", queueing_lock="followup.remind")
def remind(**_due: int) -> None:
    """Remind those who have not answered for a week, once; give up on those who have not answered that either."""
    now = datetime.now(UTC)
    due = FixQuestion.reminded_at.is_(None) & (FixQuestion.asked_at < now - rules().reminder_after)
    _with_each(due, _remind)
    late = FixQuestion.reminded_at < now - rules().give_up_after
    _with_each(late, _give_up)


def _leave_earlier_rounds(session: Session, case: int, number: int) -> None:
    """Who is asked anew is not waited for twice."""
    earlier = update(FixQuestion).where(FixQuestion.case_id == case, FixQuestion.round < number)
    session.execute(earlier.where(FixQuestion.closed_at.is_(None)).values(closed_at=func.now()))


def _ask_some(session: Session, case_id: int, number: int, ids: list[uuid.UUID]) -> None:
    case = session.get(Case, case_id)
    if case is None or case.state != "verifying" or case.round != number:
        return
    reports = [report for report in locked_reports(session, ids) if report.status in ASKED_ABOUT]
    told = [(report, voices(session, report)) for report in reports]
    agreed = _agreed(session, [own for _, everybody in told for own in everybody])
    asked = _asked_before(session, case)
    for report, everybody in told:
        change = _resolve(session, case, report)
        for own in everybody:
            _ask_or_tell(session, case, own, report, change, own.id in agreed, asked)


def _agreed(session: Session, reports: list[Report]) -> frozenset[uuid.UUID]:
    """Those of these reports whose people may be asked."""
    agreed = who_agreed(session, [one.contact_id for one in reports if one.contact_id], "contact_again")
    return frozenset(one.id for one in reports if one.answerable and one.contact_id in agreed)


def _asked_before(session: Session, case: Case) -> dict[uuid.UUID, FixQuestion]:
    mine = select(FixQuestion).where(FixQuestion.case_id == case.id, FixQuestion.round == case.round)
    return {question.contact_id: question for question in session.scalars(mine) if question.contact_id}


def _resolve(session: Session, case: Case, report: Report) -> Event | None:
    """The line that says so, None where it was resolved before."""
    was = report.status
    if was == "resolved":
        return None
    reach(report, "resolved")
    change = record_on_report(session, report, "status", old=was, new="resolved", case=case.id)
    session.flush()
    return change


def _ask_or_tell(
    session: Session,
    case: Case,
    own: Report,
    report: Report,
    change: Event | None,
    may_ask: bool,
    asked: dict[uuid.UUID, FixQuestion],
) -> None:
    """`own` is the person's, which may have been merged into `report`."""
    if may_ask and own.contact_id is not None:
        _put_question(session, case, own, report, own.contact_id, asked)
    elif change is not None:
        tell_status(session, own, "resolved", str(change.id))


def _put_question(
    session: Session,
    case: Case,
    own: Report,
    report: Report,
    contact_id: uuid.UUID,
    asked: dict[uuid.UUID, FixQuestion],
) -> None:
    """One question for each person, about all of their reports."""
    before = asked.get(contact_id)
    if before is not None:
        before.about = list(dict.fromkeys([*before.about, report.id]))
        return
    _take_over(session, own)
    question = FixQuestion(
        id=uuid.uuid4(),
        case_id=case.id,
        round=case.round,
        contact_id=contact_id,
        report_id=own.id,
        about=[report.id],
    )
    session.add(question)
    asked[contact_id] = question
    send_question(session, own, question, PURPOSE, WAS_IT_SOLVED)


def _take_over(session: Session, report: Report) -> None:
    """What was asked about this report alone is asked with the case from now on."""
    alone = update(FixQuestion).where(FixQuestion.case_id.is_(None), FixQuestion.report_id == report.id)
    session.execute(alone.where(FixQuestion.closed_at.is_(None)).values(closed_at=func.now()))


def send_question(session: Session, report: Report, question: FixQuestion, purpose: str, text: str) -> None:
    body = say(report.language, text, reference=report.reference)
    tell(session, report, purpose, str(question.id), body)


def _write_down(session: Session, case_id: int, number: int) -> None:
    """How many people were asked, once for each round."""
    case = session.get(Case, case_id, with_for_update=True)
    if case is None or has_happened(session, case, "round", str(number)):
        return
    mine = select(FixQuestion.id).where(FixQuestion.case_id == case_id, FixQuestion.round == number)
    record(session, case, "asked", people=len(session.scalars(mine).all()), round=str(number))


def _with_each(which: ColumnElement[bool], use_case) -> None:
    """Each of the open questions in a transaction of its own, as long as some are left."""
    for question_id in _waiting(which):
        with transaction() as session:
            locked = select(FixQuestion).where(
                FixQuestion.id == question_id, FixQuestion.closed_at.is_(None), which
            )
            question = session.scalars(locked.with_for_update(skip_locked=True)).one_or_none()
            if question is not None:
                use_case(session, question)


def _waiting(which: ColumnElement[bool]) -> Iterator[uuid.UUID]:
    with transaction() as session:
        found = select(FixQuestion.id).where(FixQuestion.closed_at.is_(None), which)
        ids = session.scalars(found.order_by(FixQuestion.asked_at).limit(AT_ONCE)).all()
    yield from ids


def _remind(session: Session, question: FixQuestion) -> None:
    """Somebody who has taken back that they may be asked is not reminded."""
    contacts = [question.contact_id] if question.contact_id else []
    if not who_agreed(session, contacts, "contact_again"):
        return _give_up(session, question)
    question.reminded_at = datetime.now(UTC)
    report = session.get_one(Report, question.report_id)
    return send_question(session, report, question, REMINDER, STILL_ASKING)


def _give_up(session: Session, question: FixQuestion) -> None:
    question.closed_at = datetime.now(UTC)
    close_reports(session, question, "unconfirmed", "no answer after one reminder")
