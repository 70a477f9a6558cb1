"""The real worker: each person's messages in their order and one at a time, different people's at once."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.database import transaction
from app.outbox.models import OutgoingMessage
from app.outbox.queueing import deliver_later
from app.viewer import WORKER, acting_as
from sms.message import Accepted, OutboundSms, SendResult, TryAgain
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.messages import Carrier, a_contact, a_message, state_of
from tests.builders.stored import messages_out
from tests.conftest import Database

SECONDS_PER_SEND = 0.04


class SlowCarrier(Carrier):
    """Takes its time, and notes how many messages were under way: in all, and to one person."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._now: Counter[str] = Counter()
        self.most_at_once = 0
        self.most_to_one_person = 0

    def send(self, message: OutboundSms) -> SendResult:
        with self._lock:
            self._now[message.to] += 1
            self.most_at_once = max(self.most_at_once, self._now.total())
            self.most_to_one_person = max(self.most_to_one_person, self._now[message.to])
        time.sleep(SECONDS_PER_SEND)
        with self._lock:
            self._now[message.to] -= 1
            return super().send(message)


def test_each_person_gets_their_messages_in_order_one_at_a_time_while_others_get_theirs(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowCarrier()
    monkeypatch.setitem(app.extensions, "providers", slow)
    people = [a_contact() for _ in range(4)]
    for number in range(5):
        for person in people:
            a_message(person, body=str(number))
    work_until(lambda: len(slow.sent) == 20, app, database)
    got = defaultdict(list)
    for message in slow.sent:
        got[message.to].append(message.text)
    assert list(got.values()) == [["0", "1", "2", "3", "4"]] * 4
    assert slow.most_to_one_person == 1
    assert slow.most_at_once > 1


def test_a_message_that_has_to_wait_holds_up_that_person_s_next_ones_and_nobody_else_s(
    app: Flask, database: Database, carrier: Carrier
) -> None:
    def too_busy_for_the_first(message: OutboundSms) -> SendResult:
        return TryAgain("20429", "busy") if message.text == "first" else Accepted(message.id)

    waiting_person, other_person = a_contact(), a_contact()
    carrier.reply_with(too_busy_for_the_first, too_busy_for_the_first)
    waiting = a_message(waiting_person, body="first")
    behind = a_message(waiting_person, body="second")
    other = a_message(other_person, body="other")
    work_until(lambda: len(carrier.sent) == 2, app, database)
    assert [state_of(message) for message in (waiting, behind, other)] == ["ready", "ready", "sent"]
    assert sorted(carrier.bodies) == ["first", "other"]


def test_two_jobs_for_one_message_send_it_once(app: Flask, database: Database, carrier: Carrier) -> None:
    message = a_message()
    with acting_as(WORKER), transaction() as session:
        deliver_later(session, session.get_one(OutgoingMessage, message.id))
    work_until(lambda: not jobs_waiting(database), app, database)
    assert (state_of(message), len(carrier.sent)) == ("sent", 1)


def test_a_message_and_its_job_are_stored_together_or_not_at_all(app: Flask, database: Database) -> None:
    a_message(key="once")
    with pytest.raises(IntegrityError):
        a_message(key="once")
    assert len(messages_out()) == jobs_waiting(database) == 1
