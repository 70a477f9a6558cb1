"""How times and codes look on a page: filters for the templates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from flask import Blueprint

from app.access.speaking import page_language
from app.inbox import labels
from app.inbox.filters import Query


def offer_to_templates(blueprint: Blueprint) -> None:
    """Make the filters known to every template of the app that registers this blueprint."""
    blueprint.add_app_template_filter(age, "age")
    blueprint.add_app_template_filter(_as_query_string, "urlquery")
    blueprint.add_app_template_filter(moment, "moment")
    blueprint.add_app_template_filter(day, "day")
    blueprint.add_app_template_filter(labels.language_name, "language_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.STATUSES, code), "status_name")
    blueprint.add_app_template_filter(lambda rank: str(labels.PRIORITIES[rank]), "priority_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.READINGS, code), "reading_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.CHANNELS, code), "channel_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.GAP_KINDS, code), "gap_kind_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.PARTNER_ROLES, code), "partner_role_name")
    blueprint.add_app_template_filter(lambda code: labels.label(labels.ROLES, code), "role_name")


def day(on: date) -> str:
    return format_date(on, "d MMM y", locale=page_language())


def _as_query_string(query: Query) -> str:
    return urlencode(query, doseq=True)


def age(at: datetime) -> str:
    """How long ago, in words: "3 hours ago"."""
    passed = at - datetime.now(UTC)
    return format_timedelta(passed, add_direction=True, locale=page_language())


def moment(at: datetime, timezone: str = "UTC") -> str:
    """Date and time to the minute, in a country's own time (an IANA name); the page says whose."""
    return format_datetime(at, "d MMM y, HH:mm", tzinfo=ZoneInfo(timezone), locale=page_language())
