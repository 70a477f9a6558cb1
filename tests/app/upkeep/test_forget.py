"""What has served its purpose is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask

from app.access.models import FailedSignIn
from app.database import transaction
from app.outbox.models import EarlyReceipt
from app.upkeep import forget
from app.viewer import WORKER, acting_as
from tests.builders.stored import rows

A_MINUTE = timedelta(minutes=1)


def test_early_receipts_nobody_claimed_are_deleted_after_a_week_and_failed_sign_ins_after_a_day(
    app: Flask,
) -> None:
    now = datetime.now(UTC)
    with acting_as(WORKER), transaction() as session:
        for name, late in (("old", A_MINUTE), ("young", -A_MINUTE)):
            session.add(a_receipt(name, now - timedelta(days=7) - late))
            session.add(FailedSignIn(key=name.encode(), at=now - timedelta(days=1) - late))
    with acting_as(WORKER):
        forget(timestamp=0)
    assert [receipt.provider_message_id for receipt in rows(EarlyReceipt)] == ["young"]
    assert [failure.key for failure in rows(FailedSignIn)] == [b"young"]


def a_receipt(name: str, at: datetime) -> EarlyReceipt:
    return EarlyReceipt(channel="twilio-sms-ke", provider_message_id=name, status="sent", raw_status="sent", at=at)
