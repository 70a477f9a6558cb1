"""What receipts make of a message: early, late, repeated, unheard of."""

from __future__ import annotations

import time
from threading import Event

import pytest
from flask import Flask

from app.database import transaction
from app.outbox.models import EarlyReceipt, OutgoingMessage
from app.outbox.receipts import take_receipt, take_turns
from app.viewer import INTAKE, acting_as
from sms.message import Accepted, DeliveryStatus, OutboundSms, SendResult
from tests.app.outbox.aside import aside
from tests.builders.messages import (
    Carrier,
    a_message,
    a_receipt,
    deliver_now,
    receipt_comes,
    state_of,
    stored,
)
from tests.builders.stored import rows


def a_sent_message(carrier: Carrier, provider_id: str = "SM1", **changes: str) -> OutgoingMessage:
    carrier.reply_with(Accepted(provider_id))
    message = a_message(**changes)
    deliver_now(message)
    return message


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (DeliveryStatus.accepted, "sent"),
        (DeliveryStatus.sent, "sent"),
        (DeliveryStatus.failed, "failed"),
        (DeliveryStatus.delivered, "delivered"),
        (DeliveryStatus.unknown_status, "sent"),
    ],
)
def test_a_receipt_moves_the_message_it_names(carrier: Carrier, status: DeliveryStatus, state: str) -> None:
    message, other = a_sent_message(carrier, "SM1"), a_sent_message(carrier, "SM2")
    receipt_comes(a_receipt("SM1", status))
    assert (state_of(message), state_of(other)) == (state, "sent")


def test_a_failure_keeps_the_providers_code_until_the_message_arrives_after_all(carrier: Carrier) -> None:
    message = a_sent_message(carrier)
    receipt_comes(a_receipt("SM1", DeliveryStatus.failed, error="30005"))
    assert stored(message).error == "30005"
    receipt_comes(a_receipt("SM1", DeliveryStatus.delivered))
    receipt_comes(a_receipt("SM1", DeliveryStatus.failed, error="30005"))
    assert (state_of(message), stored(message).error) == ("delivered", None)


def test_receipts_that_came_first_are_used_when_their_message_is_recorded_and_then_forgotten(
    carrier: Carrier,
) -> None:
    for status in (DeliveryStatus.delivered, DeliveryStatus.sent, DeliveryStatus.unknown_status):
        receipt_comes(a_receipt("SM1", status))
    receipt_comes(a_receipt("SM2", DeliveryStatus.delivered))
    message = a_sent_message(carrier)
    assert state_of(message) == "delivered"
    assert [receipt.provider_message_id for receipt in rows(EarlyReceipt)] == ["SM2"]


def test_an_early_receipt_is_used_as_soon_as_another_receipt_tells_whose_it_is(carrier: Carrier) -> None:
    message = a_message(state="unknown")
    receipt_comes(a_receipt("SM1", DeliveryStatus.delivered))
    receipt_comes(a_receipt("SM1", DeliveryStatus.sent, our_id=str(message.id)))
    assert (state_of(message), rows(EarlyReceipt)) == ("delivered", [])


def test_the_same_id_on_another_channel_is_another_message(carrier: Carrier) -> None:
    message = a_sent_message(carrier)
    receipt_comes(a_receipt("SM1", DeliveryStatus.delivered), channel="at-sms-ke")
    assert state_of(message) == "sent"


@pytest.mark.parametrize("our_id", ["", "no-uuid", "00000000-0000-0000-0000-000000000000", "١" * 32, "x" * 5000])
def test_an_id_of_ours_that_we_never_gave_out_is_kept_and_harms_nothing(carrier: Carrier, our_id: str) -> None:
    message = a_sent_message(carrier)
    receipt_comes(a_receipt("SM9", DeliveryStatus.delivered, our_id=our_id))
    assert state_of(message) == "sent"
    assert [receipt.status for receipt in rows(EarlyReceipt)] == ["delivered"]


def test_a_receipt_at_the_very_moment_its_message_is_recorded_is_not_missed(app: Flask, carrier: Carrier) -> None:
    """Neither transaction sees what the other has not committed yet: one has to wait for the other."""
    taken, commit = Event(), Event()

    def receive() -> None:
        with acting_as(INTAKE), transaction() as session:
            take_receipt(session, "twilio-sms-ke", a_receipt("SM1", DeliveryStatus.delivered))
            session.flush()
            taken.set()
            assert commit.wait(5)

    carrier.reply_with(Accepted("SM1"))
    message = a_message()
    with aside(app, receive):
        assert taken.wait(5)
        with aside(app, deliver_now, message) as sending:
            commit.wait(0.2)
            commit.set()
            assert sending.result(5) is None
    assert (state_of(message), rows(EarlyReceipt)) == ("delivered", [])


def test_a_receipt_and_the_recording_of_its_message_do_not_wait_for_each_other(
    app: Flask, carrier: Carrier
) -> None:
    """PostgreSQL would end one of them: a receipt would be refused, or an accepted message be in doubt."""
    taken, answered = Event(), Event()
    message = a_message()

    def receive() -> None:
        with acting_as(INTAKE), transaction() as session:
            take_turns(session, message.channel, "SM1")
            taken.set()
            assert answered.wait(5)
            time.sleep(0.2)
            receipt = a_receipt("SM1", DeliveryStatus.delivered, our_id=str(message.id))
            take_receipt(session, message.channel, receipt)

    def accept(_message: OutboundSms) -> SendResult:
        assert taken.wait(5)
        answered.set()
        return Accepted("SM1")

    carrier.reply_with(accept)
    with aside(app, receive) as receiving:
        assert deliver_now(message) is None
        assert receiving.result(5) is None
    assert state_of(message) == "delivered"
