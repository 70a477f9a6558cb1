"""Africa's Talking's USSD callback, as recorded."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given

from sms.message import Malformed
from sms.ussd.africastalking import answer, read_end, read_request
from sms.ussd.answers import LONGEST_TEXT
from sms.ussd.message import Screen, UssdEnd, UssdRequest
from tests.sms.strategies import forms
from tests.sms.wire import recorded

SESSION = "ATUid_6fc9b3a1d2e04f7c8b5a9d0e1f2a3b4c"


def test_a_start_is_read() -> None:
    read = read_request(recorded("africastalking", "ussd_start"))
    assert read == UssdRequest(SESSION, "+254711082000", "", "*384*35711#")


@pytest.mark.parametrize(("name", "text"), [("ussd_answer", "1*98*7"), ("ussd_dialled_along", "1*3")])
def test_the_path_is_read_as_it_is(name: str, text: str) -> None:
    assert read_request(recorded("africastalking", name)).text == text


def test_numbers_and_words_are_not_in_the_repr() -> None:
    shown = repr(read_request(recorded("africastalking", "ussd_answer")))
    assert "254711082000" not in shown
    assert "98" not in shown


@pytest.mark.parametrize("field", ["sessionId", "phoneNumber"])
@pytest.mark.parametrize("value", [None, "", "a\0b", "x" * 300])
def test_a_missing_or_unusable_field_is_named(field: str, value: str | None) -> None:
    form = recorded("africastalking", "ussd_start")
    form.pop(field)
    with pytest.raises(Malformed, match=f"^missing or unusable field: {field}$"):
        read_request(form if value is None else form | {field: value})


def test_more_than_any_telephone_sends_is_refused() -> None:
    form = recorded("africastalking", "ussd_start")
    assert len(read_request(form | {"text": "x" * LONGEST_TEXT}).text) == LONGEST_TEXT
    with pytest.raises(Malformed):
        read_request(form | {"text": "x" * (LONGEST_TEXT + 1)})


@pytest.mark.parametrize(("name", "outcome"), [("ussd_end", "success"), ("ussd_end_incomplete", "incomplete")])
def test_the_end_notice_is_read_with_and_without_an_input(name: str, outcome: str) -> None:
    assert read_end(recorded("africastalking", name)) == UssdEnd(SESSION, outcome)


def test_an_answer_says_whether_the_session_goes_on() -> None:
    assert answer(Screen("What is it about?\n1 Health")) == "CON What is it about?\n1 Health"
    assert answer(Screen("Recorded: KE-7F3K9QX", ends=True)) == "END Recorded: KE-7F3K9QX"


@given(form=forms("sessionId", "phoneNumber", "text", "serviceCode", "status"))
def test_no_form_whatever_breaks_the_reading(form: dict[str, str]) -> None:
    with suppress(Malformed):
        assert read_request(form).session_id
    with suppress(Malformed):
        assert read_end(form).outcome
