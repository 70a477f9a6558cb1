"""HTTP to a provider within a known time, and what its failures say about the message.

The SDKs leave three things open that matter to a queue: a time limit is per packet, so that an answer of one byte a
second never ends; redirects carry the API key away; and a failed connection looks like a lost answer.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.ssl_match_hostname import CertificateError

from sms.message import SendResult, TryAgain, Unknown

POOL_SIZE = 32
"""Connections kept open: a worker of 30 threads finds one each."""


@dataclass(frozen=True)
class TimeLimits:
    """Seconds to connect, and seconds from the request until the last byte of the answer."""

    connect: float = 3.05
    answer: float = 10.0


class _TimedStream(io.RawIOBase):
    """The bytes of an answer, until the socket's time-out has passed once for all of them."""

    def __init__(self, sock: socket.socket, stream: io.RawIOBase) -> None:
        self._sock = sock
        self._stream = stream
        self._deadline = time.monotonic() + (sock.gettimeout() or TimeLimits.answer)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _TimedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_TimedStream(sock, self.fp.detach()))


class _PlainConnection(HTTPConnection):
    response_class = _TimedResponse


class _SecureConnection(HTTPSConnection):
    """TLS that fails to come about says so as a failed connection: nothing has been sent yet."""

    response_class = _TimedResponse

    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, CertificateError) as failure:
            raise NewConnectionError(self, f"no secure connection: {type(failure).__name__}") from failure


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _TimedAdapter(requests.adapters.HTTPAdapter):
    def __init__(self, limits: TimeLimits) -> None:
        self._limits = limits
        super().__init__(pool_maxsize=POOL_SIZE)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> urllib3.ProxyManager:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
        return manager

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["timeout"] = (self._limits.connect, self._limits.answer)
        return super().send(*args, **kwargs)


def session(limits: TimeLimits) -> requests.Session:
    """A session that several threads may share; whoever asks, its requests keep to `limits`."""
    new = requests.Session()
    for scheme in ("http://", "https://"):
        new.mount(scheme, _TimedAdapter(limits))
    return new


def result_of(failure: requests.RequestException) -> SendResult:
    """A send that got no answer: TryAgain when the request certainly never left, Unknown otherwise."""
    name = type(failure).__name__
    if _never_connected(failure):
        return TryAgain("no-connection", name)
    if isinstance(failure, requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
        return TryAgain("settings", name)
    return Unknown(name)


def _never_connected(failure: requests.RequestException) -> bool:
    if isinstance(failure, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = failure.args[0] if failure.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)


def checked_base(given: str | None, default: str) -> str:
    """Where the provider's API is: scheme, host and port. Raises ValueError when there is more or less to it."""
    base = (given or default).rstrip("/")
    parts = urlsplit(base)
    extra = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or extra:
        raise ValueError("an API base is a scheme, a host and a port, such as https://api.example.org:8443")
    return base


def credential(name: str, value: str) -> str:
    """A credential that can stand in an HTTP header. Raises ValueError, which names it and does not show it."""
    if not value or not value.isascii() or not value.isprintable():
        raise ValueError(f"{name} must be printable ASCII")
    return value
