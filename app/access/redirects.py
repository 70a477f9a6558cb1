"""Where a request may send the browser next: only to a page of our own."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(wanted: str | None) -> str | None:
    """The path if it stays on this host, else None.

    Browsers read `\\` as `/` and drop control characters and spaces, so `/\\evil.example` or a tab between two
    slashes would leave the host: such a path is refused whole (CWE-601).
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return None
    if "\\" in wanted or not wanted.isprintable() or " " in wanted:
        return None
    parts = urlsplit(wanted)
    return None if parts.scheme or parts.netloc else wanted
