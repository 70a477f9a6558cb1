"""The channel registry: at which provider, number and address people reach each country."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.directory.models import ChannelRow
from app.vault import Vault
from sms.providers.http_options import read_options

SECRET_BYTES = 24
"""192 bits in a callback path that no signature protects (reliability.md asks for at least 128)."""

SIGNS = frozenset({"twilio"})
"""Providers that sign their requests; the others are known by the secret in the path."""


@dataclass(frozen=True)
class Channel:
    """One number or code at one provider. `secret`: Twilio's auth token, else the path's secret.

    `options` say how the provider `http` speaks; `credentials` fill the gaps of its send request, and hold the
    `user` and `password` of its Basic auth.
    """

    slug: str
    provider: str
    kind: str
    country: str
    address: str
    secret: str = field(repr=False)
    account: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    credentials: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)

    def path(self, action: str) -> str:
        """The path of a callback: `inbound`, `receipts` or `opt-out`; for USSD `inbound` or `end`."""
        known_by = "" if self.provider in SIGNS else f"/{self.secret}"
        by_dialling = "/ussd" if self.kind == "ussd" else ""
        return f"/hooks/{self.provider}{by_dialling}/{self.slug}{known_by}/{action}"


def new_path_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def seal_channel(channel: Channel, vault: Vault) -> ChannelRow:
    """The row that stores this channel. Raises BadOptions for options that nobody could use."""
    if channel.provider == "http":
        read_options(channel.options)
    return ChannelRow(
        slug=channel.slug,
        provider=channel.provider,
        kind=channel.kind,
        country=channel.country,
        address=channel.address,
        secret=vault.seal(channel.secret, _place("secret", channel.slug)),
        account=channel.account,
        options=dict(channel.options),
        credentials=_sealed(channel, vault),
    )


def open_channel(row: ChannelRow, vault: Vault) -> Channel:
    """The channel stored in this row; raises CannotOpen under other keys."""
    secret = vault.open(row.secret, _place("secret", row.slug))
    sealed = row.credentials
    credentials = json.loads(vault.open(sealed, _place("credentials", row.slug))) if sealed else {}
    facts = (row.slug, row.provider, row.kind, row.country, row.address)
    return Channel(*facts, secret, row.account, row.options, credentials)


def _sealed(channel: Channel, vault: Vault) -> bytes | None:
    if not channel.credentials:
        return None
    return vault.seal(json.dumps(dict(channel.credentials)), _place("credentials", channel.slug))


def _place(column: str, slug: str) -> str:
    return f"channel/{column}/{slug}"
