"""A mail server on the loopback, with the answers it is told to give."""

from __future__ import annotations

import base64
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from app.settings import SmtpServer

SILENCE = "silence"
HANG_UP = "hang up"


@dataclass
class MailServer:
    """`answers` gives for a command (`RCPT`; `.` for the end of the words) what to say for once instead of yes."""

    host: str = "127.0.0.1"
    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)

    def will_say(self, command: str, *answers: str) -> None:
        self.answers.setdefault(command, []).extend(answers)

    def settings(self, user: str | None = None, password: str = "") -> SmtpServer:
        return SmtpServer(self.host, self.port, False, user, password, "gapline@gapline.test")

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(words, policy=policy.default) for words in self.taken]  # type: ignore[misc]

    @property
    def login(self) -> str:
        """What was sent as user and password."""
        [line] = [line for line in self.heard if line.startswith("AUTH PLAIN")]
        return base64.b64decode(line.split()[-1]).decode().replace("\0", " ").strip()


@contextmanager
def a_mail_server(host: str = "127.0.0.1") -> Iterator[MailServer]:
    state = MailServer(host)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, state)

    with socketserver.ThreadingTCPServer((host, 0), Handler) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield state
        server.shutdown()


def _talk(handler: socketserver.StreamRequestHandler, state: MailServer) -> None:
    _say(handler, "220 mail.test ready")
    while line := handler.rfile.readline():
        state.heard.append(line.decode().strip())
        command = line.split()[0].decode().upper()
        if not _answer(handler, state, command):
            return
        if command == "DATA":
            words = _words(handler)
            if not _answer(handler, state, "."):
                return
            state.taken.append(words)


def _answer(handler: socketserver.StreamRequestHandler, state: MailServer, command: str) -> bool:
    """Whether the conversation goes on."""
    usual = {"DATA": "354 go on", "EHLO": "250-mail.test\r\n250 AUTH PLAIN", "AUTH": "235 yes", "QUIT": "221 bye"}
    waiting = state.answers.get(command, [])
    answer = waiting.pop(0) if waiting else usual.get(command, "250 yes")
    if answer == SILENCE:
        time.sleep(1)
    if answer in (SILENCE, HANG_UP):
        return False
    _say(handler, answer)
    return command != "QUIT" and not (command == "." and answer[0] != "2")


def _words(handler: socketserver.StreamRequestHandler) -> bytes:
    lines = []
    while (line := handler.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    return b"".join(lines)


def _say(handler: socketserver.StreamRequestHandler, line: str) -> None:
    handler.wfile.write(f"{line}\r\n".encode())
