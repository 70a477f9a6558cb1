"""A long message that an aggregator hands over in parts is one, whatever becomes of them on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app import upkeep
from app.database import transaction
from app.directory.channels import Channel
from app.intake.parts import KEPT, PATIENCE, MessagePart
from app.viewer import MIGRATION, WORKER, acting_as
from tests.app.channels.aggregators import documented, registered
from tests.builders.reports import a_number
from tests.builders.stored import messages_in, reports, rows
from tests.conftest import Database

WORDS = ("Ndox mi dafa dog ci ", "sunu koñ ba noppi, l'eau ne vient plus ", "a Pikine depuis trois semaines")
WHOLE = "".join(WORDS)


@pytest.fixture
def channel(client: FlaskClient, database: Database) -> Iterator[Channel]:
    with registered(database, documented("Vonage")) as known:
        yield known


def post(client: FlaskClient, channel: Channel, sender: str, number: int, ref: str = "17", **changes: str) -> None:
    form = {"messageId": f"{sender}-{ref}-{number}", "msisdn": sender.removeprefix("+"), "to": channel.address}
    form |= {"text": WORDS[number - 1], "concat": "true", "concat-ref": ref, "concat-part": str(number)}
    answer = client.post(channel.path("inbound"), data=form | {"concat-total": "3"} | changes)
    assert answer.status_code == 200


def time_passes(wait: timedelta) -> None:
    with acting_as(MIGRATION), transaction() as session:
        session.execute(update(MessagePart).values(at=MessagePart.at - wait))


def take_what_is_left() -> None:
    with acting_as(WORKER):
        upkeep.hear_parts(timestamp=0)


def said() -> list[str]:
    return [message.body for message in messages_in()]


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_parts_in_any_order_are_one_message(client: FlaskClient, channel: Channel, order: tuple[int, ...]) -> None:
    sender = a_number("SN")
    for number in order:
        assert said() == []
        post(client, channel, sender, number)
    assert said() == [WHOLE]
    assert len(reports()) == 1
    assert {part.body for part in rows(MessagePart)} == {""}


def test_a_part_that_comes_again_changes_nothing_before_or_after(client: FlaskClient, channel: Channel) -> None:
    sender = a_number("SN")
    for number in (1, 1, 3, 3, 2, 2, 1, 3):
        post(client, channel, sender, number)
    time_passes(PATIENCE)
    take_what_is_left()
    assert said() == [WHOLE]
    assert len(reports()) == 1


def test_a_part_under_another_id_counts_once(client: FlaskClient, channel: Channel) -> None:
    sender = a_number("SN")
    post(client, channel, sender, 1)
    post(client, channel, sender, 1, messageId="another")
    post(client, channel, sender, 2)
    post(client, channel, sender, 3)
    assert said() == [WHOLE]


def test_a_missing_part_is_not_waited_for_for_ever(client: FlaskClient, channel: Channel) -> None:
    sender = a_number("SN")
    post(client, channel, sender, 1)
    post(client, channel, sender, 3)
    take_what_is_left()
    assert said() == []
    time_passes(PATIENCE)
    take_what_is_left()
    take_what_is_left()
    assert said() == [f"{WORDS[0]}…{WORDS[2]}"]
    assert len(reports()) == 1


def test_parts_of_two_people_and_of_two_messages_do_not_mix(client: FlaskClient, channel: Channel) -> None:
    one, other = a_number("SN"), a_number("SN")
    for number in (3, 1, 2):
        for sender, ref in ((one, "17"), (other, "17"), (one, "18")):
            post(client, channel, sender, number, ref)
    assert said() == [WHOLE] * 3


@pytest.mark.parametrize("changes", [{"concat-part": "4"}, {"concat-total": "x"}, {"concat-part": "0"}])
def test_numbers_that_make_no_sense_are_taken_as_a_message(
    client: FlaskClient, channel: Channel, changes: dict[str, str]
) -> None:
    post(client, channel, a_number("SN"), 1, **changes)
    assert said() == [WORDS[0]]


def test_a_sender_without_a_number_is_taken_part_by_part(client: FlaskClient, channel: Channel) -> None:
    for number in (1, 2):
        post(client, channel, "+221771000001", number, msisdn="MTN")
    assert said() == list(WORDS[:2])


def test_parts_are_forgotten_once_nobody_repeats_them(client: FlaskClient, channel: Channel) -> None:
    sender = a_number("SN")
    for number in (1, 2, 3):
        post(client, channel, sender, number)
    time_passes(KEPT)
    with acting_as(WORKER):
        upkeep.forget(timestamp=0)
    assert rows(MessagePart) == []


@given(arriving=st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=8))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_arrives_is_said_once(
    client: FlaskClient, channel: Channel, database: Database, arriving: list[int]
) -> None:
    sender = a_number("SN")
    before = len(said())
    for number in arriving:
        post(client, channel, sender, number)
    time_passes(PATIENCE)
    take_what_is_left()
    (message,) = said()[before:]
    assert all((words in message) == (number in arriving) for number, words in enumerate(WORDS, 1))
