"""The gate of programs: a token, for what is asked, not too often."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from app.access import gates
from app.api.problems import Problem, answer
from app.api.tokens import PER_MINUTE, Program, program_of

SCOPE_OF = {
    "api.reports": "reports:read",
    "api.report": "reports:read",
    "api.add_note": "reports:write",
    "api.change_status": "reports:write",
    "api.gaps": "gaps:read",
    "api.cases": "cases:read",
    "api.case": "cases:read",
    "api.figures": "figures:read",
}
"""A route that is not here is refused to everybody."""


def for_programs(blueprint: Blueprint) -> None:
    gates.program(blueprint, _enter)


def may_read_words() -> bool:
    return "words:read" in current_program().scopes


def current_program() -> Program:
    return g.program


def _enter() -> ResponseReturnValue | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    program = program_of(token.strip()) if scheme.lower() == "bearer" and token else None
    if program is None:
        wanted = {"WWW-Authenticate": 'Bearer realm="gapline"'}
        return answer(Problem(401, "Send a token that is good: Authorization: Bearer …", wanted))
    if program.counted > PER_MINUTE:
        wait = max(1, int((program.free_again - datetime.now(UTC)).total_seconds()) + 1)
        return answer(Problem(429, f"At most {PER_MINUTE} requests a minute.", {"Retry-After": str(wait)}))
    scope = SCOPE_OF.get(request.endpoint or "", "nobody")
    if scope not in program.scopes:
        return answer(Problem(403, f"This token is not for {scope}.", scope=scope))
    g.program = program
    gates.act_as(program.viewer)
    return None
