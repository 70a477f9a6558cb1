"""A phone of the simulator, used as its page's script uses it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.app.access.browser import BASE, Browser


class Phone:
    """The page's script: asks for requests, and posts them as they are."""

    def __init__(self, app: Flask, number: str | None = None) -> None:
        self.browser = Browser(app)
        answer = self.browser.post("/simulator/sim", country="KE", **({"number": number} if number else {}))
        assert answer.status_code == 200, answer.text
        self.number, self.sim = answer.json["number"], answer.json["sim"]

    def ask(self, act: str, channel: str, **fields: Any) -> TestResponse:
        return self.browser.post("/simulator/request", sim=self.sim, act=act, channel=channel, **fields)

    def post(self, request: dict[str, Any]) -> TestResponse:
        rest = {"headers": dict(request["headers"]), "base_url": BASE}
        return self.browser.client.open(request["path"], method=request["method"], data=request["body"], **rest)

    def do(self, act: str, channel: str, **fields: Any) -> TestResponse:
        """Ask for a request and post it."""
        answer = self.ask(act, channel, **fields)
        assert answer.status_code == 200, answer.text
        return self.post(answer.json)

    def messages(self) -> list[dict[str, str]]:
        answer = self.browser.post("/simulator/messages", sim=self.sim)
        assert answer.status_code == 200, answer.text
        return answer.json["messages"]
