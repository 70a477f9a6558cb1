"""Every way in is a statement: which endpoints are open, which are for machines, and which forms are believed.

That each blueprint has one gate and each route a blueprint is told in tests/app/access/test_gates.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter

from app.access.gates import gates_of

PUBLIC = """
    about_api.about about_api.openapi
    access.code access.code_now access.language access.sign_in access.sign_in_now access.sign_out
    joining.join_now joining.look
    health.healthz health.readyz
    offline.kept offline.manifest offline.send offline.worker
    open_data.country open_data.figures open_data.figures_csv open_data.poster open_data.sector
    pages.home pages.static
    report.answer report.from_the_start report.go report.send report.start
    reset.ask reset.choose reset.choose_now reset.forgotten
    simulator.messages simulator.phone simulator.sim simulator.wire_request
    track.delete track.leave track.look track.open_now track.read track.write
"""
"""Open to everybody. To open another, add it here."""

FOR_PROVIDERS = """
    africastalking.inbound africastalking.opt_out africastalking.receipts
    aggregator.dialled aggregator.end aggregator.inbound aggregator.receipts
    twilio.inbound twilio.receipts
    ussd.end ussd.inbound
"""
"""Called by machines, which prove themselves by signature or by the secret in the path."""

FOR_PROGRAMS = """
    api.add_note api.case api.cases api.change_status api.figures api.gaps api.report api.reports
"""
"""Called by partners' programs with a token."""

KNOWN_BY_THEIR_PASS = {"track.open_now": 422, "track.leave": 303}
"""What forms without cookies answer to one that brings no pass: the page again, or the way out. Else 403."""

EXAMPLES = ((IntegerConverter, 1), (UUIDConverter, UUID(int=1)))
FROM_ELSEWHERE = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def endpoints(app: Flask, gate: str) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if gate_of(app, rule) == gate}


def gate_of(app: Flask, rule: Rule) -> str:
    (gate,) = gates_of(app, rule.endpoint.rpartition(".")[0])
    return gate.name


def forms(app: Flask) -> Iterator[tuple[str, str]]:
    """Endpoint and path of every POST that a browser makes."""
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and gate_of(app, rule) not in ("provider", "program"):
            yield rule.endpoint, path_of(rule)


def path_of(rule: Rule) -> str:
    """A path that leads to this rule: to a report, case or step that need not exist."""
    values = {name: _example(rule._converters[name]) for name in rule.arguments}
    built = rule.build(values, append_unknown=False)
    assert built
    return built[1]


def _example(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return next(iter(converter.items))
    return next((value for kind, value in EXAMPLES if isinstance(converter, kind)), "KE-0000000")


def test_what_is_open_to_everybody_is_named_here(app: Flask):
    assert endpoints(app, "public") == set(PUBLIC.split())


def test_what_machines_call_is_named_here(app: Flask):
    assert endpoints(app, "provider") == set(FOR_PROVIDERS.split())


def test_what_programs_call_is_named_here_and_answers_nobody_without_a_token(app: Flask, client: FlaskClient):
    assert endpoints(app, "program") == set(FOR_PROGRAMS.split())
    for rule in app.url_map.iter_rules():
        if gate_of(app, rule) == "program":
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            assert client.open(path_of(rule), method=method).status_code == 401, rule.endpoint


def test_the_app_itself_serves_nothing(app: Flask):
    assert app.static_folder is None
    assert all("." in rule.endpoint for rule in app.url_map.iter_rules())


def test_a_form_from_another_site_is_refused_everywhere(app: Flask, client: FlaskClient):
    for endpoint, path in forms(app):
        answer = client.post(path, base_url="https://gapline.test", headers=FROM_ELSEWHERE)
        assert answer.status_code == 400, endpoint


def test_a_form_without_a_token_is_refused(app: Flask, client: FlaskClient):
    for endpoint, path in forms(app):
        if not endpoint.startswith("track."):
            assert client.post(path, base_url="https://gapline.test").status_code == 400, endpoint


def test_a_form_on_a_tracked_report_does_nothing_without_its_pass(app: Flask, client: FlaskClient):
    for endpoint, path in forms(app):
        if endpoint.startswith("track."):
            answer = client.post(path, base_url="https://gapline.test")
            assert answer.status_code == KNOWN_BY_THEIR_PASS.get(endpoint, 403), endpoint


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_a_page_of_staff_needs_a_sign_in(app: Flask, client: FlaskClient, method: str):
    for rule in app.url_map.iter_rules():
        if gate_of(app, rule) == "staff" and method in (rule.methods or ()):
            answer = client.open(path_of(rule), method=method, base_url="https://gapline.test")
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), rule.endpoint
