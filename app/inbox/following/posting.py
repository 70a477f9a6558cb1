"""Letters about what people are told of: at once, and a digest in the morning of working days.

A letter and the mark that it is settled are one transaction, and a digest is its person's and day's: whatever
crashes or runs twice, each leaves once. One that was missed as the worker stood still leaves later that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.inbox.following import letters
from app.inbox.following.concerning import MATTER
from app.inbox.following.letters import News
from app.inbox.following.models import AT_ONCE, DIGEST, WEEKLY, LetterChoice, Notice, usual_choice
from app.inbox.following.readers import Reader, named_readers, readers
from app.mail.letter import BadLetter, Letter
from app.mail.posting import post
from app.queue import jobs
from app.reports.models import Report

MORNING = time(7)
MOST = 1000
"""Notices in one letter; what is beyond goes into the next."""

FIRST_BACK = {False: timedelta(days=1), True: timedelta(days=7)}
"""How far the first digest goes back for new reports: a daily and a weekly one."""


@jobs.periodic(cron="* * * * *")
@jobs.task(name="inbox.write_at_once", queueing_lock="inbox.write_at_once")
def write_at_once(**_due: int) -> None:
    """Write to those who wish to know at once: one letter for all that there is."""
    with transaction() as session:
        waiting = set(session.scalars(select(Notice.account_id).where(Notice.letter == AT_ONCE).distinct()))
    if not waiting:
        return
    people = readers()
    for number in sorted(waiting):
        with transaction() as session:
            _write_at_once(session, number, people.get(number))


@jobs.task(name="inbox.write_soon")
def write_soon() -> None:
    """The same, queued with what is to be written about."""
    write_at_once()


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="inbox.write_digests", queueing_lock="inbox.write_digests")
def write_digests(**_due: int) -> None:
    """Write to those whose working day has come to 7 in the morning."""
    now, people = datetime.now(UTC), readers()
    with transaction() as session:
        choices = {choice.account_id: choice for choice in session.scalars(select(LetterChoice))}
        due = [one for n, one in people.items() if day_of_digest(one, choices.get(n) or usual_choice(n), now)]
    for reader in due:
        with transaction() as session:
            _write_digest(session, reader, now)


def day_of_digest(reader: Reader, choice: LetterChoice, now: datetime) -> date | None:
    """The day whose digest is due to this person at this moment; None if none is."""
    working = reader.working()
    local = now.astimezone(ZoneInfo(working.zone))
    day, last = local.date(), choice.digest_on
    if local.time() < MORNING or not working.is_workday(day) or (last and last >= day):
        return None
    is_done = choice.rhythm == WEEKLY and last and last.isocalendar()[:2] == day.isocalendar()[:2]
    return None if is_done else day


def _write_at_once(session: Session, number: int, reader: Reader | None) -> None:
    waiting = _waiting(session, number, AT_ONCE)
    news = News(_by_matter(session, waiting, reader)) if reader else News({})
    if reader and not news.is_empty:
        newest = max(notice.id for notice, _report in waiting)
        _post(session, lambda: letters.at_once(reader.account, news), f"{number}:{newest}")
    _settle(waiting)


def _write_digest(session: Session, reader: Reader, now: datetime) -> None:
    """Mark the day also where there is nothing to write, so that it is looked at once."""
    number = reader.account.id
    choice = session.get(LetterChoice, number, with_for_update=True)
    if choice is None:
        choice = usual_choice(number)
        session.add(choice)
    day = day_of_digest(reader, choice, now)
    if day is None:
        return
    waiting = _waiting(session, number, DIGEST)
    wished = [pair for pair in waiting if getattr(choice, MATTER[pair[0].kind]) != "never"]
    news = News(_by_matter(session, wished, reader), _new_reports(session, reader, choice, now))
    if not news.is_empty:
        _post(session, lambda: letters.digest(reader.account, news), f"{number}:{day.isoformat()}")
    _settle(waiting)
    choice.digest_on, choice.digest_until = day, now


def _waiting(session: Session, number: int, letter: str) -> Sequence[tuple[Notice, Report]]:
    """Locked, the newest first: two workers write one letter."""
    mine = select(Notice, Report).join(Report, Report.id == Notice.report_id)
    mine = mine.where(Notice.letter == letter, Notice.account_id == number).order_by(Notice.id.desc()).limit(MOST)
    return [(notice, report) for notice, report in session.execute(mine.with_for_update(of=Notice))]


def _by_matter(session: Session, waiting: Sequence[tuple[Notice, Report]], reader: Reader) -> dict[str, list[str]]:
    """References of what is unread and may still be opened, each under its nearest matter alone."""
    named = named_readers(session, (report for _notice, report in waiting))
    found: dict[str, dict[str, None]] = {heading: {} for heading in letters.HEADINGS}
    for notice, report in waiting:
        if notice.read_at is None and reader.may_open(report, named):
            found[MATTER[notice.kind]][report.reference] = None
    seen: set[str] = set()
    told = {}
    for heading, references in found.items():
        told[heading] = [reference for reference in references if reference not in seen]
        seen.update(references)
    return told


def _new_reports(session: Session, reader: Reader, choice: LetterChoice, now: datetime) -> int:
    if choice.new_reports != DIGEST:
        return 0
    since = choice.digest_until or now - FIRST_BACK[choice.rhythm == WEEKLY]
    theirs = or_(*(Report.visible_to(viewer) for viewer in reader.viewers))
    came = select(func.count(Report.id)).where(theirs, Report.created_at > since, Report.created_at <= now)
    return session.scalar(came) or 0


def _settle(waiting: Iterable[tuple[Notice, Report]]) -> None:
    for notice, _report in waiting:
        notice.letter = None


def _post(session: Session, write: Callable[[], Letter], cause: str) -> None:
    """Somebody whose address cannot be written to finds it on their page all the same."""
    try:
        letter = write()
    except BadLetter:
        return
    post(session, letter, cause=cause)
