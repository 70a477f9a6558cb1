"""Webhooks: a partner's own systems are told that something happened, by the worker, signed, and never words."""
