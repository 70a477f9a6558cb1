"""The channels as operators and aggregators' dashboards need them."""

from __future__ import annotations

from collections.abc import Iterator

from app.directory.channels import Channel
from app.directory.current import channels


def describe_channels(public_url: str) -> Iterator[dict[str, str | None]]:
    """Each channel with the addresses to enter at its provider."""
    return (_describe(channel, public_url) for channel in channels())


def _describe(channel: Channel, public_url: str) -> dict[str, str | None]:
    has_receipts = channel.kind != "ussd"
    return {
        "provider": channel.provider,
        "kind": channel.kind,
        "country": channel.country,
        "address": channel.address,
        "inbound_url": public_url + channel.path("inbound"),
        "receipts_url": public_url + channel.path("receipts") if has_receipts else None,
        "secret": channel.secret,
        "account": channel.account,
    }
