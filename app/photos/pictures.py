"""Making a picture that is nothing but a picture, out of whatever was sent as one.

The file is decoded and written anew, so position, time, camera, comments, previews and anything hidden behind the
picture stay behind. A colour profile is left out unused: colours come out a little paler, and no profile that a
stranger wrote is ever run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from threading import BoundedSemaphore

from PIL import ExifTags, Image

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""Pillow only warns from 89 million on (reliability.md, photo bombs)."""

LONGEST_SIDE = 1600
"""Pixels: enough to read a notice on a clinic's door, a fifth of what a camera makes."""

LONGEST_SIDE_SMALL = 320
QUALITY, QUALITY_SMALL = 80, 70
"""JPEG's own scale. A photo takes 200 to 400 KB, a small one about 12."""

FORMATS = ("JPEG", "PNG", "WEBP")
"""What phones and browsers send. Each further format is another decoder that strangers' files are given to."""

AT_ONCE = BoundedSemaphore(2)
"""A decoded photo takes up to 100 MB: so many in each process, however many threads it has."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to set a picture upright, by its EXIF orientation (CIPA DC-008, tag 0x0112)."""


Image.MAX_IMAGE_PIXELS = None
"""Our own limit is asked before anything is decoded; Pillow's is higher, and at first only a warning."""


class NotAPhoto(Exception):
    """It cannot be read as one of FORMATS."""


class TooBig(Exception):
    """More than MOST_BYTES or MOST_PIXELS."""


@dataclass(frozen=True)
class Picture:
    """Two JPEG files of the same picture, and the size of the larger one in pixels."""

    full: bytes = field(repr=False)
    small: bytes = field(repr=False)
    width: int
    height: int


def read_picture(sent: bytes) -> Picture:
    """The picture in this file, upright and at most LONGEST_SIDE long. Raises NotAPhoto, TooBig."""
    if len(sent) > MOST_BYTES:
        raise TooBig
    with AT_ONCE:
        try:
            return _two_sizes(_decoded(sent))
        except TooBig:
            raise
        except Exception as broken:  # what decoders raise at files that are damaged or made to harm has no end
            raise NotAPhoto(type(broken).__name__) from None


def _decoded(sent: bytes) -> Image.Image:
    """All pixels, upright, in a fresh picture to which nothing clings."""
    with Image.open(BytesIO(sent), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise TooBig
        turn = TURNS.get(_orientation(opened))
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at half or a quarter: less memory
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=None)
        plain = _on_white(opened)
    return plain if turn is None else plain.transpose(turn)


def _orientation(opened: Image.Image) -> object:
    """Orientation is a comfort: a picture whose metadata are broken is shown as it lies."""
    try:
        return opened.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        return None


def _on_white(opened: Image.Image) -> Image.Image:
    plain = Image.new("RGB", opened.size, "white")
    if opened.has_transparency_data:
        seen = opened.convert("RGBA")
        plain.paste(seen, mask=seen.getchannel("A"))
    else:
        plain.paste(opened.convert("RGB"))
    return plain


def _two_sizes(picture: Image.Image) -> Picture:
    full, (width, height) = _jpeg(picture, QUALITY), picture.size
    picture.thumbnail((LONGEST_SIDE_SMALL, LONGEST_SIDE_SMALL))
    return Picture(full, _jpeg(picture, QUALITY_SMALL), width, height)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
