"""What a channel's data decide: where it is listed, how it is kept, and through whom its messages leave."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask import Flask

from app.conversation.menu.wording import LANGUAGE_NAMES
from app.directory.channels import Channel, seal_channel
from app.directory.current import channel_named, our_numbers, sms_channel_of
from app.directory.models import ChannelRow
from app.language import CITIZEN_LANGUAGES
from app.outbox.providers import Providers
from app.settings import Settings
from app.viewer import INTAKE, acting_as
from sms.providers.http_options import BadOptions
from tests.app.channels.aggregators import documented, registered
from tests.app.channels.ussd_phone import ussd_channel
from tests.builders.stored import rows
from tests.conftest import Database

VONAGE = Channel("v", "http", "sms", "SN", "221330000002", "a-secret")


@pytest.mark.parametrize(
    ("country", "slug"), [("KE", "at-sms-ke"), ("ZA", "at-sms-za"), ("SN", "twilio-sms-sn"), ("XX", None)]
)
def test_whoever_dialled_is_answered_through_the_country_s_first_provider(
    app: Flask, country: str, slug: str | None
) -> None:
    with acting_as(INTAKE):
        found = sms_channel_of(country)
    assert (found.slug if found else None) == slug


def test_every_country_has_a_code_to_dial_and_none_of_them_is_taken_for_a_number(app: Flask) -> None:
    codes = {country: ussd_channel(country) for country in ("GH", "ID", "IN", "KE", "NG", "SN", "ZA")}
    assert {channel.provider for channel in codes.values()} == {"africastalking", "http"}
    assert all(channel.address.startswith("*") and channel.address.endswith("#") for channel in codes.values())
    with acting_as(INTAKE):
        assert all(number.startswith("+") for number in our_numbers())


def test_operators_see_the_address_to_enter_and_no_receipts(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["channels", "list"])
    listed = {row["address"]: row for row in json.loads(printed.stdout)}
    dialled = listed["*384*35711#"]
    assert (dialled["provider"], dialled["kind"], dialled["receipts_url"]) == ("africastalking", "ussd", None)
    path = f"/hooks/africastalking/ussd/at-ussd-ke/{dialled['secret']}/inbound"
    assert dialled["inbound_url"] == f"https://gapline.test{path}"
    assert listed["*212*35711#"]["inbound_url"].startswith("https://gapline.test/hooks/http/ussd/http-ussd-sn/")


def test_credentials_are_kept_sealed_and_shown_nowhere(app: Flask, database: Database) -> None:
    keys = {"api_key": "k-123", "api_secret": "s-456"}
    with registered(database, documented("Vonage"), credentials=keys) as channel:
        (row,) = [row for row in rows(ChannelRow) if row.slug == channel.slug]
        assert row.credentials
        assert b"s-456" not in row.credentials
        with acting_as(INTAKE):
            assert channel_named(channel.slug).credentials == keys
            assert "s-456" not in repr(channel_named(channel.slug))
        assert "s-456" not in app.test_cli_runner().invoke(args=["channels", "list"]).stdout


def test_unusable_options_are_refused_before_they_are_stored(app: Flask) -> None:
    with pytest.raises(BadOptions, match="send knows no adress"):
        seal_channel(replace(VONAGE, options={"send": {"adress": "https://example.org"}}), app.extensions["vault"])


def test_a_channel_with_a_way_to_send_uses_it_and_one_without_prints_in_demo_mode_only(settings: Settings) -> None:
    demo, production = Providers(settings), Providers(replace(settings, mode="production"))
    able = replace(VONAGE, options=documented("Vonage"))
    assert (demo.of(able).name, production.of(able).name, demo.of(VONAGE).name) == ("http", "http", "console")
    with pytest.raises(LookupError):
        production.of(VONAGE)


def test_every_language_of_the_menu_has_a_name() -> None:
    assert LANGUAGE_NAMES.keys() == set(CITIZEN_LANGUAGES)
