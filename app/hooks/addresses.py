"""Which addresses may be told, and the connection to one of them, made to the very machine that was checked.

A name may be looked up to our own machines, now or a moment after it was checked (DNS rebinding). So the address is
looked up once, every answer must be a public one, and the connection goes to it by number while the certificate is
still checked against the name. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

LONGEST = 500
SECONDS = 10


class BadAddress(ValueError):
    """Nothing is sent there."""


def check(url: str, is_demo: bool) -> None:
    """Raises BadAddress for what is no plain https address. Where its name leads is seen when it is told."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress(url) from None
    schemes = ("https", "http") if is_demo else ("https",)
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    if not is_plain or parts.scheme not in schemes or not parts.hostname or parts.username or port == 0:
        raise BadAddress(url)
    if not is_demo and _is_inside(parts.hostname):
        raise BadAddress(url)


def connect(url: str, is_demo: bool) -> tuple[http.client.HTTPConnection, str]:
    """A connection that is not open yet, and the path to ask for. Raises BadAddress, OSError."""
    check(url, is_demo)
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    number = _public_number(parts, port, is_demo)
    kind = _Pinned if parts.scheme == "http" else _PinnedWithTls
    connection = kind(parts.hostname or "", port, timeout=SECONDS)
    connection.number = number
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _public_number(parts: SplitResult, port: int, is_demo: bool) -> str:
    found = {info[4][0] for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    if not found or (not is_demo and not all(_is_public(str(one)) for one in found)):
        raise BadAddress("this name leads to no public address")
    return str(sorted(found)[0])


def _is_inside(host: str) -> bool:
    """Whether it says itself that it is none of the public internet."""
    try:
        return not _is_public(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _is_public(number: str) -> bool:
    """Raises ValueError for what is no number. An IPv4 address in IPv6 clothes is judged as what it is."""
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (mapped or address).is_global and not address.is_multicast


class _Pinned(http.client.HTTPConnection):
    number = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), self.timeout)


class _PinnedWithTls(_Pinned):
    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
