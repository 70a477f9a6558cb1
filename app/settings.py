"""The environment, read once into one frozen object that refuses to be half-configured."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

Mode = Literal["demo", "production"]

SECRET_BYTES = 32
"""256 bits: the size of an AES-256-GCM key, and ample for signing cookies."""


MOST_PROXIES = 9
"""More than anybody has: a larger number is a mistake, and would let visitors name their own address."""


class BadSettings(RuntimeError):
    """The environment does not describe a product that may be started."""


@dataclass(frozen=True)
class TwilioAccount:
    account_sid: str
    auth_token: str
    api_base: str | None


@dataclass(frozen=True)
class AfricasTalkingAccount:
    username: str
    api_key: str
    api_base: str | None


@dataclass(frozen=True)
class SmtpServer:
    """Where e-mail is handed over: `is_tls` from the first byte (smtps). `sender` is the address it comes from."""

    host: str
    port: int
    is_tls: bool
    user: str | None
    password: str
    sender: str

    @property
    def is_here(self) -> bool:
        """Whether what is said to it stays on this machine."""
        return self.host in {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Settings:
    """Everything the environment says. `public_url` has no trailing slash.

    `trusted_proxies` is how many of our own stand before the web server, each adding to X-Forwarded-For.
    """

    mode: Mode
    instance: Path
    port: int
    public_url: str
    trusted_proxies: int
    database_url: str | None
    secret_key: str
    field_keys: str
    twilio: TwilioAccount | None
    africastalking: AfricasTalkingAccount | None
    smtp: SmtpServer | None

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def uses_https(self) -> bool:
        return self.public_url.startswith("https://")


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; in demo mode missing keys are created under INSTANCE.

    Raises BadSettings when a value is unusable, or when production lacks one it needs.
    """
    mode = _mode(environ)
    instance = _folder(Path(environ.get("INSTANCE") or "instance").resolve())
    port = _port(environ)
    public_url = _public_url(environ, mode, instance, port)
    return Settings(
        mode=mode,
        instance=instance,
        port=port,
        public_url=public_url,
        trusted_proxies=_proxies(environ),
        database_url=_database_url(environ, mode),
        secret_key=_key(environ, "SECRET_KEY", mode, instance, new_secret),
        field_keys=_key(environ, "FIELD_KEYS", mode, instance, new_field_keys),
        twilio=_twilio(environ, mode, instance),
        africastalking=_africastalking(environ, mode),
        smtp=_smtp(environ.get("SMTP_URL") or "", public_url),
    )


def new_secret() -> str:
    return secrets.token_hex(SECRET_BYTES)


def new_field_keys() -> str:
    """A fresh index key and a fresh first encryption key, in the form FIELD_KEYS has."""
    return f"index:{new_secret()},k1:{new_secret()}"


def _mode(environ: Mapping[str, str]) -> Mode:
    mode = environ.get("MODE") or "demo"
    if mode == "demo" or mode == "production":
        return mode
    raise BadSettings(f"MODE must be demo or production, not {mode!r}")


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("PORT") or "8000"
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise BadSettings(f"PORT must be a number from 1 to 65535, not {text!r}")


def _proxies(environ: Mapping[str, str]) -> int:
    text = environ.get("TRUSTED_PROXIES") or "0"
    if text.isascii() and text.isdigit() and int(text) <= MOST_PROXIES:
        return int(text)
    raise BadSettings(f"TRUSTED_PROXIES must be a number from 0 to {MOST_PROXIES}, not {text!r}")


def _public_url(environ: Mapping[str, str], mode: Mode, instance: Path, port: int) -> str:
    """The address people and providers reach us at; a running instance's own is remembered in its folder."""
    remembered = instance / "public_url"
    given = environ.get("PUBLIC_URL") or (remembered.read_text().strip() if remembered.exists() else "")
    if mode == "production" and not given.startswith("https://"):
        raise BadSettings("PUBLIC_URL must be set in production, and begin with https://")
    if given and not _is_address(given):
        raise BadSettings("PUBLIC_URL must be an address such as https://gapline.example")
    return (given or f"http://127.0.0.1:{port}").rstrip("/")


def _database_url(environ: Mapping[str, str], mode: Mode) -> str | None:
    url = environ.get("DATABASE_URL") or None
    if url is None and mode == "production":
        raise BadSettings("DATABASE_URL must be set in production")
    if url is not None and not url.startswith(("postgresql://", "postgres://")):
        raise BadSettings("DATABASE_URL must begin with postgresql://")
    return url


def _key(environ: Mapping[str, str], name: str, mode: Mode, instance: Path, make: Callable[[], str]) -> str:
    given = environ.get(name)
    if given:
        return _strong(name, given)
    if mode == "production":
        raise BadSettings(f"{name} must be set in production")
    return _kept(instance / "keys" / name.lower(), make)


def _strong(name: str, value: str) -> str:
    if len(value) < SECRET_BYTES or len(set(value)) < 8:
        raise BadSettings(f"{name} is too weak: give at least {SECRET_BYTES} random characters")
    return value


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The secret in this file; the first to ask creates it, and two at once agree on one."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        draft = _draft(path, make())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def _draft(path: Path, secret: str) -> Path:
    """A file beside this one that only its owner reads. Its name is nobody else's: containers share process ids."""
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return Path(name)


def _twilio(environ: Mapping[str, str], mode: Mode, instance: Path) -> TwilioAccount | None:
    sid, token = environ.get("TWILIO_ACCOUNT_SID"), environ.get("TWILIO_AUTH_TOKEN")
    if bool(sid) != bool(token) and mode == "production":
        raise BadSettings("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN go together")
    if mode == "demo":
        sid = sid or "AC" + "0" * 32
        token = token or _kept(instance / "keys" / "twilio_auth_token", lambda: secrets.token_hex(16))
    return TwilioAccount(sid, token, _api_base(environ, "TWILIO_API_BASE")) if sid and token else None


def _africastalking(environ: Mapping[str, str], mode: Mode) -> AfricasTalkingAccount | None:
    username, api_key = environ.get("AFRICASTALKING_USERNAME"), environ.get("AFRICASTALKING_API_KEY")
    if bool(username) != bool(api_key) and mode == "production":
        raise BadSettings("AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY go together")
    if mode == "demo":
        username, api_key = username or "gapline-demo", api_key or "demo"
    if not (username and api_key):
        return None
    return AfricasTalkingAccount(username, api_key, _api_base(environ, "AFRICASTALKING_API_BASE"))


def _api_base(environ: Mapping[str, str], name: str) -> str | None:
    base = (environ.get(name) or "").rstrip("/")
    if base and not (_is_address(base) and not urlsplit(base).path):
        raise BadSettings(f"{name} is a scheme, host and port only, such as http://127.0.0.1:9000")
    return base or None


def _smtp(url: str, public_url: str) -> SmtpServer | None:
    """Never quotes the value in an error: it holds a password."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSettings("SMTP_URL cannot be read: are special characters of the password %-encoded?") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path not in {"", "/"}:
        raise BadSettings("SMTP_URL must be like smtp://user:PASSWORD@mail.example:587?from=gapline@example.org")
    is_tls = parts.scheme == "smtps"
    user = unquote(parts.username) if parts.username else None
    sender = parse_qs(parts.query).get("from", [user or ""])[0]
    if not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+", sender) or not sender.isascii():
        sender = f"gapline@{urlsplit(public_url).hostname}"
    password = unquote(parts.password or "")
    return SmtpServer(parts.hostname, port or (465 if is_tls else 587), is_tls, user, password, sender)


def _is_address(text: str) -> bool:
    """Whether this is a scheme, a host and perhaps a port and a path, and nothing more."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    bare = text.isascii() and text.isprintable() and not set(text) & set("?#@\\ ")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port_is_right and bare
