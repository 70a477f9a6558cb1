"""Any order of sending, crashing, waiting and receipts: a message only ever comes further."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

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

REPLIES = ("accepts one", "accepts other", Unknown("late"), TryAgain("429", "busy"), Refused("400", "no", True))


class Cut(BaseException):
    """The worker is killed while the provider has the message."""


RECEIPTS = st.lists(
    st.tuples(st.sampled_from(["one", "other"]), st.sampled_from(DeliveryStatus), st.booleans()), max_size=4
)
"""Which of the two ids that the provider may give, what became of it, and whether our own id comes back."""


class Deliveries(RuleBasedStateMachine):
    """One message, the ids the provider may give it, and everything that may happen to it."""

    carrier: Carrier
    contact: Contact

    def __init__(self) -> None:
        super().__init__()
        self.salt = uuid.uuid4().hex
        self.message = a_message(self.contact)
        self.seen = 0
        self.arrived: set[str] = set()

    def provider_id(self, name: str) -> str:
        return f"{name}-{self.salt}"

    def receipts_come(self, receipts: list[tuple[str, DeliveryStatus, bool]]) -> None:
        for name, status, knows_us in receipts:
            our_id = str(self.message.id) if knows_us else None
            receipt_comes(DeliveryReceipt(self.provider_id(name), our_id, status, status.name))
            if status is DeliveryStatus.delivered:
                self.arrived.add(self.provider_id(name))

    @rule(reply=st.sampled_from([*REPLIES, Cut()]), meanwhile=RECEIPTS, waited=st.booleans())
    def the_job_is_run(self, reply: object, meanwhile: list, waited: bool) -> None:
        def answer(_message: OutboundSms) -> SendResult:
            self.receipts_come(meanwhile)
            if isinstance(reply, Cut):
                raise reply
            return Accepted(self.provider_id(reply.split()[1])) if isinstance(reply, str) else reply

        if waited:
            time_passes(self.message, LONGEST_WAIT + timedelta(seconds=1))
        self.carrier.reply_with(answer)
        before = len(self.carrier.sent)
        with suppress(Cut):
            deliver_now(self.message)
        self.carrier.forget_script()
        assert self.seen == 0 or len(self.carrier.sent) == before

    @rule(receipts=RECEIPTS)
    def receipts_are_taken(self, receipts: list) -> None:
        self.receipts_come(receipts)

    @rule(status=st.sampled_from(DeliveryStatus), our_id=st.none() | st.text(max_size=40))
    def a_receipt_comes_for_something_unheard_of(self, status: DeliveryStatus, our_id: str | None) -> None:
        receipt_comes(DeliveryReceipt(f"strange-{self.salt}", our_id, status, "whatever", None))

    @invariant()
    def it_only_comes_further_and_nothing_is_missed(self) -> None:
        now = stored(self.message)
        assert HOW_FAR[now.state] >= self.seen, f"{now.state} after {self.seen}"
        assert now.state == "delivered" or now.provider_message_id not in self.arrived
        assert now.doubts <= MOST_DOUBTS
        self.seen = HOW_FAR[now.state]

    def teardown(self) -> None:
        known = stored(self.message).provider_message_id
        assert known not in {receipt.provider_message_id for receipt in rows(EarlyReceipt)}


def test_a_message_only_comes_further_whatever_happens_in_whatever_order(app: Flask, carrier: Carrier) -> None:
    Deliveries.carrier = carrier
    Deliveries.contact = a_contact()
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=30,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
