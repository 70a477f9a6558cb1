from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.signatures import secret_matches, twilio_signed
from tests.sms.strategies import anything, forms

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
DOCUMENTED = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
SHA256 = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}


def signature(form: Mapping[str, str], algorithm: str = "sha1", url: str = URL) -> str:
    """Twilio's documented recipe, written out."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.digest(TOKEN.encode(), signed.encode(), algorithm)).decode()


def is_signed(given: str | None, form: Mapping[str, str] = FORM, **more: str) -> bool:
    headers = {"X-Twilio-Signature": given} if given is not None else {}
    return twilio_signed(TOKEN, URL, form, headers | more)


def test_twilios_documented_example_is_signed() -> None:
    assert is_signed(DOCUMENTED)
    assert signature(FORM) == DOCUMENTED


def test_a_changed_field_address_or_token_is_not_signed() -> None:
    headers = {"X-Twilio-Signature": DOCUMENTED}
    assert not is_signed(DOCUMENTED, FORM | {"Digits": "1235"})
    assert not is_signed(DOCUMENTED, FORM | {"Extra": ""})
    assert not twilio_signed(TOKEN, URL.replace("https", "http"), FORM, headers)
    assert not twilio_signed("12346", URL, FORM, headers)


def test_blank_fields_are_signed_too() -> None:
    form = FORM | {"Body": ""}
    assert is_signed(signature(form), form)


def test_a_sha256_signature_counts_only_with_its_header() -> None:
    assert is_signed(signature(FORM, "sha256"), FORM, **SHA256)
    assert not is_signed(signature(FORM, "sha256"))
    assert not is_signed(DOCUMENTED, FORM, **SHA256)


@pytest.mark.parametrize("given", [None, "", "rubbish", "ÿ" * 28, "\ud800" * 28])
def test_a_missing_or_strange_signature_is_no_signature(given: str | None) -> None:
    assert not is_signed(given)


@pytest.mark.parametrize("algorithm", ["HMAC_MD5", "none", "\nFORGED LOG LINE"])
def test_an_unknown_algorithm_is_no_signature_and_writes_no_log(
    algorithm: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = {"X-Twilio-Webhooks-Signature-Settings": f"algorithm={algorithm}"}
    assert not is_signed(DOCUMENTED, FORM, **settings)
    assert not caplog.records


def test_an_empty_token_signs_nothing() -> None:
    forged = base64.b64encode(hmac.digest(b"", URL.encode(), hashlib.sha1)).decode()
    assert not twilio_signed("", URL, {}, {"X-Twilio-Signature": forged})


@pytest.mark.parametrize("url", ["https://example.org:99999/x", "https://[/x"])
def test_an_impossible_address_is_not_signed(url: str) -> None:
    assert not twilio_signed(TOKEN, url, FORM, {"X-Twilio-Signature": DOCUMENTED})


@given(forms("Body", "From"), anything)
def test_any_form_with_any_signature_is_only_true_or_false(form: dict[str, str], given: str) -> None:
    assert twilio_signed(TOKEN, URL, form, {"X-Twilio-Signature": given}) is False


@given(st.text().filter(bool))
def test_a_secret_matches_itself_and_nothing_longer(secret: str) -> None:
    assert secret_matches(secret, secret)
    assert not secret_matches(secret + "x", secret)


def test_an_empty_or_missing_secret_never_matches() -> None:
    assert not secret_matches("", "")
    assert not secret_matches(None, "expected")
    assert not secret_matches("anything", "")
    assert not secret_matches("ünïcode \ud800", "expected")
