"""The words of posters that stand nowhere else. The others are those of the web form, so they are the same."""

from __future__ import annotations

from app.language import mark

SCAN = mark("Or point the camera of a phone here")
ASK_LATER = mark("You get a reference. Text STATUS and the reference to ask where it stands.")
WHATSAPP = "WhatsApp {number}"
PRINT_ME = mark("Print this page and put it up where people meet.")
