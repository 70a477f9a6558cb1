"""The demo's numbers. They belong to nobody: subscriber numbers of zeros, and short codes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.channels import Channel, new_path_secret, seal_channel
from app.directory.load import touch
from app.directory.models import ChannelRow
from app.settings import Settings
from app.vault import Vault

AFRICASTALKING = {"KE": "22384", "NG": "34461", "GH": "70715", "ZA": "45512"}
"""Where Africa's Talking has been seen to work (contracts, providers)."""

TWILIO = {
    "GH": "+233300000001",
    "IN": "+911100000001",
    "ID": "+622100000001",
    "KE": "+254200000001",
    "NG": "+2342000000001",
    "SN": "+221330000001",
    "ZA": "+27100000001",
}

WHATSAPP = {
    "GH": "+233300000002",
    "IN": "+911100000002",
    "ID": "+622100000002",
    "KE": "+254200000002",
    "NG": "+2342000000002",
    "SN": "+221330000002",
    "ZA": "+27100000002",
}
"""WhatsApp comes by Twilio, on the very webhook of text messages."""

USSD = {
    "KE": ("africastalking", "*384*35711#"),
    "NG": ("africastalking", "*347*35711#"),
    "GH": ("africastalking", "*920*35711#"),
    "ZA": ("africastalking", "*120*35711#"),
    "SN": ("http", "*212*35711#"),
    "IN": ("http", "*123*35711#"),
    "ID": ("http", "*808*35711#"),
}
"""Where Africa's Talking has no USSD the aggregator is any that speaks as it does; an operator tells otherwise."""


def add_channels(session: Session, settings: Settings, vault: Vault) -> None:
    """Add the demo's channels that are not there yet; secrets once made stay as they are."""
    known = set(session.scalars(select(ChannelRow.slug)))
    missing = [channel for channel in _wanted(settings) if channel.slug not in known]
    session.add_all(seal_channel(channel, vault) for channel in missing)
    if missing:
        touch(session)


def _wanted(settings: Settings) -> list[Channel]:
    return [*_africastalking(settings), *_twilio(settings), *_ussd(settings)]


def _africastalking(settings: Settings) -> list[Channel]:
    username = settings.africastalking.username if settings.africastalking else None
    return [
        Channel(f"at-sms-{country.lower()}", "africastalking", "sms", country, code, new_path_secret(), username)
        for country, code in AFRICASTALKING.items()
    ]


def _twilio(settings: Settings) -> list[Channel]:
    if settings.twilio is None:
        return []
    sid, token = settings.twilio.account_sid, settings.twilio.auth_token
    return [
        Channel(f"twilio-{kind}-{country.lower()}", "twilio", kind, country, number, token, sid)
        for kind, numbers in (("sms", TWILIO), ("whatsapp", WHATSAPP))
        for country, number in numbers.items()
    ]


def _ussd(settings: Settings) -> list[Channel]:
    username = settings.africastalking.username if settings.africastalking else None
    return [
        Channel(
            f"{'at' if provider == 'africastalking' else provider}-ussd-{country.lower()}",
            provider,
            "ussd",
            country,
            code,
            new_path_secret(),
            username if provider == "africastalking" else None,
        )
        for country, (provider, code) in USSD.items()
    ]
