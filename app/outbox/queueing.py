"""Putting a message to a citizen on its way: the row and its job, in the transaction of what caused it."""

from __future__ import annotations

import uuid
from typing import Any

from procrastinate.tasks import Task
from sqlalchemy.orm import Session

from app.outbox import wording
from app.outbox.delivery import deliver
from app.outbox.models import OutgoingMessage
from app.queue import Job, put
from app.reports.models import Answer, Contact, Event, Report
from app.reports.sealed import OUTGOING
from app.reports.sealing import keep, words_of_answer
from sms.segments import count

TELL_ALL = "outbox.tell_all"
HEARD_BY_ALL = frozenset({"acknowledged", "in_follow_up", "reopened", "closed", "not_a_report"})
"""What also those hear whose reports were merged into the one that came to it. Whether it was solved is asked of
each of them, and only they say whether they confirm it."""

NOTICE = 1
"""The version of the privacy notice that is sent to a number once. Raise it when its meaning changes."""


def queue(session: Session, message: OutgoingMessage, *also: Job) -> OutgoingMessage:
    """Store the message and its delivery job, and other jobs in the same statement. One recipient's messages leave
    one at a time, in this order."""
    _queue(session, [message], *also)
    return message


def _queue(session: Session, messages: list[OutgoingMessage], *also: Job) -> None:
    for message in messages:
        message.id = message.id or uuid.uuid4()
        message.segments = message.segments or count(message.body).parts
    session.add_all(messages)
    session.flush()
    put(session, *map(_delivery, messages), *also)


def deliver_later(session: Session, message: OutgoingMessage) -> None:
    """Queue the delivery of a stored message. Doing so twice sends nothing twice: delivery looks at its state."""
    put(session, _delivery(message))


def _delivery(message: OutgoingMessage) -> Job:
    return Job(deliver, {"message": str(message.id)}, lock=f"contact:{message.contact_id}")


def answer_sender(
    session: Session, contact: Contact, channel: str, purpose: str, cause: str, language: str, body: str
) -> OutgoingMessage:
    """Queue the reply to a message that is not about one report; `cause` makes it unique."""
    return queue(
        session,
        OutgoingMessage(
            key=f"{purpose}:{cause}",
            contact_id=contact.id,
            channel=channel,
            purpose=purpose,
            language=language,
            body=body,
        ),
    )


def hand_over(
    session: Session, answer: Answer, contact: Contact, channel: str, cause: str, language: str
) -> OutgoingMessage:
    """Queue a partner's words to the person who asked for them; `cause` makes it unique. Those about a sensitive
    report are sealed on their way too."""
    report, words = answer.report, words_of_answer(session, answer)
    body = f"{report.reference}: {words}"
    message = OutgoingMessage(
        id=uuid.uuid4(),
        key=f"answer:{answer.id}:{cause}",
        contact_id=contact.id,
        channel=channel,
        purpose="answer",
        language=language,
        segments=count(body).parts,
        body="" if report.sealed else body,
    )
    if report.sealed:
        keep(session, report, OUTGOING, message.id, body)
    return queue(session, message)


def tell_acknowledgment(session: Session, report: Report, *also: Job, with_notice: bool = False) -> None:
    """Queue the one acknowledgment of a filed report, and after it the privacy notice, where they can be sent; in
    any case these other jobs."""
    body = wording.acknowledgment(report.language, report.reference)
    messages = [_about(report, "acknowledgment", "1", body)]
    if with_notice:
        said = wording.say(report.language, wording.NOTICE)
        messages.append(_about(report, "privacy_notice", str(NOTICE), said))
    _queue(session, messages, *also) if _is_reachable(report) else put(session, *also)


def tell_update(session: Session, report: Report, change: Event) -> OutgoingMessage | None:
    """Queue word of a change of status: reference and state, never the subject. Those whose reports were merged
    into this one hear of it from a job."""
    session.flush()
    passed_on = report.has_merged and report.status in HEARD_BY_ALL
    also = (news(TELL_ALL, report, change),) if passed_on else ()
    return tell_status(session, report, report.status, str(change.id), *also)


def news(task: Task[..., Any, Any] | str, report: Report, change: Event) -> Job:
    """The job that tells several people what this line of the timeline says. One report's news leave in order."""
    return Job(task, {"report": str(report.id), "change": change.id}, lock=f"news:{report.id}")


def tell_status(session: Session, report: Report, status: str, version: str, *also: Job) -> OutgoingMessage | None:
    """Queue word of this status; `version` is what brought it about."""
    body = wording.update(report.language, report.reference, status)
    return tell(session, report, "update", version, body, *also)


def tell_answer(session: Session, report: Report, answer: Answer) -> OutgoingMessage | None:
    """Queue word that a partner has answered. The words themselves come when the person asks for them; or instead,
    if they agreed to that (app.outbox.words_as_text)."""
    session.flush()
    body = wording.say(report.language, wording.ANSWER_WAITS, reference=report.reference)
    return tell(session, report, "answer_notice", str(answer.id), body)


def tell(
    session: Session, report: Report, purpose: str, version: str, body: str, *also: Job
) -> OutgoingMessage | None:
    """Queue a message about this report, once per purpose and version; None where its reporter has no number.

    Other jobs go along in the same statement, or alone where there is nothing to send.
    """
    if not _is_reachable(report):
        put(session, *also)
        return None
    return queue(session, _about(report, purpose, version, body), *also)


def _is_reachable(report: Report) -> bool:
    return bool(report.answerable and report.contact_id and report.reply_channel)


def _about(report: Report, purpose: str, version: str, body: str) -> OutgoingMessage:
    return OutgoingMessage(
        key=f"{purpose}:{report.id}:{version}",
        report=report,
        report_id=report.id,
        contact_id=report.contact_id,
        channel=report.reply_channel,
        purpose=purpose,
        language=report.language,
        body=body,
    )
