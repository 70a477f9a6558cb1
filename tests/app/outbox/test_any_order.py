"""Any order of sending, crashing, waiting and receipts: a message only ever comes further."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from app.outbox.delivery import LONGEST_WAIT, MOST_DOUBTS
from app.outbox.models import EarlyReceipt
from app.reports.models import Contact
from sms.message import (
    Accepted,
    DeliveryReceipt,
    DeliveryStatus,
    OutboundSms,
    Refused,
    SendResult,
    TryAgain,
    Unknown,
)
from tests.builders.messages import (
    Carrier,
    a_contact,
    a_message,
    deliver_now,
    receipt_comes,
    stored,
    time_passes,
)
from tests.builders.stored import rows

HOW_FAR = {"ready": 0, "attempting": 0, "unknown": 0, "sent": 1, "dead": 2, "failed": 2, "delivered": 3}
"""Before it is known to be taken a message may be tried again; from then on there is no way back."""

IDS = ("SM1", "SM2", "SM3")
STATUSES = st.sampled_from(DeliveryStatus)


class Cut(BaseException):
    """The worker is killed while the provider has the message."""


class Deliveries(RuleBasedStateMachine):
    """One message, the ids the provider may give it, and everything that may happen to it."""

    carrier: Carrier
    contact: Contact

    def __init__(self) -> None:
        super().__init__()
        self.salt = uuid.uuid4().hex
        self.message = a_message(self.contact)
        self.seen = 0
        self.delivered: set[str] = set()

    def provider_id(self, name: str) -> str:
        return f"{name}-{self.salt}"

    def receipt(self, name: str, status: DeliveryStatus, knows_us: bool) -> DeliveryReceipt:
        if status is DeliveryStatus.delivered:
            self.delivered.add(self.provider_id(name))
        return DeliveryReceipt(
            self.provider_id(name), str(self.message.id) if knows_us else None, status, status.name
        )

    def run_job(self, reply: object) -> None:
        self.carrier.reply_with(reply)
        with suppress(Cut):
            deliver_now(self.message)
        self.carrier.forget_script()

    @rule(name=st.sampled_from(IDS))
    def the_provider_accepts(self, name: str) -> None:
        self.run_job(Accepted(self.provider_id(name)))

    @rule(
        reply=st.sampled_from(
            [Unknown("late"), TryAgain("429", "busy"), Refused("400", "no", permanent=True), Cut()]
        )
    )
    def the_provider_does_not(self, reply: object) -> None:
        self.run_job(reply)

    @rule(name=st.sampled_from(IDS), status=STATUSES, knows_us=st.booleans(), takes=st.booleans())
    def a_receipt_comes_during_the_call(
        self, name: str, status: DeliveryStatus, knows_us: bool, takes: bool
    ) -> None:
        def meanwhile(_message: OutboundSms) -> SendResult:
            receipt_comes(self.receipt(name, status, knows_us))
            return Accepted(self.provider_id(name)) if takes else Unknown("late")

        self.run_job(meanwhile)

    @rule(
        name=st.sampled_from(IDS),
        status=STATUSES,
        knows_us=st.booleans(),
        times=st.integers(min_value=1, max_value=3),
    )
    def a_receipt_comes(self, name: str, status: DeliveryStatus, knows_us: bool, times: int) -> None:
        for _ in range(times):
            receipt_comes(self.receipt(name, status, knows_us))

    @rule(status=STATUSES, our_id=st.none() | st.text(max_size=40).filter(lambda text: "\0" not in text))
    def a_receipt_comes_for_something_unheard_of(self, status: DeliveryStatus, our_id: str | None) -> None:
        receipt_comes(DeliveryReceipt(f"other-{self.salt}", our_id, status, "whatever", None))

    @rule()
    def time_passes(self) -> None:
        time_passes(self.message, LONGEST_WAIT + timedelta(seconds=1))

    @invariant()
    def it_only_comes_further_and_nothing_is_missed(self) -> None:
        now = stored(self.message)
        assert HOW_FAR[now.state] >= self.seen, f"{now.state} after {self.seen}"
        assert now.state == "delivered" or now.provider_message_id not in self.delivered
        assert now.doubts <= MOST_DOUBTS
        self.seen = HOW_FAR[now.state]

    @precondition(lambda self: self.seen > 0)
    @rule()
    def once_taken_it_is_not_sent_again(self) -> None:
        before = len(self.carrier.sent)
        self.run_job(Accepted(self.provider_id("SM1")))
        assert len(self.carrier.sent) == before

    def teardown(self) -> None:
        known = stored(self.message).provider_message_id
        assert known not in {receipt.provider_message_id for receipt in rows(EarlyReceipt)}


def test_a_message_only_comes_further_whatever_happens_in_whatever_order(app: Flask, carrier: Carrier) -> None:
    Deliveries.carrier = carrier
    Deliveries.contact = a_contact()
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
