"""The photos that a simulated phone sends by WhatsApp: drawn when they are fetched, so that nothing is kept."""

from __future__ import annotations

import secrets
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from sms.media import Fetched, Gone

KEPT_AT = "https://media.simulator.invalid/"
"""No host of anybody's: `.invalid` is reserved (RFC 2606)."""

SKY, EARTH, IRON, BUCKET = "#d8e8ee", "#c9a06b", "#5b6770", "#2f6f9f"


def new_address() -> str:
    """Where the next photo waits."""
    return f"{KEPT_AT}{secrets.token_hex(16)}.jpg"


class SimulatedMedia:
    """Keeps what the simulator's phones sent, in place of a provider."""

    def fetch(self, url: str, most: int) -> Fetched | Gone:
        content = dry_tap()
        return Fetched(content) if url.startswith(KEPT_AT) and len(content) <= most else Gone("not the simulator's")

    def remove(self, _url: str) -> None:
        """There is nothing to delete."""


@cache
def dry_tap() -> bytes:
    """A tap over an empty bucket, as JPEG."""
    picture = Image.new("RGB", (640, 480), SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 360, 640, 480), fill=EARTH)
    draw.rectangle((120, 120, 150, 380), fill=IRON)
    draw.rectangle((120, 120, 320, 150), fill=IRON)
    draw.rectangle((290, 150, 320, 200), fill=IRON)
    draw.polygon(((240, 300), (370, 300), (350, 420), (260, 420)), fill=BUCKET)
    draw.ellipse((240, 285, 370, 315), fill="#1d3f57")
    found = BytesIO()
    picture.save(found, "JPEG", quality=85)
    return found.getvalue()
