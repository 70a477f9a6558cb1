"""The environment: production refuses what is missing or weak, the demo makes its own keys once."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.settings import BadSettings, Settings, SmtpServer, load_settings, new_field_keys, new_secret
from app.vault import read_vault

PRODUCTION = {
    "MODE": "production",
    "PUBLIC_URL": "https://gapline.example",
    "DATABASE_URL": "postgresql://gapline_app@db/gapline",
    "SECRET_KEY": new_secret(),
    "FIELD_KEYS": new_field_keys(),
}


def demo(folder: Path, **environ: str) -> Settings:
    return load_settings({"INSTANCE": str(folder / "instance"), **environ})


def production(folder: Path, **environ: str) -> Settings:
    return demo(folder, **(PRODUCTION | environ))


def test_production_starts_with_all_it_needs(tmp_path: Path) -> None:
    settings = production(tmp_path)
    assert (settings.is_demo, settings.uses_https) == (False, True)
    assert (settings.secret_key, settings.field_keys) == (PRODUCTION["SECRET_KEY"], PRODUCTION["FIELD_KEYS"])
    assert (settings.twilio, settings.africastalking) == (None, None)
    assert not (tmp_path / "instance" / "keys").exists()


@pytest.mark.parametrize("name", ["PUBLIC_URL", "DATABASE_URL", "SECRET_KEY", "FIELD_KEYS"])
@pytest.mark.parametrize("empty", [True, False])
def test_production_refuses_to_start_without(tmp_path: Path, name: str, empty: bool) -> None:
    environ = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(BadSettings, match=name):
        demo(tmp_path, **environ, **({name: ""} if empty else {}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "abcabcabc" * 8),
        pytest.param("SECRET_KEY", new_secret()[:31], id="SECRET_KEY-one character short"),
        ("FIELD_KEYS", "k1:abc"),
        ("PUBLIC_URL", "http://gapline.example"),
        ("PUBLIC_URL", "https://"),
        ("DATABASE_URL", "sqlite:///gapline.db"),
        ("DATABASE_URL", "mysql://db/gapline"),
    ],
)
def test_production_refuses_what_is_weak_or_unusable_and_does_not_show_it(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(BadSettings, match=name) as error:
        production(tmp_path, **{name: value})
    assert name not in {"SECRET_KEY", "FIELD_KEYS"} or value not in str(error.value)


@pytest.mark.parametrize(
    "half",
    ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "AFRICASTALKING_USERNAME", "AFRICASTALKING_API_KEY"],
)
def test_production_refuses_half_an_account(tmp_path: Path, half: str) -> None:
    with pytest.raises(BadSettings, match=half):
        production(tmp_path, **{half: "something"})


def test_a_whole_account_is_taken(tmp_path: Path) -> None:
    twilio = production(tmp_path, TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="token").twilio
    assert twilio is not None
    assert (twilio.account_sid, twilio.auth_token, twilio.api_base) == ("AC1", "token", None)


def test_production_does_not_take_keys_that_a_demo_left_in_the_folder(tmp_path: Path) -> None:
    demo(tmp_path)
    environ = {name: value for name, value in PRODUCTION.items() if not name.endswith(("KEY", "KEYS"))}
    with pytest.raises(BadSettings):
        demo(tmp_path, **environ)


@pytest.mark.parametrize("mode", ["prod", "Production", "test", "demo "])
def test_a_mode_that_does_not_exist_is_refused(tmp_path: Path, mode: str) -> None:
    with pytest.raises(BadSettings, match="MODE"):
        demo(tmp_path, MODE=mode)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000.0", "http", "80 00", "²", "٨٠"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(BadSettings, match="PORT"):
        demo(tmp_path, PORT=port)


@pytest.mark.parametrize(
    "url",
    [
        "gapline.example",
        "ftp://gapline.example",
        "https://",
        "http:///path",
        "https://gapline.example?x=1",
        "https://gapline.example/#here",
        "https://me@gapline.example",
        "https://gapline.example:99999",
        "https://gapline.example\r\nX: y",
        "https://gap line.example",
    ],
)
def test_an_address_of_ours_that_is_none_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSettings, match="PUBLIC_URL"):
        demo(tmp_path, PUBLIC_URL=url)


@pytest.mark.parametrize("name", ["TWILIO_API_BASE", "AFRICASTALKING_API_BASE"])
@pytest.mark.parametrize(
    "base",
    [
        "127.0.0.1:9000",
        "http://",
        "http://127.0.0.1:9000/version1",
        "http://127.0.0.1:9000?x=1",
        "http://user:secret@127.0.0.1:9000",
        "file:///etc",
        "http://127.0.0.1:http",
    ],
)
def test_an_address_of_a_provider_that_is_more_or_less_than_one_is_refused(
    tmp_path: Path, name: str, base: str
) -> None:
    with pytest.raises(BadSettings, match=name):
        demo(tmp_path, **{name: base})


def test_addresses_lose_their_last_slash(tmp_path: Path) -> None:
    settings = demo(tmp_path, PUBLIC_URL="http://[::1]:8000/", TWILIO_API_BASE="http://127.0.0.1:9000/")
    assert settings.public_url == "http://[::1]:8000"
    assert settings.twilio is not None
    assert settings.twilio.api_base == "http://127.0.0.1:9000"


def test_without_an_address_the_running_instances_own_is_used_then_the_port(tmp_path: Path) -> None:
    assert demo(tmp_path, PORT="9001").public_url == "http://127.0.0.1:9001"
    (tmp_path / "instance" / "public_url").write_text("http://127.0.0.1:9002\n")
    assert demo(tmp_path, PORT="9001").public_url == "http://127.0.0.1:9002"
    assert demo(tmp_path, PUBLIC_URL="https://other.example").public_url == "https://other.example"


def test_the_demo_makes_keys_that_only_their_owner_reads_and_keeps_them(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    keys = sorted((tmp_path / "instance" / "keys").iterdir())
    assert [key.name for key in keys] == ["field_keys", "secret_key", "twilio_auth_token"]
    for path in (*keys, tmp_path / "instance", tmp_path / "instance" / "keys"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert demo(tmp_path) == settings
    assert (len(settings.secret_key), len(read_vault(settings.field_keys).keys)) == (64, 1)


def test_another_demo_makes_other_keys(tmp_path: Path) -> None:
    one, other = demo(tmp_path / "one"), demo(tmp_path / "other")
    assert one.secret_key != other.secret_key
    assert one.field_keys != other.field_keys


PRINT_KEYS = (
    "from app.settings import load_settings; settings = load_settings();"
    " print(settings.secret_key, settings.field_keys, settings.twilio.auth_token)"
)


def test_processes_that_start_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    environ = {"INSTANCE": str(tmp_path / "instance"), "PYTHONPATH": str(Path(__file__).parents[2])}
    running = [
        subprocess.Popen([sys.executable, "-c", PRINT_KEYS], env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = {process.communicate(timeout=20)[0] for process in running}
    assert len(said) == 1
    assert len(said.pop().split()) == 3
    assert len(list((tmp_path / "instance" / "keys").iterdir())) == 3


def test_threads_that_start_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    """As containers do that share a folder and, each being the first process of its own, a process id."""
    for number in range(10):
        folder = tmp_path / str(number)
        with ThreadPoolExecutor(8) as threads:
            found = set(threads.map(lambda _, folder=folder: demo(folder).secret_key, range(8)))
        assert len(found) == 1
        assert len(found.pop()) == 64


@pytest.mark.parametrize("count", ["-1", "ten", "1.5", "10", "٣"])
def test_a_number_of_proxies_that_nobody_has_is_refused(tmp_path: Path, count: str) -> None:
    with pytest.raises(BadSettings, match="TRUSTED_PROXIES"):
        demo(tmp_path, TRUSTED_PROXIES=count)


def test_no_proxy_is_trusted_unless_told(tmp_path: Path) -> None:
    assert demo(tmp_path).trusted_proxies == 0


def test_the_mail_server_is_read_from_one_address(tmp_path: Path) -> None:
    url = "smtp://gap%40line:p%2Fw@mail.example:2525?from=gapline@example.org"
    assert demo(tmp_path, SMTP_URL=url).smtp == SmtpServer(
        "mail.example", 2525, False, "gap@line", "p/w", "gapline@example.org"
    )
    assert demo(tmp_path, SMTP_URL="smtps://mail.example").smtp == SmtpServer(
        "mail.example", 465, True, None, "", "gapline@127.0.0.1"
    )
    assert demo(tmp_path).smtp is None


@pytest.mark.parametrize(
    "url", ["mail.example", "https://mail.example", "smtp://", "smtp://u:secret@h:99999", "smtp://u:secret@h/x"]
)
def test_a_mail_address_that_cannot_be_used_is_refused_without_showing_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadSettings) as error:
        demo(tmp_path, SMTP_URL=url)
    assert "secret" not in str(error.value)
