"""Work on a timetable: jobs of crashed workers, messages, letters and photos left behind, questions nobody
answered, old attempts."""

from __future__ import annotations

import logging
import uuid
from datetime import UTC, datetime, timedelta

from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Exists, String, cast, column, delete, exists, select, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import InstrumentedAttribute

from app.access.models import FailedSignIn
from app.conversation.menu.leftovers import file_left
from app.conversation.models import MenuSession
from app.conversation.text import file_unanswered, hear
from app.database import transaction
from app.directory.current import channel_named
from app.inbox.beside.drafts import KEPT_FOR
from app.inbox.beside.models import Draft, Presence
from app.inbox.bulk.models import BulkAct
from app.inbox.looking import REMEMBERED
from app.inbox.models import Look
from app.intake.parts import forget_parts, left_behind
from app.intake.receive import known_sender
from app.mail import delivery as letters
from app.mail.models import OutgoingLetter
from app.mail.posting import send_later
from app.outbox.delivery import deliver
from app.outbox.models import EarlyReceipt, OutgoingMessage
from app.outbox.queueing import deliver_later
from app.outbox.words_as_text import seal_sent
from app.photos.fetching import fetch, fetch_later
from app.photos.models import WaitingPhoto
from app.queue import jobs
from app.reports.models import Contact, OpenQuestion
from app.reports.sealing import seal_left

log = logging.getLogger("app.upkeep")

WAIT_FOR_ANSWER = timedelta(hours=24)
LEFT_BEHIND = timedelta(minutes=10)
KEEP_EARLY_RECEIPTS = timedelta(days=7)
KEEP_FAILED_SIGN_INS = timedelta(days=1)
KEEP_MENU_SESSIONS = timedelta(days=7)
KEEP_LETTERS = timedelta(days=30)
KEEP_BULK_ACTS = timedelta(days=30)
AT_ONCE = 500
SEALED_AT_ONCE = 100

QUEUED = table("procrastinate_jobs", column("status"), column("task_name"), column("args", JSONB))


@jobs.periodic(cron="* * * * *")
@jobs.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, **_due: int) -> None:
    """Put back the jobs that a crashed worker had in hand (its heartbeat stopped 30 s ago)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
            log.warning("job %s of a stopped worker is run again", job.id)
        except ConnectorException:  # it has ended after all, or its like is queued already: the others go on
            log.warning("job %s of a stopped worker is left as it is", job.id)


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="upkeep.redeliver", queueing_lock="upkeep.redeliver")
def redeliver(**_due: int) -> None:
    """Queue messages again that have waited long without a change, and have no job any more."""
    waiting = ("ready", "attempting", "unknown")
    before = datetime.now(UTC) - LEFT_BEHIND
    with transaction() as session:
        left = select(OutgoingMessage).where(
            OutgoingMessage.state.in_(waiting),
            OutgoingMessage.changed_at < before,
            ~_has_job(deliver.name, "message", OutgoingMessage.id),
        )
        for message in session.scalars(left.order_by(OutgoingMessage.changed_at).limit(AT_ONCE)):
            deliver_later(session, message)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.repost", queueing_lock="upkeep.repost")
def repost(**_due: int) -> None:
    """Queue letters again that wait, and have no job any more."""
    before = datetime.now(UTC) - LEFT_BEHIND
    with transaction() as session:
        left = select(OutgoingLetter).where(
            OutgoingLetter.state.in_(letters.WAITING),
            OutgoingLetter.changed_at < before,
            ~_has_job(letters.send.name, "letter", OutgoingLetter.id),
        )
        for letter in session.scalars(left.order_by(OutgoingLetter.changed_at).limit(AT_ONCE)):
            send_later(session, letter)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.refetch", queueing_lock="upkeep.refetch")
def refetch(**_due: int) -> None:
    """Queue photos again that wait at a provider and have no job any more."""
    before = datetime.now(UTC) - LEFT_BEHIND
    with transaction() as session:
        left = select(WaitingPhoto.id).where(
            WaitingPhoto.at < before, ~_has_job(fetch.name, "photo", WaitingPhoto.id)
        )
        fetch_later(session, *session.scalars(left.order_by(WaitingPhoto.at).limit(AT_ONCE)).all())


def _has_job(task: str, argument: str, row_id: InstrumentedAttribute[uuid.UUID]) -> Exists:
    """Whether this task is queued or being run for the row: a long wait between two tries is nothing lost."""
    return exists().where(
        cast(QUEUED.c.status, String).in_(("todo", "doing")),
        QUEUED.c.task_name == task,
        QUEUED.c.args[argument].astext == cast(row_id, String),
    )


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.file_unanswered", queueing_lock="upkeep.file_unanswered")
def file_unanswered_questions(**_due: int) -> None:
    """File what people said before a question that they did not answer within a day: nothing said is lost.

    Somebody whose message is being taken in at this moment is passed over: it may be their answer.
    """
    before = datetime.now(UTC) - WAIT_FOR_ANSWER
    with transaction() as session:
        old = select(OpenQuestion).where(OpenQuestion.asked_at < before)
        mine = old.join(Contact, Contact.id == OpenQuestion.contact_id).with_for_update(skip_locked=True)
        for question in session.scalars(mine.limit(AT_ONCE)).all():
            sender = known_sender(session, channel_named(question.channel), question.contact_id)
            file_unanswered(session, question, sender)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="upkeep.hear_parts", queueing_lock="upkeep.hear_parts")
def hear_parts(**_due: int) -> None:
    """Take in what is there of messages of which a part never came."""
    with transaction() as session:
        for incoming in left_behind(session, AT_ONCE):
            hear(session, incoming)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.file_left", queueing_lock="upkeep.file_left")
def file_left_in_the_menu(**_due: int) -> None:
    """File the reports that people began in the USSD menu a day ago and never sent."""
    with transaction() as session:
        file_left(session, AT_ONCE)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="upkeep.seal", queueing_lock="upkeep.seal")
def seal_what_is_left(**_due: int) -> None:
    """Seal the words of reports that became sensitive after they were filed: from before an upgrade, which has no
    keys, or by an edit of the directory. Interrupted, it goes on where it stood."""
    more = True
    while more:
        with transaction() as session:
            sealed = seal_left(session, SEALED_AT_ONCE)
            for report in sealed:
                seal_sent(session, report)
            more = len(sealed) == SEALED_AT_ONCE


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="upkeep.forget", queueing_lock="upkeep.forget")
def forget(**_due: int) -> None:
    """Delete what has served its purpose."""
    now = datetime.now(UTC)
    with transaction() as session:
        session.execute(delete(EarlyReceipt).where(EarlyReceipt.at < now - KEEP_EARLY_RECEIPTS))
        session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - KEEP_FAILED_SIGN_INS))
        session.execute(delete(OutgoingLetter).where(OutgoingLetter.changed_at < now - KEEP_LETTERS))
        forget_parts(session)
        session.execute(delete(Look).where(Look.at < now - REMEMBERED))
        session.execute(delete(Draft).where(Draft.changed_at < now - KEPT_FOR))
        session.execute(delete(Presence).where(Presence.seen_at < now - timedelta(days=1)))
        session.execute(delete(BulkAct).where(BulkAct.asked_at < now - KEEP_BULK_ACTS))
        session.execute(delete(MenuSession).where(MenuSession.changed_at < now - KEEP_MENU_SESSIONS))
