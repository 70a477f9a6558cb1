"""The provider that carries a channel's messages. Demo mode prints them, unless it is pointed at an address."""

from __future__ import annotations

from app.directory.channels import Channel
from app.settings import Settings
from sms.media import MediaStore
from sms.message import Provider
from sms.providers.africastalking import AfricasTalking
from sms.providers.console import Console
from sms.providers.http import Http
from sms.providers.http_options import read_options
from sms.providers.transport import TimeLimits, session
from sms.providers.twilio import Twilio
from sms.providers.twilio_media import TwilioMedia


class Providers:
    """One adapter per provider, made from the settings once per process; of `http`, one per channel."""

    def __init__(self, settings: Settings) -> None:
        self._by_name: dict[str, Provider] = {}
        self._media: dict[str, MediaStore] = {}
        self._fallback = Console() if settings.is_demo else None
        self._http = session(TimeLimits())
        self._add_twilio(settings)
        self._add_africastalking(settings)

    def of(self, channel: Channel) -> Provider:
        """The adapter for this channel; raises LookupError when the settings hold no account for it, or its own
        options no way to send."""
        provider = self._over_http(channel) or self._by_name.get(channel.provider, self._fallback)
        if provider is None:
            raise LookupError(f"no account is set for provider {channel.provider}")
        return provider

    def media_of(self, channel: Channel) -> MediaStore | None:
        """Where what came with this channel's messages is kept; None where nobody keeps anything for us."""
        return self._media.get(channel.provider)

    def keep_media_in(self, provider: str, store: MediaStore) -> None:
        """Fetch what came by this provider from there, where the settings hold no account for it."""
        self._media.setdefault(provider, store)

    def _over_http(self, channel: Channel) -> Provider | None:
        send = read_options(channel.options).send if channel.provider == Http.name else None
        return Http(send, channel.credentials, self._http) if send else None

    def _add_twilio(self, settings: Settings) -> None:
        account = settings.twilio
        if account and (account.api_base or not settings.is_demo):
            keys = account.account_sid, account.auth_token
            self._by_name["twilio"] = Twilio(*keys, api_base=account.api_base)
            self._media["twilio"] = TwilioMedia(*keys, api_base=account.api_base)

    def _add_africastalking(self, settings: Settings) -> None:
        account = settings.africastalking
        if account and (account.api_base or not settings.is_demo):
            self._by_name["africastalking"] = AfricasTalking(
                account.username, account.api_key, api_base=account.api_base
            )
