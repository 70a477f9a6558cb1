"""Work on a timetable: jobs of crashed workers, messages left behind, questions nobody answered, old attempts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from procrastinate import JobContext
from sqlalchemy import delete, select

from app.access.models import FailedSignIn
from app.conversation.text import file_unanswered
from app.database import transaction
from app.directory.current import channel_named
from app.intake.receive import known_sender
from app.outbox.models import EarlyReceipt, OutgoingMessage
from app.outbox.queueing import deliver_later
from app.queue import jobs
from app.reports.models import OpenQuestion

log = logging.getLogger("app.upkeep")

WAIT_FOR_ANSWER = timedelta(hours=24)
LEFT_BEHIND = timedelta(minutes=10)
KEEP_EARLY_RECEIPTS = timedelta(days=7)
KEEP_FAILED_SIGN_INS = timedelta(days=1)
AT_ONCE = 500


@jobs.periodic(cron="* * * * *")
@jobs.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, **_due: int) -> None:
    """Put back the jobs that a crashed worker had in hand (its heartbeat stopped 30 s ago)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        log.warning("job %s of a stopped worker is run again", job.id)
        await manager.retry_job(job)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="upkeep.redeliver", queueing_lock="upkeep.redeliver")
def redeliver(**_due: int) -> None:
    """Queue messages again that have waited long without a change: their job may have been lost."""
    waiting = ("ready", "attempting", "unknown")
    before = datetime.now(UTC) - LEFT_BEHIND
    with transaction() as session:
        left = select(OutgoingMessage).where(
            OutgoingMessage.state.in_(waiting), OutgoingMessage.changed_at < before
        )
        for message in session.scalars(left.order_by(OutgoingMessage.changed_at).limit(AT_ONCE)):
            deliver_later(session, message)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.file_unanswered", queueing_lock="upkeep.file_unanswered")
def file_unanswered_questions(**_due: int) -> None:
    """File what people said before a question that they did not answer within a day: nothing said is lost."""
    before = datetime.now(UTC) - WAIT_FOR_ANSWER
    with transaction() as session:
        old = select(OpenQuestion).where(OpenQuestion.asked_at < before).with_for_update(skip_locked=True)
        for question in session.scalars(old.limit(AT_ONCE)).all():
            sender = known_sender(session, channel_named(question.channel), question.contact_id)
            file_unanswered(session, question, sender)


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="upkeep.forget", queueing_lock="upkeep.forget")
def forget(**_due: int) -> None:
    """Delete what has served its purpose."""
    now = datetime.now(UTC)
    with transaction() as session:
        session.execute(delete(EarlyReceipt).where(EarlyReceipt.at < now - KEEP_EARLY_RECEIPTS))
        session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - KEEP_FAILED_SIGN_INS))
