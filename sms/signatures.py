"""Whether a request to a webhook comes from whom it claims: a provider's signature, or a secret in the path."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)


def twilio_signed(token: str, url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether Twilio signed this form POST with `token`, in constant time for signatures of the right length.

    `url` is the *external* address with its query, as configured: never what the request says of itself. `headers`
    must be case-insensitive or spelt as Twilio spells them. A missing header, an unknown algorithm, an empty token
    and values that no form can carry are False, never an exception.
    """
    signature = headers.get(SIGNATURE_HEADER)
    algorithm = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS_HEADER)).upper()
    if not token or not signature or algorithm not in {HMAC_SHA1, HMAC_SHA256}:
        return False
    try:
        return RequestValidator(token).validate(url, params, signature, algorithm)
    except ValueError:  # a lone surrogate cannot be encoded; a URL can have an impossible port
        return False


def secret_matches(given: str | None, expected: str) -> bool:
    """Whether a secret from a path or a password is the expected one, in constant time. An empty one never is."""
    if not given or not expected:
        return False
    return hmac.compare_digest(_octets(given), _octets(expected))


def _octets(text: str) -> bytes:
    """compare_digest takes only ASCII as str; a lone surrogate in a path must not raise either."""
    return text.encode("utf-8", "surrogatepass")
