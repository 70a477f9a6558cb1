"""The port: free before we start, answering after."""

from __future__ import annotations

import http.client
import socket

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 where to knock when bound to all
ANSWERS_WITHIN = 5
"""Seconds one look at /readyz may take."""


class PortTaken(RuntimeError):
    """Something else listens where the web server should, or the address is not this machine's."""


def check_free(host: str, port: int) -> None:
    """Raise PortTaken unless the web server could listen there. A port in TIME_WAIT counts as free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as refused:
        why = refused.strerror or str(refused)
        raise PortTaken(f"Cannot listen on {host}, port {port}: {why}. Choose another PORT.") from None


def is_ready(host: str, port: int) -> bool:
    """Whether the web server says that it, the database and its schema are ready."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
