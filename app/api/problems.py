"""What a program is told when something is wrong: problem details (RFC 9457), in English, with nothing of ours."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """To be answered with this status. `headers` go with it."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers or {}, more


def answer(problem: Problem) -> Response:
    said = {"type": "about:blank", "title": HTTPStatus(problem.status).phrase, "status": problem.status}
    response = jsonify({**said, "detail": problem.detail, **problem.more})
    response.status_code = problem.status
    response.mimetype = MEDIA_TYPE
    response.headers.update(problem.headers)
    return response
