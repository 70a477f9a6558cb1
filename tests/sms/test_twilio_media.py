"""Media at Twilio: fetched from there and from nowhere else, in bounded time and size, and deleted there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sms.media import Fetched, Gone
from sms.message import TryAgain
from sms.providers.transport import TimeLimits
from sms.providers.twilio_media import TwilioMedia
from tests.fakes import providers as fakes
from tests.fakes.providers import Answer, Drip, FakeTwilio, Reset, Stall, twilio_error

ACCOUNT, TOKEN = "AC" + "0" * 32, "an-auth-token"
MOST = 1000
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'1' * 32}/Media/ME{'2' * 32}"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as running:
        yield running


@pytest.fixture
def media(twilio: FakeTwilio) -> TwilioMedia:
    return TwilioMedia(ACCOUNT, TOKEN, twilio.base_url, TimeLimits(connect=1, answer=1))


def to(address: str, status: int = 307) -> Answer:
    return Answer(status, headers={"Location": address})


def test_a_file_is_fetched_by_way_of_the_redirect_with_credentials_for_the_api_alone(
    twilio: FakeTwilio, media: TwilioMedia
) -> None:
    assert media.fetch(twilio.keep_media(b"a picture"), MOST) == Fetched(b"a picture")
    asked, given = twilio.requests
    assert (asked.headers["Authorization"][:6], "Authorization" in given.headers) == ("Basic ", False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1{}",
        "https://api.twilio.com.evil.example{}",
        "https://user:secret@evil.example{}",
        "file://{}",
        "{}",
    ],
)
def test_whatever_host_an_address_names_the_api_is_asked(twilio: FakeTwilio, media: TwilioMedia, url: str) -> None:
    path = twilio.keep_media(b"a picture").removeprefix("https://api.twilio.com")
    assert media.fetch(url.format(path), MOST) == Fetched(b"a picture")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://[",
        "https://api.twilio.com/",
        f"https://api.twilio.com{PATH}/../../../../../Messages.json",
        f"https://api.twilio.com{PATH.replace('Media', 'Feedback')}",
        f"https://api.twilio.com{PATH.replace('0' * 32, '9' * 32)}",
        f"https://api.twilio.com{PATH}%0d%0aX-Header:%201",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_what_is_no_media_of_this_account_is_never_asked_for(
    twilio: FakeTwilio, media: TwilioMedia, url: str
) -> None:
    assert isinstance(media.fetch(url, MOST), Gone)
    assert media.remove(url) is None
    assert twilio.requests == ()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:{other}/cdn/x",
        "http://mms.twiliocdn.com/x",
        "https://twiliocdn.com.evil.example/x",
        "https://eviltwiliocdn.com/x",
        "https://mms.twiliocdn.com:8443/x",
        "https://me@mms.twiliocdn.com/x",
        "https://s3-external-1.amazonaws.com/another-bucket/x",
        "https://mms.twiliocdn.com:x/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_anybody_else_is_not_followed(twilio: FakeTwilio, media: TwilioMedia, elsewhere: str) -> None:
    with FakeTwilio() as other:
        twilio.answer_with(to(elsewhere.format(other=other.base_url.rpartition(":")[2])))
        assert media.fetch(PATH, MOST) == Gone("redirected to a stranger")
        assert (len(twilio.requests), other.requests) == (1, ())


@pytest.mark.parametrize(
    "theirs",
    ["https://mms.twiliocdn.com/AC/x?Expires=1", "https://s3-external-1.amazonaws.com/media.twiliocdn.com/x"],
)
def test_the_providers_own_file_servers_are_believed(media: TwilioMedia, theirs: str) -> None:
    assert media._is_trusted(theirs)


def test_redirects_do_not_go_on_for_ever(twilio: FakeTwilio, media: TwilioMedia) -> None:
    twilio.answer_with(*(to(f"{twilio.base_url}/cdn/{number}") for number in range(9)))
    assert media.fetch(PATH, MOST) == Gone("redirected too often")
    assert len(twilio.requests) == 3


@pytest.mark.parametrize("size", [MOST + 1, MOST * 500])
def test_a_file_that_is_too_big_is_not_taken(twilio: FakeTwilio, media: TwilioMedia, size: int) -> None:
    assert media.fetch(twilio.keep_media(b"x" * size), MOST) == Gone("too big")
    assert media.fetch(twilio.keep_media(b"x" * MOST), MOST) == Fetched(b"x" * MOST)


@pytest.mark.parametrize("status", [400, 404, 410])
def test_what_is_gone_is_not_asked_for_again(twilio: FakeTwilio, media: TwilioMedia, status: int) -> None:
    twilio.answer_with(twilio_error(status, 20404), twilio_error(status, 20404))
    assert media.fetch(PATH, MOST) == Gone(str(status))
    assert media.remove(PATH) is None


@pytest.mark.parametrize(
    "trouble",
    [
        twilio_error(401, 20003),
        twilio_error(429, 20429),
        twilio_error(503, 20503),
        Answer(304),
        Answer(307),
        Stall(),
        Reset(),
        Drip(Answer(200, "x" * 900)),
        fakes.Answer(200, "short", headers={"Content-Length": "900"}),
    ],
)
def test_what_passes_is_tried_again(twilio: FakeTwilio, media: TwilioMedia, trouble: fakes.Behaviour) -> None:
    twilio.answer_with(trouble)
    assert isinstance(media.fetch(PATH, MOST), TryAgain)


@pytest.mark.parametrize("trouble", [twilio_error(401, 20003), twilio_error(500, 20500), to("/"), Stall(), Reset()])
def test_a_deletion_that_did_not_happen_is_said(
    twilio: FakeTwilio, media: TwilioMedia, trouble: fakes.Behaviour
) -> None:
    twilio.answer_with(trouble)
    assert isinstance(media.remove(PATH), TryAgain)


def test_a_file_is_deleted_once_and_for_all(twilio: FakeTwilio, media: TwilioMedia) -> None:
    url = twilio.keep_media(b"a picture")
    assert (media.remove(url), media.remove(url)) == (None, None)
    assert [(request.method, request.path[-5:]) for request in twilio.requests] == [("DELETE", ".json")] * 2
    assert (twilio.media, media.fetch(url, MOST)) == ({}, Gone("404"))


def test_nothing_of_a_file_stands_in_a_repr(twilio: FakeTwilio, media: TwilioMedia) -> None:
    assert "canary" not in repr(media.fetch(twilio.keep_media(b"canary"), MOST))
