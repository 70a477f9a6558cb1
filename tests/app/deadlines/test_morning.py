"""The morning's letter: once for each working day, to those who lead, with references and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.access.models import Account
from app.database import transaction
from app.deadlines import morning
from app.deadlines.morning import Escalated, last_begin, letter_for, tell_leads
from app.deadlines.plans import plan_of
from app.directory.current import current_directory
from app.viewer import WORKER, acting_as
from tests.app.deadlines.moving import an_old_report, escalate
from tests.builders.accounts import an_account
from tests.builders.letters import letters

KE = ZoneInfo("Africa/Nairobi")


@pytest.fixture
def at_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Makes it a moment at work in Kenya of which the working day began after this test."""
    with acting_as(WORKER), transaction():
        working = plan_of("cedc", "KE").working
    now = working.after(datetime.now(UTC), working.day_length)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now

    monkeypatch.setattr(morning, "datetime", Clock)
    return now


def tell() -> None:
    with acting_as(WORKER):
        tell_leads()


def test_a_lead_is_written_to_once_a_day_about_what_is_overdue(app: Flask, at_work: datetime) -> None:
    lead, report = an_account(), an_old_report()
    an_account("partner_member")
    an_account(partner="wacam")
    escalate()
    tell()
    tell()
    (letter,) = letters()
    assert letter.to == lead.email
    assert letter.subject == "1 report is overdue"
    assert f"/inbox/{report.reference}" in letter.body
    assert "drugs" not in letter.body


def test_the_desk_is_written_to_about_what_came_to_it(app: Flask, at_work: datetime) -> None:
    desk, report = an_account("desk"), an_old_report()
    escalate()
    tell()
    assert letters() == []
    escalate()
    tell()
    (letter,) = letters()
    assert letter.to == desk.email
    assert report.reference in letter.body


def test_nothing_overdue_is_no_letter(app: Flask, at_work: datetime) -> None:
    an_account()
    tell()
    assert letters() == []


def test_nobody_is_written_to_at_night(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    an_account()
    an_old_report()
    escalate()
    night = datetime.now(KE).replace(hour=23) + timedelta(days=1)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return night

    monkeypatch.setattr(morning, "datetime", Clock)
    tell()
    assert letters() == []


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        ("2026-01-06 08:00", "2026-01-06 08:00"),
        ("2026-01-06 07:59", "2026-01-05 08:00"),
        ("2026-01-12 07:00", "2026-01-09 08:00"),
        ("2026-12-28 07:00", "2026-12-24 08:00"),
    ],
    ids=["as it begins", "before it begins", "after a weekend", "after Christmas"],
)
def test_the_newest_working_day_began(app: Flask, now: str, begun: str) -> None:
    with acting_as(WORKER), transaction():
        working = plan_of("cedc", "KE").working
    moment = datetime.fromisoformat(now).replace(tzinfo=KE)
    assert last_begin(working, moment) == datetime.fromisoformat(begun).replace(tzinfo=KE)


@pytest.mark.parametrize("number", [1, 2, 23])
@pytest.mark.parametrize("language", ["en", "fr", "id"])
def test_a_letter_names_twenty_at_most(app: Flask, number: int, language: str) -> None:
    account: Account = an_account(language=language)
    named = tuple(f"KE-{n:07}" for n in range(min(number, 20)))
    with acting_as(WORKER), transaction():
        partner = current_directory().partner("cedc")
    with app.test_request_context():
        letter = letter_for(account, Escalated(partner, "KE", datetime.now(UTC), named, number))
    assert str(number) in letter.subject
    assert letter.body.count("/inbox/KE-") == len(named)
    after_the_last = letter.body.rpartition(named[-1])[2].splitlines()[1]
    assert ("3" in after_the_last) == (number > len(named))
