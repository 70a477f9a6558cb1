"""python -m tests.ussd_speed: how long a person waits for each screen of the menu, over HTTP, beside bare Flask.

Starts the product on a database of its own, and beside it the same server with an application that only reads the
form. Phones dial through a whole report, which the worker then acknowledges and counts on the same machine. What is
printed is milliseconds from asking to having the screen. People take a second or so to press a key; where they do
not, the machine is as busy as it can be.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from flask import Flask, request

from tests.run.product import PROJECT, Product, free_port, new_instance, started, wait_for

KEYS = ("", "1", "1*1", "1*1*1", "1*1*1*1", "1*1*1*1*1", "1*1*1*1*1*1")
"""Language, sector, problem, place, no words, send: what Africa's Talking repeats at each step."""

PHONES = ((1, 0.0), (8, 0.0), (8, 1.0), (32, 1.0))
"""How many at once, and the seconds that each thinks before a key, half as much to half as much again."""

SESSIONS = {0.0: 16, 1.0: 3}
"""Of each phone."""

_sessions = count(1)

bare = Flask(__name__)


@bare.post("/")
def _read_the_form() -> str:
    return f"END {len(request.form)}"


def main() -> None:
    with new_instance() as instance, started(instance) as product, bare_server() as port:
        product.wait_until_ready()
        path, code = _menu(product)
        _dial(product.port, path, code)
        for phones, think in PHONES:
            for name, ways in (("menu", (product.port, path, code)), ("bare Flask", (port, "/", code))):
                waits = _measured(phones, think, *ways)
                print(f"{phones:2} at once, {think:.0f} s a key  {name:10}  {_told(waits)}", flush=True)


@contextmanager
def bare_server() -> Iterator[int]:
    """As the product is served, with two processes."""
    port = free_port()
    options = ("--interface", "wsgi", "--port", str(port), "--workers", "2", "--no-log")
    server = subprocess.Popen([sys.executable, "-m", "granian", *options, "tests.ussd_speed:bare"], cwd=PROJECT)
    try:
        wait_for(lambda: _answers(port))
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _answers(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
    except OSError:
        return False
    return True


def _menu(product: Product) -> tuple[str, str]:
    """The path that the provider calls for Kenya's menu, and the code that people dial."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "channels", "list"]
    environment = {**os.environ, "INSTANCE": str(product.instance), "PORT": str(product.port)}
    listed = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, check=True)
    menu = next(one for one in json.loads(listed.stdout) if (one["kind"], one["country"]) == ("ussd", "KE"))
    return urlsplit(menu["inbound_url"]).path, menu["address"]


def _measured(phones: int, think: float, port: int, path: str, code: str) -> list[float]:
    with ThreadPoolExecutor(phones) as people:
        calls = [people.submit(_dial, port, path, code, think) for _session in range(SESSIONS[think] * phones)]
        return [waited for call in calls for waited in call.result()]


def _dial(port: int, path: str, code: str, think: float = 0.0) -> list[float]:
    """One person's way through the menu; returns the milliseconds that each screen took."""
    session = next(_sessions)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    step = {"sessionId": f"speed-{session}", "phoneNumber": f"+2547{session:08}", "serviceCode": code}
    waits = []
    for keys in KEYS:
        time.sleep(think * random.uniform(0.5, 1.5))
        waits.append(_screen(connection, path, step | {"text": keys, "networkCode": "63902"}))
    connection.close()
    return waits


def _screen(connection: http.client.HTTPConnection, path: str, form: dict[str, str]) -> float:
    began = time.perf_counter()
    connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    screen = answer.read()
    assert answer.status == 200, screen
    assert screen[:3] in (b"CON", b"END"), screen
    return (time.perf_counter() - began) * 1000


def _told(waits: list[float]) -> str:
    cuts = quantiles(waits, n=100)
    return f"median {cuts[49]:6.1f} ms   p95 {cuts[94]:6.1f}   p99 {cuts[98]:6.1f}   of {len(waits)} screens"


if __name__ == "__main__":
    main()
