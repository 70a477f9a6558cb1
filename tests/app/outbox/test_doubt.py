"""When nobody can tell whether a provider took a message: the receipt is waited for, then one more try, no more."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from flask import Flask

from app.outbox.delivery import SETTLE_WAIT
from app.outbox.models import OutgoingMessage
from sms.message import Accepted, DeliveryStatus, OutboundSms, Refused, SendResult, TryAgain, Unknown
from tests.app.outbox.aside import aside
from tests.builders.messages import (
    Carrier,
    a_message,
    a_receipt,
    deliver_now,
    receipt_comes,
    state_of,
    stored,
    time_passes,
)


class PowerCut(BaseException):
    """The process ends in the middle of the call."""


def cut_off(carrier: Carrier) -> OutgoingMessage:
    """A message whose worker was stopped while the provider had it."""
    carrier.reply_with(PowerCut())
    message = a_message()
    with pytest.raises(PowerCut):
        deliver_now(message)
    return message


def late(carrier: Carrier) -> OutgoingMessage:
    """A message whose provider did not answer in time."""
    carrier.reply_with(Unknown("ReadTimeout"))
    message = a_message()
    assert deliver_now(message) == SETTLE_WAIT
    assert (state_of(message), stored(message).error) == ("unknown", "ReadTimeout")
    return message


def test_a_crash_in_the_middle_is_seen_afterwards_as_unknown_and_waited_out(carrier: Carrier) -> None:
    message = cut_off(carrier)
    assert state_of(message) == "attempting"
    assert deliver_now(message) == SETTLE_WAIT
    assert (state_of(message), len(carrier.sent)) == ("unknown", 1)


@pytest.mark.parametrize("in_doubt", [cut_off, late])
def test_a_receipt_settles_the_doubt_and_nothing_is_sent_again(
    carrier: Carrier, in_doubt: Callable[[Carrier], OutgoingMessage]
) -> None:
    message = in_doubt(carrier)
    receipt_comes(a_receipt("SM1", DeliveryStatus.delivered, our_id=str(message.id)))
    time_passes(message, SETTLE_WAIT)
    assert deliver_now(message) is None
    assert (state_of(message), len(carrier.sent)) == ("delivered", 1)


@pytest.mark.parametrize("in_doubt", [cut_off, late])
def test_without_a_receipt_it_is_sent_once_more(
    carrier: Carrier, in_doubt: Callable[[Carrier], OutgoingMessage]
) -> None:
    message = in_doubt(carrier)
    assert deliver_now(message) == SETTLE_WAIT
    assert len(carrier.sent) == 1
    time_passes(message, SETTLE_WAIT)
    assert deliver_now(message) is None
    assert (state_of(message), len(carrier.sent)) == ("sent", 2)


def test_in_doubt_again_it_is_left(carrier: Carrier) -> None:
    message = late(carrier)
    carrier.reply_with(PowerCut())
    time_passes(message, SETTLE_WAIT)
    with pytest.raises(PowerCut):
        deliver_now(message)
    for _ in range(3):
        deliver_now(message)
        time_passes(message, SETTLE_WAIT)
    assert (state_of(message), stored(message).error, len(carrier.sent)) == ("dead", "unsettled", 2)


def test_a_late_receipt_still_reaches_a_message_that_was_left(carrier: Carrier) -> None:
    message = late(carrier)
    carrier.reply_with(Unknown("ReadTimeout"))
    for _ in range(2):
        time_passes(message, SETTLE_WAIT)
        deliver_now(message)
    assert state_of(message) == "dead"
    receipt_comes(a_receipt("SM1", DeliveryStatus.delivered, our_id=str(message.id)))
    assert state_of(message) == "delivered"


@pytest.mark.parametrize("reply", [Accepted("SM1"), Unknown("late"), TryAgain("20429", "busy")])
def test_a_receipt_that_comes_before_the_call_returns_is_not_taken_back(
    carrier: Carrier, reply: SendResult
) -> None:
    def answer(message: OutboundSms) -> SendResult:
        receipt_comes(a_receipt("SM1", DeliveryStatus.sent, our_id=message.id))
        return reply

    carrier.reply_with(answer)
    message = a_message()
    assert deliver_now(message) is None
    assert state_of(message) == "sent"


def test_a_second_worker_that_believes_the_first_dead_does_not_send(app: Flask, carrier: Carrier) -> None:
    """Two jobs for one message: the second finds it being attempted, and leaves it to the first."""
    asked, answer = Event(), Event()

    def slow(_message: OutboundSms) -> SendResult:
        asked.set()
        assert answer.wait(5)
        return Accepted("SM1")

    carrier.reply_with(slow)
    message = a_message()
    with aside(app, deliver_now, message) as first:
        assert asked.wait(5)
        assert deliver_now(message) == SETTLE_WAIT
        answer.set()
        assert first.result(5) is None
    assert deliver_now(message) is None
    assert (state_of(message), len(carrier.sent)) == ("sent", 1)


def test_a_refusal_that_comes_after_a_second_worker_looked_is_believed(app: Flask, carrier: Carrier) -> None:
    def meanwhile(message: OutboundSms) -> SendResult:
        with aside(app, deliver_now, OutgoingMessage(id=message.id)) as second:
            assert second.result(5) == SETTLE_WAIT
        return Refused("21211", "not a number", permanent=True)

    carrier.reply_with(meanwhile)
    message = a_message()
    assert deliver_now(message) is None
    assert (state_of(message), stored(message).error) == ("failed", "21211")
