"""Due dates that pass without a word: "no response" is itself a finding."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.current import current_directory
from app.followup.models import Action, Case
from app.followup.timeline import record
from app.queue import jobs

AT_ONCE = 500


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="followup.lapse", queueing_lock="followup.lapse")
def lapse(**_due: int) -> None:
    """Mark the actions whose due date is over where their country is, and that nobody has answered."""
    with transaction() as session:
        lapse_some(session, datetime.now(UTC))


def lapse_some(session: Session, now: datetime) -> None:
    """Mark those whose last day is over at this moment. An answer may still come; the finding stays."""
    days = {country.code: today(country.code, now) for country in current_directory().countries}
    over = or_(*((Case.country == code) & (Action.due_on < day) for code, day in days.items()))
    late = select(Action).join(Action.case).where(Action.state == "open", over).order_by(Action.id).limit(AT_ONCE)
    for action in session.scalars(late.with_for_update(skip_locked=True)):
        action.state, action.lapsed_on = "no_response", action.due_on
        record(session, action.case, "no_response", action=action.id, recipient=action.recipient)


def today(country: str, now: datetime | None = None) -> date:
    """The day that it is in this country, at this moment or now."""
    zone = ZoneInfo(current_directory().country(country).timezone)
    return (now or datetime.now(UTC)).astimezone(zone).date()
