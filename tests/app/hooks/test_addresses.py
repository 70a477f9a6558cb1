"""Which addresses may be told: those of the public internet, whatever a name says a moment later."""

from __future__ import annotations

import socket

import pytest

from app.hooks import addresses

BAD = """
    ftp://x.example/ https:// javascript:alert(1) https://user:pass@x.example/ https://x.example:0/ https://x.example:99999/
"""
INSIDE = """
    http://x.example/ https://localhost/ https://127.0.0.1/ https://[::1]/ https://10.0.0.1/ https://169.254.169.254/
    https://192.168.1.1/ https://[::ffff:127.0.0.1]/ https://[fe80::1]/ https://0.0.0.0/ https://intranet/
    https://x.local/ https://100.64.0.1/ https://224.0.0.1/ https://[2002:7f00:1::]/
"""


@pytest.mark.parametrize("url", BAD.split())
def test_what_is_no_plain_address_is_refused_even_in_a_demo(url: str) -> None:
    with pytest.raises(addresses.BadAddress):
        addresses.check(url, is_demo=True)


@pytest.mark.parametrize("url", INSIDE.split())
def test_in_production_only_https_to_the_public_internet_is_taken(url: str) -> None:
    with pytest.raises(addresses.BadAddress):
        addresses.check(url, is_demo=False)
    addresses.check("https://hooks.example.org/gapline?x=1", is_demo=False)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], []])
def test_a_name_that_leads_inside_is_not_told(monkeypatch, found: list[str]) -> None:
    answers = [(0, 0, 0, "", (number, 443)) for number in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers)
    with pytest.raises(addresses.BadAddress):
        addresses.connect("https://hooks.example.org/", is_demo=False)


def test_the_connection_goes_to_the_number_that_was_checked_whatever_the_name_says_next(monkeypatch) -> None:
    looked_up: list[str] = []

    def look_up(host: str, *_rest: object, **_more: object) -> list:
        looked_up.append(host)
        return [(0, 0, 0, "", ("93.184.216.34" if len(looked_up) == 1 else "127.0.0.1", 443))]

    tried: list[tuple[str, int]] = []

    def refuse(at: tuple[str, int], *_rest: object) -> None:
        tried.append(at)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", refuse)
    connection, _path = addresses.connect("https://hooks.example.org/", is_demo=False)
    with pytest.raises(ConnectionRefusedError):
        connection.request("POST", "/")
    assert (looked_up, tried) == (["hooks.example.org"], [("93.184.216.34", 443)])
