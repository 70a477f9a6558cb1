from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given

from sms.message import DeliveryStatus, InboundSms, Malformed, OptOut
from sms.providers.africastalking import ANSWER_TYPE, read_inbound, read_opt_out, read_receipt
from tests.sms.strategies import forms
from tests.sms.wire import all_recorded, recorded


def inbound(name: str) -> InboundSms:
    return read_inbound(recorded("africastalking", f"inbound_{name}"))


def test_a_message_is_read() -> None:
    assert inbound("iso_date") == InboundSms(
        "9f3a2c1e-5b7d-4e0f-8a6b-1c2d3e4f5a6b",
        "+254712345678",
        "22384",
        "HEALTH dawa hakuna",
        received_at=datetime(2017, 5, 3, 6, 4, 45, tzinfo=UTC),
        link_id="28a92cdf-2d63-4ee3-93df-4233d3de0356",
    )


def test_both_ways_of_writing_the_date_are_the_same_moment() -> None:
    assert inbound("spaced_date").received_at == inbound("iso_date").received_at


@pytest.mark.parametrize("date", ["", "yesterday", "2017-13-45", "0001-01-01T00:00:00+23:59", "\0"])
def test_a_useless_date_is_no_date(date: str) -> None:
    assert read_inbound(recorded("africastalking", "inbound_iso_date") | {"date": date}).received_at is None


@pytest.mark.parametrize("name", ["blank_link", "without_link_or_date"])
def test_a_blank_or_absent_link_is_none(name: str) -> None:
    assert inbound(name).link_id is None


def test_a_sender_may_be_a_name() -> None:
    assert inbound("alphanumeric_sender").sender == "MTN"


@pytest.mark.parametrize("field", ["id", "from", "to"])
@pytest.mark.parametrize("value", [None, "", "\n", "a\0b", "\udfff"])
def test_a_missing_or_unusable_field_is_named(field: str, value: str | None) -> None:
    form = recorded("africastalking", "inbound_iso_date")
    form.pop(field)
    with pytest.raises(Malformed, match=f"^missing or unusable field: {field}$"):
        read_inbound(form if value is None else form | {field: value})


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [
        ("sent", DeliveryStatus.sent, None),
        ("submitted", DeliveryStatus.sent, None),
        ("buffered", DeliveryStatus.sent, None),
        ("success", DeliveryStatus.delivered, None),
        ("rejected", DeliveryStatus.failed, "UserInBlackList"),
        ("failed", DeliveryStatus.failed, "DeliveryFailure"),
        ("expired", DeliveryStatus.failed, None),
        ("unknown", DeliveryStatus.unknown_status, None),
    ],
)
def test_delivery_reports_are_read(name: str, status: DeliveryStatus, error: str | None) -> None:
    form = recorded("africastalking", f"receipt_{name}")
    receipt = read_receipt(form)
    assert (receipt.provider_message_id, receipt.our_id) == (form["id"], None)
    assert (receipt.status, receipt.raw_status, receipt.error) == (status, form["status"], error)


def test_an_opt_out_is_from_one_sender() -> None:
    assert read_opt_out(recorded("africastalking", "opt_out")) == OptOut("22384", "+254712345678")


@pytest.mark.parametrize("field", ["senderId", "phoneNumber"])
def test_an_opt_out_needs_a_sender_and_a_number(field: str) -> None:
    form = recorded("africastalking", "opt_out")
    del form[field]
    with pytest.raises(Malformed, match=field):
        read_opt_out(form)


def test_every_recorded_message_and_report_can_be_read() -> None:
    assert len({read_inbound(form) for form in all_recorded("africastalking", "inbound")}) == 5
    assert len({read_receipt(form) for form in all_recorded("africastalking", "receipt")}) == 8


def test_the_answer_is_plain_text() -> None:
    assert ANSWER_TYPE == "text/plain"


@given(forms("id", "from", "to", "text", "date", "linkId", "status", "failureReason", "senderId", "phoneNumber"))
def test_any_form_is_read_or_malformed(form: dict[str, str]) -> None:
    for read in (read_inbound, read_receipt, read_opt_out):
        with suppress(Malformed):
            assert repr(read(form)).encode()
