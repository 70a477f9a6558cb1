"""E-mail to staff: queued with what caused it, sent by the worker."""
