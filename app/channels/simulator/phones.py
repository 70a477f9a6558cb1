"""The phones of the simulator: numbers that no network has, and what a page must hold to read one of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from sms.numbers import country_of, normalise


class UnknownPhone(LookupError):
    """The page presents no SIM of ours."""


@dataclass(frozen=True)
class Phone:
    """A phone that is on since a moment (UTC, whole seconds). It gets what is written to its number from then."""

    number: str
    since: datetime

    @property
    def country(self) -> str | None:
        return country_of(self.number)


def fresh_number(country: str) -> str:
    """A number in E.164 that can be written in this country (ISO 3166-1 alpha-2) and that no network was given.

    So a demo that is pointed at a real provider by mistake writes to nobody.
    """
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        raise ValueError(f"no mobile numbers are known in {country}")
    while True:
        drawn = _drawn_like(example)
        if phonenumbers.is_possible_number(drawn) and not phonenumbers.is_valid_number(drawn):
            return phonenumbers.format_number(drawn, phonenumbers.PhoneNumberFormat.E164)


def _drawn_like(example: phonenumbers.PhoneNumber) -> phonenumbers.PhoneNumber:
    smallest = 10 ** (len(str(example.national_number)) - 1)
    national = smallest + secrets.randbelow(9 * smallest)
    return phonenumbers.PhoneNumber(country_code=example.country_code, national_number=national)


def read_number(written: str, country: str) -> str | None:
    """The E.164 number that somebody typed for their phone, or None when nobody could have it."""
    return normalise(written, country)


def sim_of(number: str) -> str:
    """What shows, from now on, that a page holds this phone. Whoever copies it can read the phone, so can a SIM."""
    return _maker().dumps(number)


def phone_of(sim: str) -> Phone:
    """The phone that this SIM is of; raises UnknownPhone when we did not hand it out."""
    try:
        number, since = _maker().loads(sim, return_timestamp=True)
    except BadData:
        raise UnknownPhone from None
    return Phone(number, since)


def _maker() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.extensions["settings"].secret_key, salt="simulator/sim")
