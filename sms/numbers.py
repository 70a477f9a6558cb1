"""Telephone numbers: every form people and providers write them in, to E.164 (ITU-T E.164) or to nothing."""

from __future__ import annotations

import re

import phonenumbers

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
"""ITU-T E.164: at most 15 digits after the plus, the country code never beginning with 0."""


def normalise(raw: str, country: str | None) -> str | None:
    """The number in E.164, or None when it is no number that can be called.

    `country` (ISO 3166-1 alpha-2) tells how to read national and bare forms; without it only numbers that begin
    with a plus are understood. Digits of every script count. Short codes, alphanumeric senders and impossible
    numbers give None. A bare number is never guessed to be another country's: it could be a stranger's telephone.
    """
    if is_alphanumeric_sender(raw):
        # phonenumbers would dial the letters: "0800 MPESA1" is a number to it.
        return None
    parsed = _parsed(raw, country)
    if parsed is None or not _can_be_called(parsed, raw):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _can_be_called(parsed: phonenumbers.PhoneNumber, raw: str) -> bool:
    """Networks are given new ranges before phonenumbers knows them: a whole number of the right length is believed.

    Without a plus only a known range is, since any row of digits could be meant for something else.
    """
    if raw.strip().startswith(("+", "\uff0b")):
        return phonenumbers.is_possible_number(parsed)
    return phonenumbers.is_valid_number(parsed)


def country_of(e164: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) a number belongs to; None for satellite, freephone and unusable ones."""
    parsed = _parsed(e164, None)
    region = phonenumbers.region_code_for_number(parsed) if parsed else None
    return region if region and region.isalpha() else None


def is_e164(number: str) -> bool:
    """Whether this is written as E.164, in ASCII digits. Says nothing about anybody having the number."""
    return _E164.fullmatch(number) is not None


def is_alphanumeric_sender(sender: str) -> bool:
    """Whether a sender is a name ("MTN"), which cannot be answered (3GPP TS 23.040, 9.1.2.5)."""
    return any(character.isalpha() for character in sender)


def _parsed(raw: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(raw, country)
    except phonenumbers.NumberParseException:
        return None
