"""Reading a QR code off a page: the SVG's strokes become pixels here, and another library makes sense of them."""

from __future__ import annotations

import re

import zxingcpp

PIXELS = 4
"""Pixels for each module."""

SVG = re.compile(r'<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>.*?<path[^>]*\bd="([^"]+)"[^>]*/></svg>', re.DOTALL)
STEP = re.compile(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?")
BLACK, WHITE = 0, 255


def qr_of(page: str) -> str:
    """What the one QR code on this page says."""
    ((width, height, strokes),) = SVG.findall(page)
    assert width == height
    (found,) = zxingcpp.read_barcodes(_picture(int(width), strokes))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return found.text


def _picture(size: int, strokes: str) -> memoryview:
    """The strokes, one module high and each begun half a module down, as grey pixels."""
    pixels = bytearray([WHITE]) * (size * PIXELS) ** 2
    x = y = 0.0
    for command, first, second in STEP.findall(strokes):
        if command == "h":
            _fill(pixels, size, int(x), int(y), int(first))
            x += float(first)
        else:
            base = (0.0, 0.0) if command == "M" else (x, y)
            x, y = base[0] + float(first), base[1] + float(second)
    return memoryview(bytes(pixels)).cast("B", (size * PIXELS, size * PIXELS))


def _fill(pixels: bytearray, size: int, x: int, y: int, width: int) -> None:
    for row in range(y * PIXELS, (y + 1) * PIXELS):
        start = row * size * PIXELS + x * PIXELS
        pixels[start : start + width * PIXELS] = bytes([BLACK]) * (width * PIXELS)
