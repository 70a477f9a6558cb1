"""Aggregators whose parameters are data, over the wire: the two that are documented, and what none may get past."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.conversation.models import MenuSession
from app.directory.channels import Channel
from app.outbox.delivery import deliver
from app.viewer import WORKER, acting_as
from tests.app.channels.aggregators import documented, registered
from tests.app.channels.ussd_phone import Phone, a_speaker, speaks
from tests.builders.stored import messages_in, messages_out, reports, rows
from tests.conftest import Database
from tests.fakes.providers import Answer, FakeProvider, RecordedRequest
from tests.sms.ussd.screen import assert_fits
from tests.sms.wire import recorded

HUBTEL = {"kind": "ussd", "country": "GH", "address": "*711*23#"}
VONAGE_KEYS = {"api_key": "abcd1234", "api_secret": "s&cret=1"}


class FakeVonage(FakeProvider):
    def usual_answer(self, _request: RecordedRequest) -> Answer:
        return Answer(200, json.dumps(recorded("vonage", "sent")))


def sending_to(base_url: str) -> dict[str, Any]:
    options = documented("Vonage")
    options["send"]["url"] = f"{base_url}/sms/json"
    return options


def post(client: FlaskClient, channel: Channel, name: str, action: str = "inbound", **changes: Any) -> TestResponse:
    return client.post(channel.path(action), data={**recorded("vonage", name), **changes})


def test_a_text_message_through_vonage_is_filed(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Vonage")) as channel:
        answer = post(client, channel, "inbound")
        (report,), (message,) = reports(), messages_in()
        assert (answer.status_code, answer.text) == (200, "OK")
        assert (report.entry_point, report.reply_channel) == ("sn-water-sanitation", channel.slug)
        assert (message.provider_message_id, message.body) == ("0A0000000123ABCD1", "La fosse est pleine à Pikine")


@pytest.mark.parametrize("how", ["query", "json"])
def test_parameters_may_come_in_the_query_or_as_json(client: FlaskClient, database: Database, how: str) -> None:
    form = recorded("vonage", "inbound")
    with registered(database, documented("Vonage")) as channel:
        path = channel.path("inbound")
        answer = client.get(path, query_string=form) if how == "query" else client.post(path, json=form)
        assert (answer.status_code, len(reports())) == (200, 1)


def test_the_same_id_twice_is_one_message(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Vonage")) as channel:
        assert [post(client, channel, "inbound").status_code for _ in range(2)] == [200, 200]
        assert len(reports()) == len(messages_out()) == 1


def test_an_acknowledgment_leaves_through_vonage_and_its_receipt_settles_it(
    client: FlaskClient, database: Database
) -> None:
    with (
        FakeVonage() as vonage,
        registered(database, sending_to(vonage.base_url), credentials=VONAGE_KEYS) as channel,
    ):
        post(client, channel, "inbound")
        (message,) = messages_out()
        with acting_as(WORKER):
            deliver(str(message.id))
        (request,) = vonage.requests
        assert request.form == {
            "api_key": "abcd1234",
            "api_secret": "s&cret=1",
            "from": "221330000002",
            "to": "221771000001",
            "text": message.body,
            "type": "unicode",
            "client-ref": str(message.id),
        }
        assert [(one.state, one.provider_message_id) for one in messages_out()] == [("sent", "0A0000001200000AA")]
        receipt = {"client-ref": str(message.id)}
        assert post(client, channel, "receipt_delivered", "receipts", **receipt).status_code == 200
        assert [one.state for one in messages_out()] == ["delivered"]


def test_a_receipt_that_comes_first_is_known_by_our_own_id(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Vonage")) as channel:
        post(client, channel, "inbound")
        receipt = {"client-ref": str(messages_out()[0].id)}
        post(client, channel, "receipt_delivered", "receipts", **receipt)
        assert [(one.state, one.provider_message_id) for one in messages_out()] == [
            ("delivered", "0A0000001200000AA")
        ]


def hubtel(client: FlaskClient, channel: Channel, name: str, **changes: Any) -> TestResponse:
    return client.post(channel.path("inbound"), json={**recorded("hubtel", name), **changes})


def test_a_report_can_be_dialled_through_hubtel(client: FlaskClient, database: Database) -> None:
    speaks("+233241000001", "en", "GH")
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        first = hubtel(client, channel, "initiation").get_json()
        assert (first["Type"], first["SessionId"]) == ("response", recorded("hubtel", "initiation")["SessionId"])
        assert first["Message"].startswith("What is it about?\n1 Farming")
        for sequence, said in enumerate(("1", "1", "1", 'They say "no stock"', "1"), 2):
            last = hubtel(client, channel, "response", Message=said, Sequence=sequence)
            assert_fits(last.get_json()["Message"])
        (report,) = reports()
        assert (last.get_json()["Type"], last.mimetype) == ("release", "application/json")
        assert report.reference in last.get_json()["Message"]
        assert (report.entry_point, report.channel, report.reply_channel) == ("gh-agriculture", "ussd", "at-sms-gh")


def test_a_request_of_hubtel_that_comes_twice_changes_nothing(client: FlaskClient, database: Database) -> None:
    speaks("+233241000001", "en", "GH")
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        starts = [hubtel(client, channel, "initiation").get_json() for _ in range(2)]
        answers = [hubtel(client, channel, "response").get_json() for _ in range(2)]
        assert (starts[0], answers[0]) == (starts[1], answers[1])
        assert answers[0]["Message"].startswith("What is wrong?")


def test_hubtel_says_on_the_same_address_that_a_session_is_over(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        hubtel(client, channel, "initiation")
        assert hubtel(client, channel, "timeout").status_code == 200
        assert [row.outcome for row in rows(MenuSession)] == ["timeout"]


def test_what_was_dialled_along_with_hubtels_code_counts(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        screen = hubtel(client, channel, "initiation", Message="*711*23*1*1#").get_json()["Message"]
        assert screen.startswith("Where is it?\n1 Volta")


@pytest.mark.parametrize("country", ["SN", "IN", "ID"])
def test_the_demos_codes_without_an_aggregator_of_their_own_speak_as_africas_talking_does(
    client: FlaskClient, country: str
) -> None:
    phone = a_speaker(client, country=country)
    phone.dial()
    phone.answer("1", "1", "1", "the tap is dry", "1")
    assert [(report.country, report.channel) for report in reports()] == [(country, "ussd")]
    assert phone.hang_up("Success").status_code == 200
    assert [row.outcome for row in rows(MenuSession)] == ["success"]


XML = {"type": "text/xml", "body": "<r><t>{text}</t><more>{mark}</more></r>", "continues": "1", "finishes": "0"}


def test_an_answer_can_be_xml(client: FlaskClient, database: Database) -> None:
    with registered(database, {"ussd": XML}, "ussd", "ZA", "*120*1#") as channel:
        form = {"sessionId": "s-1", "phoneNumber": "+27821000001", "text": ""}
        answer = client.post(channel.path("inbound"), data=form)
        assert answer.mimetype == "text/xml"
        assert answer.text.startswith("<r><t>Choose your language\n1 English")
        assert answer.text.endswith("</t><more>1</more></r>")


@pytest.mark.parametrize("missing", ["messageId", "msisdn"])
def test_a_missing_field_is_named_by_the_aggregators_name(
    client: FlaskClient, database: Database, missing: str
) -> None:
    with registered(database, documented("Vonage")) as channel:
        form = {name: value for name, value in recorded("vonage", "inbound").items() if name != missing}
        answer = client.post(channel.path("inbound"), data=form)
        assert (answer.status_code, missing in answer.text) == (400, True)
        assert messages_in() == []


@pytest.mark.parametrize("missing", ["SessionId", "Mobile"])
def test_a_dialling_without_session_or_number_is_refused(
    client: FlaskClient, database: Database, missing: str
) -> None:
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        assert hubtel(client, channel, "initiation", **{missing: ""}).status_code == 400
        assert rows(MenuSession) == []


BODIES = ["", "[]", "null", "{", '{"SessionId": {"a": 1}}', "[" * 3000, '"text"', "\xff"]


@pytest.mark.parametrize("body", BODIES)
def test_no_document_whatever_is_a_server_error(client: FlaskClient, database: Database, body: str) -> None:
    with registered(database, documented("Hubtel"), **HUBTEL) as channel:
        answer = client.post(channel.path("inbound"), data=body, content_type="application/json")
        assert answer.status_code == 400


def test_a_wrong_secret_is_not_found(client: FlaskClient, database: Database) -> None:
    with registered(database, documented("Vonage")) as channel:
        path = f"/hooks/http/{channel.slug}/wrong/inbound"
        assert client.post(path, data=recorded("vonage", "inbound")).status_code == 404


@pytest.mark.parametrize("slug", ["at-sms-ke", "twilio-sms-sn", "nowhere", "http-ussd-sn"])
def test_a_channel_of_another_provider_or_kind_is_not_found(client: FlaskClient, slug: str) -> None:
    secret = Phone(client, country="SN").channel.secret
    assert client.post(f"/hooks/http/{slug}/{secret}/inbound", data={}).status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_a_method_that_is_not_expected_is_not_allowed(client: FlaskClient, method: str) -> None:
    path = Phone(client, country="SN").channel.path("inbound")
    assert getattr(client, method)(path, query_string={"sessionId": "s"}).status_code == 405
    assert rows(MenuSession) == []


def basic(user: str, password: str) -> Mapping[str, Any]:
    return {"auth": (user, password)}


@pytest.mark.parametrize(
    ("given", "status"),
    [({}, 401), (basic("agg", "wrong"), 401), (basic("", ""), 401), (basic("agg", "pass word"), 200)],
)
def test_basic_auth_is_asked_for_where_the_credentials_have_it(
    client: FlaskClient, database: Database, given: Mapping[str, Any], status: int
) -> None:
    with registered(database, {}, credentials={"user": "agg", "password": "pass word"}) as channel:
        form = {"id": "m-1", "from": "+221771000001", "text": "La fosse est pleine"}
        answer = client.post(channel.path("inbound"), data=form, **given)
        assert (answer.status_code, len(reports())) == (status, int(status == 200))
        assert ("WWW-Authenticate" in answer.headers) is (status == 401)
