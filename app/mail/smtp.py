"""Speaking to a mail server. Its answers become outcomes, with nothing of letter or address in them."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP as WIRE

from app.mail.carrier import Carrier, NoServer, Outcome, Parcel, Refused, Sent, Terminal, TryAgain, Unknown
from app.settings import Settings, SmtpServer

SECONDS = 20
"""For each answer of the server."""

TAKEN = 250
PLAIN = WIRE.clone(cte_type="7bit")
"""Words travel as seven-bit text, which every server takes."""


def carrier_of(settings: Settings) -> Carrier:
    """The mail server of the settings; without one a demo prints, and production waits for one."""
    if settings.smtp:
        return Smtp(settings.smtp)
    return Terminal() if settings.is_demo else NoServer()


class Smtp:
    """One connection for each letter: they are few."""

    def __init__(self, server: SmtpServer, seconds: float = SECONDS) -> None:
        self._server = server
        self._seconds = seconds

    def carry(self, parcel: Parcel) -> Outcome:
        message = compose(parcel, self._server.sender).as_bytes()
        try:
            with self._connected() as client:
                return self._hand_over(client, parcel.letter.to, message)
        except smtplib.SMTPAuthenticationError as error:
            return TryAgain(f"login {error.smtp_code}")
        except (smtplib.SMTPException, OSError) as error:  # before any word of the letter had gone
            return TryAgain(type(error).__name__)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server, context = self._server, ssl.create_default_context()
        if server.is_tls:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._seconds, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            if not server.is_tls:
                _encrypt(client, server, context)
            if server.user:
                client.login(server.user, server.password)
            yield client
        finally:
            with suppress(smtplib.SMTPException, OSError):
                client.close()

    def _hand_over(self, client: smtplib.SMTP, to: str, message: bytes) -> Outcome:
        for code, _said in (client.mail(self._server.sender), client.rcpt(to)):
            if code >= 400:
                return _verdict(code)
        return _say(client, message)


def _say(client: smtplib.SMTP, message: bytes) -> Outcome:
    """From here on a lost answer means that nobody knows."""
    try:
        code, _said = client.data(message)
    except smtplib.SMTPDataError as error:
        return _verdict(error.smtp_code)
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(type(error).__name__)
    with suppress(smtplib.SMTPException, OSError):
        client.quit()
    return Sent() if code == TAKEN else _verdict(code)


def _encrypt(client: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    """With TLS where the server offers it; a password never leaves without, but to this very machine."""
    client.ehlo()
    if client.has_extn("starttls"):
        client.starttls(context=context)
        client.ehlo()
    elif server.user and not server.is_here:
        raise smtplib.SMTPNotSupportedError("the server offers no TLS")


def _verdict(code: int) -> Outcome:
    return Refused(str(code)) if code >= 500 else TryAgain(str(code))


def compose(parcel: Parcel, sender: str) -> EmailMessage:
    """The message as it goes over the wire: the same bytes each time it is sent."""
    message = EmailMessage(policy=PLAIN)
    message["From"] = sender
    message["To"] = parcel.letter.to
    message["Subject"] = parcel.letter.subject
    message["Date"] = parcel.written_at
    message["Message-ID"] = f"<{parcel.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.letter.body)
    return message
