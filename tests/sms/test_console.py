from __future__ import annotations

import io

import pytest

from sms.message import OutboundSms, Provider
from sms.providers.console import Console

NUMBER = "+254712345678"


def test_a_message_is_one_line_with_its_words_and_a_masked_number() -> None:
    stream = io.StringIO()
    Console(stream).send(OutboundSms("our-1", NUMBER, "KE-4F7T2NA:\nrecorded\x1b[2J"))
    assert stream.getvalue() == "sms to •••••••••••78: KE-4F7T2NA: / recorded[2J\n"


def test_each_message_is_accepted_under_an_id_of_its_own() -> None:
    console: Provider = Console(io.StringIO())
    first, second = (console.send(OutboundSms("our-1", NUMBER, "a" * 161)) for _ in range(2))
    assert first != second
    assert first.provider_message_id.startswith("console-")
    assert first.segments == 2


def test_without_a_stream_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Console().send(OutboundSms("our-1", NUMBER, "hello"))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "sms to •••••••••••78: hello\n")
