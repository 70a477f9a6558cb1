"""What may stand in a log: never a person's number or words, and no line that a person wrote."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from app.database import transaction
from app.logs import AllowlistFormatter, set_up_logging
from app.outbox import delivery
from app.reports.models import Contact
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import work_until
from tests.builders.messages import Carrier, a_message, state_of
from tests.builders.webhooks import africastalking_form, from_africastalking, the_channel
from tests.conftest import Database

NUMBER = "+254711222333"
WORDS = "the clinic asked me for money"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged, in the form it is logged in."""
    with logged() as stream:
        yield stream


@contextmanager
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AllowlistFormatter())
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)


def read(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def assert_clean(stream: io.StringIO) -> None:
    assert stream.getvalue()
    for secret in (NUMBER, NUMBER[1:], NUMBER[-6:], WORDS, "clinic"):
        assert secret not in stream.getvalue()


@pytest.mark.parametrize("logger", ["app.outbox", "gapline", "gapline.supervisor", "sqlalchemy", "asyncio", ""])
def test_an_exceptions_message_is_not_logged_but_its_type_and_place_are(lines: io.StringIO, logger: str) -> None:
    try:
        raise ValueError(f"{NUMBER}: {WORDS}")
    except ValueError:
        logging.getLogger(logger).exception("it failed")
    assert_clean(lines)
    (line,) = read(lines)
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["through"])


def test_neither_is_the_message_of_what_caused_it(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError(NUMBER)
        except KeyError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError:
        logging.getLogger("app.x").exception("it failed")
    assert_clean(lines)


def test_a_request_that_fails_leaves_neither_number_nor_words_nor_the_channels_secret(
    app: Flask, client: FlaskClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object, incoming: object) -> None:
        raise RuntimeError(f"{vars(incoming)}")

    monkeypatch.setattr("app.channels.webhooks.hear", fail)
    monkeypatch.setattr(app, "testing", False)
    answer = from_africastalking(client, africastalking_form(**{"from": NUMBER, "text": WORDS}))
    assert answer.status_code == 500
    assert_clean(lines)
    assert the_channel("at-sms-ke").secret not in lines.getvalue()
    assert "RuntimeError" in [line.get("error") for line in read(lines)]


def test_a_statement_that_fails_does_not_quote_its_values(app: Flask, lines: io.StringIO) -> None:
    with acting_as(WORKER), pytest.raises(ProgrammingError) as error, transaction() as session:
        session.execute(select(Contact).where(text("nonsense = :words")), {"words": WORDS})
    logging.getLogger("app.x").error("it failed", exc_info=error.value)
    assert WORDS not in str(error.value)
    assert_clean(lines)


def test_a_job_that_fails_leaves_neither(
    app: Flask, database: Database, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = Carrier()
    carrier.reply_with(RuntimeError(f"could not send {WORDS} to {NUMBER}"))
    monkeypatch.setitem(app.extensions, "providers", carrier)
    monkeypatch.setattr(delivery.Patience, "get_retry_decision", lambda *_, **__: None)
    message = a_message(body=WORDS)
    work_until(lambda: "RuntimeError" in lines.getvalue(), app, database)
    assert state_of(message) == "attempting"
    assert_clean(lines)


def test_a_task_nobody_waited_for_does_not_tell_its_exception(lines: io.StringIO) -> None:
    async def forgotten() -> None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "never retrieved", "exception": ValueError(NUMBER), "words": WORDS}
        )

    asyncio.run(forgotten())
    assert_clean(lines)


def test_of_somebody_elses_line_only_the_template_is_kept(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("could not reach %s", NUMBER)
    assert_clean(lines)
    assert read(lines)[0]["event"] == "could not reach %s"


def test_of_a_line_that_was_put_together_before_only_the_place_is_kept(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning(f"could not reach {NUMBER}")  # noqa: G004 - that is the point
    assert_clean(lines)
    assert "test_logs" in str(read(lines)[0]["event"])


@given(words=st.text(max_size=60))
def test_whatever_is_logged_is_one_line_of_json(words: str) -> None:
    for logger in ("app.x", "some.library"):
        with logged() as stream:
            logging.getLogger(logger).warning("said: %s", words)
        assert stream.getvalue().count("\n") == 1
        assert len(stream.getvalue().splitlines()) == 1
        assert set(read(stream)[0]) == {"at", "level", "logger", "event"}


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\x1b[2K"])
def test_no_line_can_be_forged(end: str) -> None:
    forged = f'ok{end}{{"level": "error", "event": "forged"}}'
    with logged() as stream:
        logging.getLogger("app.x").warning("id %s", forged)
    (line,) = read(stream)
    assert line["level"] == "warning"
    assert stream.getvalue().isascii()
    assert stream.getvalue().rstrip("\n").isprintable()


def test_the_information_lines_of_libraries_that_quote_requests_are_not_written() -> None:
    before = logging.getLogger().handlers[:]
    set_up_logging()
    try:
        for name in ("twilio.http_client", "urllib3.connectionpool", "procrastinate.worker"):
            assert not logging.getLogger(name).isEnabledFor(logging.INFO)
        assert logging.getLogger("app.outbox").isEnabledFor(logging.INFO)
    finally:
        logging.getLogger().handlers[:] = before
