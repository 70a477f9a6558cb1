"""Media that Twilio keeps: fetched with the account's credentials, deleted once they are not needed there.

Sources: Twilio's Media resource page, and its help page on HTTP authentication for media (the answer is a redirect
to a signed address at mms.twiliocdn.com, good for four hours; accounts without it get s3-external-1.amazonaws.com).

No address is believed. The path is read for its identifiers and asked for at the API's own base; a redirect is
followed only to the places named here, and carries no credentials.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3

from sms.media import Fetched, Gone
from sms.message import TryAgain
from sms.providers.transport import TimeLimits, checked_base, credential, session
from sms.providers.twilio import API

PATH = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-f]{32})/Messages/[A-Z]{2}[0-9a-f]{32}/Media/ME[0-9a-f]{32}")
CDN = ".twiliocdn.com"
BUCKET = ("s3-external-1.amazonaws.com", "/media.twiliocdn.com/")
MOST_REDIRECTS = 2
LIMITS = TimeLimits(answer=30)
"""5 MB, the most that Twilio takes in, at 1.5 Mbit/s."""

NEVER = frozenset({400, 404, 410})


class TwilioMedia:
    """The media of one account. Safe to share between threads."""

    def __init__(
        self, account_sid: str, auth_token: str, api_base: str | None = None, limits: TimeLimits = LIMITS
    ) -> None:
        """`api_base` (scheme, host and port only) replaces Twilio's own. Raises ValueError on unusable values."""
        self._account = credential("account_sid", account_sid)
        self._auth = (self._account, credential("auth_token", auth_token))
        self._base = checked_base(api_base, API)
        self._session = session(limits)

    def fetch(self, url: str, most: int) -> Fetched | Gone | TryAgain:
        path = self._own_path(url)
        if path is None:
            return Gone("not an address of this account's media")
        try:
            return self._follow(self._base + path, most)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as failure:
            return TryAgain("no-answer", type(failure).__name__)

    def remove(self, url: str) -> TryAgain | None:
        path = self._own_path(url)
        if path is None:
            return None
        try:
            status = self._session.delete(
                f"{self._base}{path}.json", auth=self._auth, allow_redirects=False
            ).status_code
        except (requests.RequestException, OSError) as failure:
            return TryAgain("no-answer", type(failure).__name__)
        return None if status < 300 or status in NEVER else TryAgain(str(status), "not deleted")

    def _own_path(self, url: str) -> str | None:
        """The path of this address, if it names media of our account; whatever host it names is left aside."""
        try:
            path = urlsplit(url).path
        except ValueError:
            return None
        named = PATH.fullmatch(path)
        return path if named and named[1] == self._account else None

    def _follow(self, address: str, most: int) -> Fetched | Gone | TryAgain:
        auth: tuple[str, str] | None = self._auth
        for _ in range(MOST_REDIRECTS + 1):
            with self._get(address, auth) as answer:
                if not answer.is_redirect:
                    return _content(answer, most)
                address, auth = urljoin(address, answer.headers["location"]), None
            if not self._is_trusted(address):
                return Gone("redirected to a stranger")
        return Gone("redirected too often")

    def _get(self, address: str, auth: tuple[str, str] | None) -> requests.Response:
        plain = {"Accept-Encoding": "identity"}  # what is small compressed may be endless
        return self._session.get(address, auth=auth, headers=plain, stream=True, allow_redirects=False)

    def _is_trusted(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            return False
        if f"{parts.scheme}://{parts.netloc}" == self._base:
            return True
        return parts.scheme == "https" and port in (None, 443) and not parts.username and _is_twilios(parts)


def _is_twilios(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    return host.endswith(CDN) or (host == BUCKET[0] and parts.path.startswith(BUCKET[1]))


def _content(answer: requests.Response, most: int) -> Fetched | Gone | TryAgain:
    if answer.status_code in NEVER:
        return Gone(str(answer.status_code))
    if answer.status_code != 200:
        return TryAgain(str(answer.status_code), "not given")
    content = answer.raw.read(most + 1, decode_content=False)
    return Fetched(content) if len(content) <= most else Gone("too big")
