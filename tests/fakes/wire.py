"""How the fake providers meet a request: with an answer, or with one of the ways a network fails."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from types import MappingProxyType
from typing import ClassVar, Protocol
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class RecordedRequest:
    """What a client sent. `path` keeps its query; `headers` are spelt as sent; `form` is the decoded body."""

    method: str
    path: str
    headers: Mapping[str, str]
    form: Mapping[str, str]


class Recorder(Protocol):
    def meet(self, handler: Handler, request: RecordedRequest) -> None: ...


class Handler(BaseHTTPRequestHandler):
    """Reads one form, hands it to its provider."""

    protocol_version = "HTTP/1.1"
    provider: ClassVar[Recorder]

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        headers = MappingProxyType(dict(self.headers.items()))
        request = RecordedRequest(self.command, self.path, headers, MappingProxyType(form))
        with suppress(ConnectionError):  # the client has gone: that is what some tests are about
            self.provider.meet(self, request)

    do_GET = do_DELETE = do_POST

    def log_message(self, *_: object) -> None:
        """Silent: tests look at the recorded requests."""


@dataclass(frozen=True)
class Answer:
    """An ordinary HTTP answer."""

    status: int
    body: str | bytes = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def meet(self, handler: Handler, _closing: threading.Event) -> None:
        handler.wfile.write(self.octets())

    def octets(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        lines = {"Content-Type": self.content_type, "Content-Length": str(len(body)), **self.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n{head}\r\n".encode() + body


@dataclass(frozen=True)
class Drip:
    """An answer that comes one byte at a time."""

    answer: Answer
    seconds_per_byte: float = 1.0

    def meet(self, handler: Handler, closing: threading.Event) -> None:
        for octet in self.answer.octets():
            handler.wfile.write(bytes([octet]))
            if closing.wait(self.seconds_per_byte):
                break
        handler.close_connection = True


@dataclass(frozen=True)
class Stall:
    """Takes the request, and says nothing for so long; then hangs up."""

    seconds: float = 60.0

    def meet(self, handler: Handler, closing: threading.Event) -> None:
        closing.wait(self.seconds)
        handler.close_connection = True


@dataclass(frozen=True)
class Reset:
    """Takes the request, and resets the connection."""

    def meet(self, handler: Handler, _closing: threading.Event) -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
