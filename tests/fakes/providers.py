"""Message providers on the loopback: they record what they are sent, and answer as scripted or with success.

with FakeTwilio() as twilio:
    twilio.answer_with(twilio_error(429, 20429), Stall())
    ... send to twilio.base_url ...
    assert twilio.requests[0].form["Body"] == "Hello"
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from http.server import ThreadingHTTPServer
from typing import Protocol, Self

from tests.fakes.wire import Answer, Drip, Handler, RecordedRequest, Reset, Stall

__all__ = [
    "Answer",
    "Drip",
    "FakeAfricasTalking",
    "FakeTwilio",
    "RecordedRequest",
    "Reset",
    "Stall",
    "at_answer",
    "at_refused",
    "at_sent",
    "at_unauthorised",
    "twilio_created",
    "twilio_error",
]


class Behaviour(Protocol):
    """One way to meet a request."""

    def meet(self, handler: Handler, closing: threading.Event) -> None: ...


class FakeProvider(ABC):
    """A provider's API between `with` and its end. Every request takes the next scripted answer, else success."""

    def __init__(self) -> None:
        self._script: deque[Behaviour] = deque()
        self._requests: list[RecordedRequest] = []
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"provider": self}))

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def base_url(self) -> str:
        """Scheme, host and port, as the `*_API_BASE` settings take them."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """Everything received so far, oldest first."""
        with self._changed:
            return tuple(self._requests)

    def wait_for(self, number: int, within: float = 5.0) -> tuple[RecordedRequest, ...]:
        """The requests once there are at least `number`. Raises TimeoutError after `within` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._requests) >= number, within):
                raise TimeoutError(f"{len(self._requests)} of {number} requests came within {within} s")
            return tuple(self._requests)

    def answer_with(self, *answers: Behaviour) -> None:
        """Meet the next requests with these, one each, in order; after them success again."""
        with self._changed:
            self._script.extend(answers)

    def meet(self, handler: Handler, request: RecordedRequest) -> None:
        with self._changed:
            self._requests.append(request)
            behaviour = self._script.popleft() if self._script else self.usual_answer(request)
            self._changed.notify_all()
        behaviour.meet(handler, self._closing)

    @abstractmethod
    def usual_answer(self, request: RecordedRequest) -> Behaviour:
        """What the provider says when nothing is scripted."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def shutdown_request(self, request: socket.socket) -> None:
        """Without the polite half-close, so that Reset can reset."""
        self.close_request(request)


class FakeTwilio(FakeProvider):
    """Twilio's message resource, and the media that it keeps."""

    def __init__(self) -> None:
        super().__init__()
        self.media: dict[str, bytes] = {}

    def keep_media(self, content: bytes) -> str:
        """Keep this file; returns the address that an inbound message names it by."""
        path = (
            f"/2010-04-01/Accounts/AC{'0' * 32}/Messages/MM{secrets.token_hex(16)}/Media/ME{secrets.token_hex(16)}"
        )
        self.media[path] = content
        return f"https://api.twilio.com{path}"

    def usual_answer(self, request: RecordedRequest) -> Behaviour:
        if request.path.startswith("/cdn/"):
            return Answer(200, self.media[request.path.removeprefix("/cdn")], "image/jpeg")
        if "/Media/" in request.path:
            return self._media(request)
        if not request.path.endswith("/Messages.json"):
            return twilio_error(404, 20404, "The requested resource was not found")
        if not request.headers.get("Authorization", "").startswith("Basic "):
            return twilio_error(401, 20003, "Authenticate")
        return twilio_created(request.form)

    def _media(self, request: RecordedRequest) -> Behaviour:
        """A redirect to where the file is, as Twilio gives it, or its deletion."""
        path = request.path.removesuffix(".json")
        if not request.headers.get("Authorization", "").startswith("Basic "):
            return twilio_error(401, 20003, "Authenticate")
        if path not in self.media:
            return twilio_error(404, 20404, "The requested resource was not found")
        if request.method == "DELETE":
            del self.media[path]
            return Answer(204)
        return Answer(307, headers={"Location": f"{self.base_url}/cdn{path}"})


def twilio_created(form: Mapping[str, str], **changes: object) -> Answer:
    """201 with a message resource under a fresh SID."""
    message = {
        "sid": f"SM{secrets.token_hex(16)}",
        "account_sid": "AC" + "0" * 32,
        "to": form.get("To"),
        "from": form.get("From"),
        "body": form.get("Body"),
        "status": "queued",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "error_code": None,
        "error_message": None,
        "date_created": "Thu, 24 Aug 2023 05:01:45 +0000",
        "api_version": "2010-04-01",
    }
    return Answer(201, json.dumps(message | changes))


def twilio_error(status: int, code: int, message: str = "") -> Answer:
    """Twilio's own form of an error."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": message, "more_info": more, "status": status}
    return Answer(status, json.dumps(body))


class FakeAfricasTalking(FakeProvider):
    """Africa's Talking's messaging call."""

    def usual_answer(self, request: RecordedRequest) -> Behaviour:
        if request.path != "/version1/messaging":
            return Answer(404, "Not Found", "text/plain")
        if not request.headers.get("apiKey"):
            return at_unauthorised()
        return at_sent(request.form.get("to", ""))


def at_sent(to: str, **changes: object) -> Answer:
    """201 with one recipient under a fresh id; `changes` replace the recipient's fields (`statusCode=406`)."""
    recipient = {
        "cost": "KES 0.8000",
        "messageId": f"ATXid_{secrets.token_hex(16)}",
        "number": to,
        "status": "Success",
        "statusCode": 101,
    }
    message = "Sent to 1/1 Total Cost: USD 0.0079 Message parts: 1"
    return at_answer(message, [recipient | changes])


def at_refused(word: str) -> Answer:
    """201 for a request that was refused as a whole, with a word such as InvalidSenderId."""
    return at_answer(word, [])


def at_unauthorised() -> Answer:
    return Answer(401, "The supplied authentication is invalid", "text/plain")


def at_answer(message: str, recipients: list[dict[str, object]], content_type: str = "application/json") -> Answer:
    body = {"SMSMessageData": {"Message": message, "Recipients": recipients}}
    return Answer(201, json.dumps(body), content_type)
