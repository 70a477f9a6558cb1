"""The OpenAPI document says what the routes are and what they answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from app.api.openapi import document
from tests.app.access.browser import Browser
from tests.app.api.asking import Program, a_token
from tests.builders.cases import a_case
from tests.builders.reports import a_report
from tests.builders.stored import reports

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> None:
    """Every field that comes is described, and is of the type that it is said to be."""
    if "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(TYPES[name] for name in allowed)), (value, schema)
    if "enum" in schema:
        assert value in schema["enum"]
    for item in value if isinstance(value, list) else ():
        fits(item, schema["items"], whole)
    for name, held in value.items() if isinstance(value, dict) else ():
        fits(held, schema["properties"][name], whole)


def test_the_document_has_every_route_and_no_other(app: Flask) -> None:
    paths = document("https://gapline.test")["paths"]
    assert {(path, method) for path, acts in paths.items() for method in acts} == routes(app)


def test_every_reference_in_it_leads_somewhere() -> None:
    whole = document("https://gapline.test")
    for name in re.findall(r"#/components/schemas/(\w+)", str(whole)):
        assert name in whole["components"]["schemas"]


@pytest.mark.parametrize("path", ["/reports", "/reports/{reference}", "/gaps", "/cases", "/cases/{number}"])
def test_what_is_answered_is_as_described(app: Flask, path: str) -> None:
    whole, case = document("https://gapline.test"), a_case()
    a_report(country="ZA", text="no water from the tap", flags=["sensitive"])
    mine = next(report for report in reports() if report.entry_point == "za-water-sanitation")
    answer = Program(app, a_token("afesis")).get(path.format(reference=mine.reference, number=case.id))
    assert answer.status_code == 200
    described = whole["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    fits(answer.json, described, whole)


def test_problems_are_as_described(app: Flask) -> None:
    whole = document("https://gapline.test")
    for answer in (Program(app, None).get("/reports"), Program(app, a_token("cedc", "gaps:read")).get("/reports")):
        fits(answer.json, whole["components"]["schemas"]["Problem"], whole)


def test_everybody_reads_what_it_is_without_files_from_elsewhere(app: Flask) -> None:
    page = Browser(app).get("/api").text
    assert "/api/v1/reports/{reference}/status" in page
    assert not re.findall(r'(?:src|href)="https?://', page)
    assert Browser(app).get("/api/openapi.json").json["openapi"] == "3.1.0"
