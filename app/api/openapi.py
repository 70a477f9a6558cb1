"""The OpenAPI 3.1 document. tests/app/api holds it against the routes and against what they answer."""

from __future__ import annotations

from typing import Any

from app.api.tokens import PER_MINUTE
from app.figures.reading import MEASURES
from app.inbox.steps import SETTABLE
from app.reports.lifecycle import STATUSES

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
MAYBE_TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "integer"}
MAYBE_NUMBER: Json = {"type": ["integer", "null"]}
MOMENT: Json = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}
TEXTS: Json = {"type": "array", "items": TEXT}
STATUS: Json = {"type": "string", "enum": list(STATUSES)}
NEXT_STATUS: Json = {"type": "string", "enum": list(SETTABLE)}

REPORT: Json = {
    **dict.fromkeys(("reference", "country", "sector", "language", "channel", "partner"), TEXT),
    **dict.fromkeys(("entry_point", "problem_type", "gap_kind", "area"), MAYBE_TEXT),
    "status": STATUS,
    **dict.fromkeys(("flags", "tags"), TEXTS),
    "priority": NUMBER,
    "sensitive": {"type": "boolean"},
    **dict.fromkeys(("created_at", "touched_at"), MOMENT),
    "due_at": MAYBE_MOMENT,
}
EVENT: Json = {"event": TEXT, "by": TEXT, "at": MOMENT, "old": STATUS, "new": STATUS}
GAP: Json = {
    **dict.fromkeys(("id", "country", "sector", "entry_point"), TEXT),
    **dict.fromkeys(("problem_type", "gap_kind", "area"), MAYBE_TEXT),
    **dict.fromkeys(("reports", "people"), NUMBER),
    **dict.fromkeys(("first_seen", "last_seen"), MAYBE_MOMENT),
    "case": MAYBE_NUMBER,
}
CASE: Json = {
    "number": NUMBER,
    **dict.fromkeys(("gap", "country", "sector", "entry_point", "owner", "state", "visibility", "statement"), TEXT),
    **dict.fromkeys(("problem_type", "gap_kind", "area", "cofog"), MAYBE_TEXT),
    **dict.fromkeys(("entitlement", "programme", "responsible_office"), TEXT),
    "people_affected": MAYBE_NUMBER,
    **dict.fromkeys(("opened_at", "changed_at"), MOMENT),
}
FIGURE: Json = {"country": TEXT, "sector": TEXT, **dict.fromkeys(MEASURES, MAYBE_NUMBER)}
PROBLEM: Json = {"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT, "field": TEXT, "scope": TEXT}

FILTERS = (
    *("tab", "q", "status", "entry_point", "problem_type", "area", "channel", "language", "age", "due", "since"),
    *("until", "assigned", "priority", "tag", "flag", "sensitive", "photo", "sort"),
)


def document(server: str) -> Json:
    """The whole document; `server` is our own public address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gapline",
            "version": "1",
            "description": "What a partner's programs may read and do, with a token that a lead makes."
            f" Never a contact. At most {PER_MINUTE} requests a minute for each token.",
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> Json:
    whole = {
        **REPORT,
        "messages": {"type": "array", "items": _object({"words": TEXT, "at": MOMENT})},
        "timeline": _list_of("Event"),
    }
    plain = {"Report": REPORT, "Event": EVENT, "Gap": GAP, "Case": CASE, "Figure": FIGURE, "WholeReport": whole}
    pages = {
        "Reports": {"reports": _list_of("Report"), "next": MAYBE_TEXT},
        "Gaps": {"gaps": _list_of("Gap"), "next": MAYBE_TEXT},
        "Cases": {"cases": _list_of("Case"), "next": MAYBE_TEXT},
        "Figures": {"month": TEXT, "edition": NUMBER, "figures": _list_of("Figure")},
    }
    return {name: _object(fields) for name, fields in {**plain, **pages, "Problem": PROBLEM}.items()}


def _paths() -> Json:
    one = [_parameter("reference", "path")]
    page, key = [_parameter("before", "query")], [_parameter("Idempotency-Key", "header")]
    listed = [*(_parameter(name, "query") for name in FILTERS), *page, _parameter("limit", "query")]
    note = {"text": TEXT}
    move = {"from": STATUS, "to": NEXT_STATUS, "reason": TEXT}
    return {
        "/api/v1/reports": {"get": _act("Reports by the filters of the inbox", "Reports", "reports:read", listed)},
        "/api/v1/reports/{reference}": {
            "get": _act("One report; its words need words:read", "WholeReport", "reports:read", one)
        },
        "/api/v1/reports/{reference}/notes": {
            "post": _act("Keep a private note", "Report", "reports:write", one + key, note)
        },
        "/api/v1/reports/{reference}/status": {
            "post": _act("Change the status; the person is told", "Report", "reports:write", one + key, move)
        },
        "/api/v1/gaps": {
            "get": _act(
                "Gaps",
                "Gaps",
                "gaps:read",
                [*(_parameter(name, "query") for name in ("entry_point", "problem_type", "area")), *page],
            )
        },
        "/api/v1/cases": {"get": _act("Cases", "Cases", "cases:read", [_parameter("state", "query"), *page])},
        "/api/v1/cases/{number}": {"get": _act("One case", "Case", "cases:read", [_parameter("number", "path")])},
        "/api/v1/figures": {
            "get": _act("The closed figures of a month", "Figures", "figures:read", [_parameter("month", "query")])
        },
    }


def _act(summary: str, schema: str, scope: str, parameters: list[Json], body: Json | None = None) -> Json:
    wrong = {
        "description": "Problem details (RFC 9457)",
        "content": _content("application/problem+json", "Problem"),
    }
    right = {"description": summary, "content": _content("application/json", schema)}
    sent = {"requestBody": {"required": True, "content": {"application/json": {"schema": _object(body)}}}}
    return {
        "summary": summary,
        "description": f"Scope: {scope}",
        "parameters": parameters,
        **(sent if body else {}),
        "responses": {"200": right, "default": wrong},
    }


def _parameter(name: str, where: str) -> Json:
    return {"name": name, "in": where, "required": where != "query", "schema": TEXT}


def _content(media_type: str, schema: str) -> Json:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _list_of(schema: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _object(fields: Json | None) -> Json:
    return {"type": "object", "properties": fields or {}}
