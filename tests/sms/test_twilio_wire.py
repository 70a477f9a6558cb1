from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.message import DeliveryReceipt, DeliveryStatus, InboundSms, Malformed
from sms.providers.twilio import ANSWER_BODY, ANSWER_TYPE, STATUSES, read_inbound, read_receipt
from tests.sms.strategies import anything, forms
from tests.sms.wire import all_recorded, recorded


def inbound(name: str) -> InboundSms:
    return read_inbound(recorded("twilio", f"inbound_{name}"))


def test_a_plain_message_is_read() -> None:
    assert inbound("plain") == InboundSms(
        "SM" + "1" * 32, "+254712345678", "+254711000000", "Hakuna maji Kibera tangu jana"
    )


def test_media_come_without_a_body() -> None:
    message = inbound("media_without_body")
    assert message.text == ""
    assert [media.content_type for media in message.media] == ["image/jpeg", "audio/ogg"]
    assert all(media.url.startswith("https://api.twilio.com/") for media in message.media)


def test_a_short_code_is_a_recipient() -> None:
    assert inbound("short_code").recipient == "22384"


def test_whatsapp_addresses_lose_their_prefix() -> None:
    message = inbound("whatsapp")
    assert (message.kind, message.sender, message.recipient) == ("whatsapp", "+919876543210", "+14155238886")
    assert message.text == "दवा नहीं है"


@pytest.mark.parametrize("name", ["whatsapp_without_number", "whatsapp_username"])
def test_a_whatsapp_sender_without_a_number_is_known_by_another_id(name: str) -> None:
    message = inbound(name)
    assert (message.kind, message.sender) == ("whatsapp", "IN.13491208655302741918")


def test_a_pressed_button_says_its_text() -> None:
    assert inbound("whatsapp_button").text == "Yes, fixed"


@pytest.mark.parametrize("word", ["stop", "start", "help"])
def test_twilio_tells_which_opt_out_word_it_saw(word: str) -> None:
    assert inbound(f"opt_out_{word}").opt_out == word


def test_an_unheard_of_opt_out_type_is_none() -> None:
    assert read_inbound(recorded("twilio", "inbound_plain") | {"OptOutType": "PAUSE"}).opt_out is None


def test_the_body_is_made_storable() -> None:
    assert read_inbound(recorded("twilio", "inbound_plain") | {"Body": "a\0b\ud800"}).text == "ab\ufffd"


def test_only_web_addresses_count_as_media_and_ten_at_most() -> None:
    urls = {f"MediaUrl{n}": f"https://example.org/{n}" for n in range(12)} | {"MediaUrl3": "file:///etc/passwd"}
    media = read_inbound(recorded("twilio", "inbound_plain") | urls).media
    assert [m.url[-1] for m in media] == list("012456789")
    assert {m.content_type for m in media} == {"application/octet-stream"}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        (("MessageSid", "SmsMessageSid", "SmsSid"), "MessageSid"),
        (("From",), "From"),
        (("To",), "To"),
    ],
)
@pytest.mark.parametrize("value", [None, "", "  ", "a\0b", "a\ud800", "9" * 256])
def test_a_missing_or_unusable_field_is_named_without_its_value(
    fields: tuple[str, ...], named: str, value: str | None
) -> None:
    form = {k: v for k, v in recorded("twilio", "inbound_plain").items() if k not in fields}
    form |= dict.fromkeys(fields, value) if value is not None else {}
    with pytest.raises(Malformed, match=f"^missing or unusable field: {named}$"):
        read_inbound(form)


def test_a_prefix_alone_is_no_recipient() -> None:
    with pytest.raises(Malformed, match="To"):
        read_inbound(recorded("twilio", "inbound_whatsapp") | {"To": "whatsapp:"})


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [
        ("sent", DeliveryStatus.sent, None),
        ("delivered", DeliveryStatus.delivered, None),
        ("undelivered", DeliveryStatus.failed, "30003"),
        ("unknown", DeliveryStatus.unknown_status, None),
    ],
)
def test_receipts_are_read(name: str, status: DeliveryStatus, error: str | None) -> None:
    form = recorded("twilio", f"receipt_{name}")
    expected = DeliveryReceipt("SM" + "b" * 32, "our-1", status, form["MessageStatus"], error)
    assert read_receipt(form, "our-1") == expected


def test_a_receipt_without_our_id_has_none() -> None:
    assert read_receipt(recorded("twilio", "receipt_sent")).our_id is None
    assert read_receipt(recorded("twilio", "receipt_sent"), "").our_id is None


def test_all_of_twilios_statuses_are_known() -> None:
    documented = (
        "accepted scheduled queued sending sent delivered undelivered failed read partially_delivered canceled"
    )
    assert set(STATUSES) == set(documented.split())


@pytest.mark.parametrize("field", ["MessageSid", "MessageStatus"])
def test_a_receipt_needs_an_id_and_a_status(field: str) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "sent"}
    del form[field]
    with pytest.raises(Malformed, match=field):
        read_receipt(form)


def test_every_recorded_message_and_receipt_can_be_read() -> None:
    assert len({read_inbound(form) for form in all_recorded("twilio", "inbound")}) == 10
    assert len({read_receipt(form) for form in all_recorded("twilio", "receipt")}) == 4


def test_the_answer_is_an_empty_response_document() -> None:
    root = ElementTree.fromstring(ANSWER_BODY)
    assert (root.tag, len(root), root.text) == ("Response", 0, None)
    assert ANSWER_TYPE == "text/xml"


@given(forms("MessageSid", "From", "To", "Body", "MediaUrl0", "MediaContentType0", "OptOutType", "ExternalUserId"))
def test_any_form_is_a_message_or_malformed(form: dict[str, str]) -> None:
    try:
        message = read_inbound(form)
    except Malformed:
        return
    assert message.sender
    assert f"{message.sender}{message.recipient}{message.text}".encode()


@given(forms("MessageSid", "MessageStatus", "ErrorCode"), st.none() | anything)
def test_any_form_is_a_receipt_or_malformed(form: dict[str, str], our_id: str | None) -> None:
    try:
        receipt = read_receipt(form, our_id)
    except Malformed:
        return
    assert receipt.raw_status.encode()
