"""What comes out is a small upright JPEG with nothing but the picture in it, or a clear refusal."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.photos import pictures
from app.photos.pictures import NotAPhoto, TooBig, read_picture
from tests.builders.photos import CANARY, a_photo, a_scene, read, written

FORMATS = ["JPEG", "PNG", "WEBP"]
ALLOWED = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""SOI, JFIF header, quantisation, baseline frame, Huffman tables, scan (ITU-T T.81): all that a picture needs."""


def markers(jpeg: bytes) -> list[int]:
    """The segments of a JPEG file up to its scan."""
    found, at = [jpeg[1]], 2
    while found[-1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def red_corner(file: bytes) -> str:
    """In which corner of the picture the red is."""
    seen = read(file).convert("RGB")
    corners = {
        "upper left": (2, 2),
        "upper right": (seen.width - 3, 2),
        "lower left": (2, seen.height - 3),
        "lower right": (seen.width - 3, seen.height - 3),
    }
    (red,) = [name for name, at in corners.items() if seen.getpixel(at)[0] > 180]
    return red


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_but_the_picture_comes_through(form: str) -> None:
    sent = a_photo(form=form)
    assert CANARY.encode() in sent
    picture = read_picture(sent)
    for file in (picture.full, picture.small):
        assert CANARY.encode() not in file
        assert set(markers(file)) <= ALLOWED
        assert not read(file).getexif()
        assert red_corner(file) == "upper left"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_set_upright(orientation: int) -> None:
    upright = {1: "upper left", 2: "upper right", 3: "lower right", 4: "lower left"}
    upright |= {5: "upper left", 6: "upper right", 7: "lower right", 8: "lower left"}
    picture = read_picture(a_photo((80, 40), orientation))
    assert (picture.width, picture.height) == ((80, 40) if orientation < 5 else (40, 80))
    assert red_corner(picture.full) == upright[orientation]


@pytest.mark.parametrize(
    ("sent", "full", "small"),
    [
        ((4000, 3000), (1600, 1200), (320, 240)),
        ((1000, 4000), (400, 1600), (80, 320)),
        ((300, 200), (300, 200), (300, 200)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_a_picture_keeps_its_shape_and_never_grows(sent, full, small) -> None:
    picture = read_picture(a_photo(sent) if min(sent) > 8 else written(a_scene(sent), "PNG"))
    assert read(picture.full).size == (picture.width, picture.height) == full
    assert read(picture.small).size == small


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "1", "CMYK", "I;16"])
def test_pictures_of_every_kind_are_read(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    scene = a_scene(mode="RGB" if mode in ("LA", "I;16") else mode)
    scene = scene.convert("L").convert(mode) if mode in ("LA", "I;16") else scene
    assert read(read_picture(written(scene, form)).full).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    clear = a_scene(mode="RGBA")
    clear.putalpha(0)
    assert read(read_picture(written(clear, "PNG")).full).getpixel((30, 30)) == (255, 255, 255)


def test_broken_metadata_do_not_hide_the_picture() -> None:
    sent = a_photo(orientation=6)
    at = sent.index(b"Exif\0\0") + 6
    assert read_picture(sent[:at] + b"\xff" * 12 + sent[at + 12 :]).width == 64


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"not a photo",
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        a_photo()[:-200],
        written(a_scene(), "GIF"),
        written(a_scene(), "BMP"),
        written(a_scene(), "TIFF"),
    ],
    ids=["empty", "text", "pdf", "svg", "header", "cut short", "gif", "bmp", "tiff"],
)
def test_what_is_no_photo_is_refused(sent: bytes) -> None:
    with pytest.raises(NotAPhoto):
        read_picture(sent)


def a_bomb(width: int, height: int) -> bytes:
    """A PNG file of a few bytes that claims to be this large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 64)
    chunks = (
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (header, data)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(5001, 5000), (9500, 9500), (20000, 20000), (65500, 65500)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(TooBig):
        read_picture(a_bomb(*size))


def test_a_file_of_more_than_ten_megabytes_is_refused() -> None:
    padded = a_photo() + b"\0" * pictures.MOST_BYTES
    with pytest.raises(TooBig):
        read_picture(padded)
    assert read_picture(padded[: pictures.MOST_BYTES]).width == 64


def test_a_page_hidden_behind_the_picture_is_left_behind() -> None:
    picture = read_picture(a_photo() + b"<script>alert(1)</script>")
    assert b"script" not in picture.full + picture.small


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.data())
def test_a_damaged_file_is_a_picture_or_refused_and_nothing_else(form: str, data: st.DataObject) -> None:
    sent = bytearray(a_photo(form=form))
    for at, octet in data.draw(
        st.lists(st.tuples(st.integers(0, len(sent) - 1), st.integers(0, 255)), max_size=12)
    ):
        sent[at] = octet
    try:
        picture = read_picture(bytes(sent[: data.draw(st.integers(0, len(sent)))]))
    except (NotAPhoto, TooBig):
        return
    assert set(markers(picture.full)) <= ALLOWED
    assert CANARY.encode() not in picture.full + picture.small
