"""Pictures as phones make them, with all that clings to them."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import ExifTags, Image, PngImagePlugin

CANARY = "photocanary"
"""Stands in every field of a file's metadata: no answer, row or log may hold it."""

LATITUDE = (0.0, 27.0, 43.21)


def a_scene(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Something with edges and noise, red in its upper left corner and nowhere else."""
    noise = random.Random(7).randbytes(16 * 12 * 3)
    scene = Image.frombytes("RGB", (16, 12), noise).resize(size).point(lambda value: value // 2)
    scene.paste((255, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    return scene.convert(mode)


def a_photo(size: tuple[int, int] = (64, 48), orientation: int = 1, form: str = "JPEG") -> bytes:
    """A file as a phone writes it: position, time, camera and comment in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = CANARY
    exif[ExifTags.Base.ImageDescription] = CANARY
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: LATITUDE, 29: CANARY})
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = CANARY.encode()
    return written(a_scene(size), form, exif=exif.tobytes(), **_besides(form))


def _besides(form: str) -> dict[str, object]:
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", CANARY)
        return {"pnginfo": texts}
    return {"comment": CANARY, "xmp": CANARY.encode()} if form == "JPEG" else {"xmp": CANARY.encode()}


def written(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def read(file: bytes) -> Image.Image:
    picture = Image.open(BytesIO(file))
    picture.load()
    return picture
