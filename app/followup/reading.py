"""Reading what staff typed: words, dates, amounts and choices. Each raises Refused, naming the field."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from babel import Locale
from flask_babel import gettext as _

from app.followup.refusals import Refused
from sms.text import clean

LONGEST_LINE = 200
LONGEST_TEXT = 2000

WESTERN = re.compile(r"\d{1,3}(?:[, \u00a0\u202f']\d{3})+(?:\.\d+)?")
INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
PLAIN = re.compile(r"\d+(?:\.\d+)?")
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""600.000 is six hundred to some and six hundred thousand to others: Indonesian pages write it so themselves."""
SEPARATORS = re.compile(r"[, \u00a0\u202f']")
MOST_DIGITS = 24

FISCAL_YEAR = re.compile(r"(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?", re.ASCII)


def read_words(field: str, text: str, most: int = LONGEST_TEXT, needed: bool = False) -> str:
    """The text as it may be stored, cleaned and without space around it."""
    cleaned = clean(text).strip()
    if len(cleaned) > most:
        raise Refused(field, _("This is %(n)d characters too long.", n=len(cleaned) - most))
    if needed and not cleaned:
        raise Refused(field, _("Fill this in."))
    return cleaned


def read_choice(field: str, value: str, offered: Container[str]) -> str:
    if value not in offered:
        raise Refused(field, _("Choose one of these."))
    return value


def read_date(field: str, text: str) -> date | None:
    """A day as the browser sends it, year-month-day; None where nothing was entered."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(field, _("Write the day as year-month-day, for example 2026-03-31.")) from None


def read_day(field: str, text: str) -> date:
    """A day that has to be given."""
    day = read_date(field, text)
    if day is None:
        raise Refused(field, _("Fill this in."))
    return day


def read_amount(field: str, text: str, scale: str = "1") -> Decimal:
    """An exact amount, never negative: digits in groups or not, a point before decimals, times the scale.

    "2,242,368", "2 242 368" and "22,42,368" are read; "1.255,50" and "600.000" are refused rather than guessed at.
    """
    typed = text.strip()
    is_amount = any(form.fullmatch(typed) for form in (PLAIN, WESTERN, INDIAN))
    if not is_amount or AMBIGUOUS.fullmatch(typed) or len(typed) > MOST_DIGITS:
        raise Refused(field, _("Write an amount like 2,242,368 or 334.5, with a point before decimals."))
    return Decimal(SEPARATORS.sub("", typed)) * Decimal(scale)


def read_whole_number(field: str, text: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None where nothing was entered."""
    if not text.strip():
        return None
    number = read_amount(field, text)
    if number != number.to_integral_value() or number > most:
        raise Refused(field, _("Write a whole number from 0 to %(most)s.", most=f"{most:,}"))
    return int(number)


def read_unit(field: str, text: str) -> tuple[str, bool]:
    """A currency (ISO 4217) or a physical unit, and whether it is money. Any three capitals claim to be money."""
    unit = read_words(field, text, 20, needed=True)
    if len(unit) == 3 and unit.isascii() and unit.isalpha() and (unit.isupper() or is_currency(unit.upper())):
        if not is_currency(unit.upper()):
            raise Refused(
                field, _("%(unit)s is no currency. A unit that is none is not written in capitals.", unit=unit)
            )
        return unit.upper(), True
    return unit, False


def is_currency(code: str) -> bool:
    return code in Locale("en").currencies


def read_fiscal_year(field: str, text: str) -> str:
    """A year, or two that follow each other: "2024", "2022/23"."""
    found = FISCAL_YEAR.fullmatch(text.strip())
    if found is None or (found[2] and int(found[2]) % 100 != (int(found[1]) + 1) % 100):
        raise Refused(field, _("Write the fiscal year like 2024 or 2022/23."))
    return f"{found[1]}/{found[2][-2:]}" if found[2] else found[1]


def read_address(field: str, text: str) -> str:
    """A web address, or nothing."""
    address = read_words(field, text, LONGEST_TEXT)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or " " in address:
        raise Refused(field, _("Write a whole web address that begins with https://"))
    return address
