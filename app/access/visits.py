"""What a person may know a sign-in by: the family of the browser and a shortened network, never more."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from flask import request

BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser")),
    *(("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome")),
    *(("Safari/", "Safari"), ("curl/", "curl")),
)
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("KAIOS", "KaiOS"), ("Linux", "Linux")),
)
"""What a User-Agent contains, and whose it is: the first that fits, as most name several."""

IPV4_KEPT, IPV6_KEPT = 24, 48
"""Bits of an address: enough to tell another town, too few to tell a household."""


@dataclass(frozen=True)
class Visit:
    """Where a request comes from. `network_address` is whole, for the throttle only; the others are stored."""

    network_address: str | None
    device: str
    place: str


def this_visit() -> Visit:
    agent = request.user_agent.string
    return Visit(request.remote_addr, device_of(agent), shortened(request.remote_addr))


def device_of(user_agent: str) -> str:
    """`Firefox, Android`; empty where nothing is known."""
    named = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(filter(None, named))


def shortened(network_address: str | None) -> str:
    """`192.0.2.0/24`; empty where there is no address."""
    try:
        address = ipaddress.ip_address(network_address or "")
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    kept = IPV4_KEPT if address.version == 4 else IPV6_KEPT
    return str(ipaddress.ip_network((address, kept), strict=False))


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for part, name in table if part in text), "")
