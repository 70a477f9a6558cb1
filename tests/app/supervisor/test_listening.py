from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.supervisor import listening
from app.supervisor.listening import PortTaken


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(self.server.status if self.path == "/readyz" else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


def greet_as_mail(server: socket.socket) -> None:
    client, _ = server.accept()
    with client:
        client.sendall(b"220 mail.example\r\n\r\n")


@pytest.fixture
def web() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_port_nobody_uses_is_free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    listening.check_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_port_that_somebody_listens_on_is_taken(web: HTTPServer, host: str):
    with pytest.raises(PortTaken, match=f"port {web.server_port}"):
        listening.check_free(host, web.server_port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_ours_is_refused(host: str):
    with pytest.raises(PortTaken, match=host):
        listening.check_free(host, 8000)


@pytest.mark.parametrize(("status", "ready"), [(200, True), (503, False), (404, False)])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_only_200_is_ready(web: HTTPServer, host: str, status: int, ready: bool):
    web.status = status
    assert listening.is_ready(host, web.server_port) is ready


def test_nobody_listening_is_not_ready():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert not listening.is_ready("127.0.0.1", probe.getsockname()[1])


def test_something_that_does_not_speak_http_is_not_ready():
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = threading.Thread(target=greet_as_mail, args=(server,))
        answer.start()
        assert not listening.is_ready("127.0.0.1", server.getsockname()[1])
        answer.join()
