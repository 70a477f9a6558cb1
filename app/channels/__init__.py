"""Endpoints only: what providers and browsers call. Wire formats are in `sms/`, meaning in `conversation/`."""
