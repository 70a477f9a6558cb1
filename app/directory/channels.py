"""The channel registry: at which provider, number and address people reach each country."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from app.directory.models import ChannelRow
from app.vault import Vault

SECRET_BYTES = 24
"""192 bits in a callback path that no signature protects (reliability.md asks for at least 128)."""

SIGNS = frozenset({"twilio"})
"""Providers that sign their requests; the others are known by the secret in the path."""


@dataclass(frozen=True)
class Channel:
    """One number or code at one provider. `secret`: Twilio's auth token, else the path's secret."""

    slug: str
    provider: str
    kind: str
    country: str
    address: str
    secret: str = field(repr=False)
    account: str | None = None

    def path(self, action: str) -> str:
        """The path of a callback: `inbound`, `receipts` or `opt-out`."""
        known_by = "" if self.provider in SIGNS else f"/{self.secret}"
        return f"/hooks/{self.provider}/{self.slug}{known_by}/{action}"


def new_path_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def seal_channel(channel: Channel, vault: Vault) -> ChannelRow:
    """The row that stores this channel."""
    return ChannelRow(
        slug=channel.slug,
        provider=channel.provider,
        kind=channel.kind,
        country=channel.country,
        address=channel.address,
        secret=vault.seal(channel.secret, _place(channel.slug)),
        account=channel.account,
    )


def open_channel(row: ChannelRow, vault: Vault) -> Channel:
    """The channel stored in this row; raises CannotOpen under other keys."""
    secret = vault.open(row.secret, _place(row.slug))
    return Channel(row.slug, row.provider, row.kind, row.country, row.address, secret, row.account)


def _place(slug: str) -> str:
    return f"channel/secret/{slug}"
