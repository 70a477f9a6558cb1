"""The provider that carries a channel's messages. Demo mode prints them, unless it is pointed at an address."""

from __future__ import annotations

from app.directory.channels import Channel
from app.settings import Settings
from sms.message import Provider
from sms.providers.africastalking import AfricasTalking
from sms.providers.console import Console
from sms.providers.twilio import Twilio


class Providers:
    """One adapter per provider, made from the settings once per process."""

    def __init__(self, settings: Settings) -> None:
        self._by_name: dict[str, Provider] = {}
        self._fallback = Console() if settings.is_demo else None
        self._add_twilio(settings)
        self._add_africastalking(settings)

    def of(self, channel: Channel) -> Provider:
        """The adapter for this channel; raises LookupError when the settings hold no account for it."""
        provider = self._by_name.get(channel.provider, self._fallback)
        if provider is None:
            raise LookupError(f"no account is set for provider {channel.provider}")
        return provider

    def _add_twilio(self, settings: Settings) -> None:
        account = settings.twilio
        if account and (account.api_base or not settings.is_demo):
            self._by_name["twilio"] = Twilio(account.account_sid, account.auth_token, api_base=account.api_base)

    def _add_africastalking(self, settings: Settings) -> None:
        account = settings.africastalking
        if account and (account.api_base or not settings.is_demo):
            self._by_name["africastalking"] = AfricasTalking(
                account.username, account.api_key, api_base=account.api_base
            )
