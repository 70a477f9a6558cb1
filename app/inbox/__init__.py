"""The partner's inbox: what came in, what was done about it, and what to do next."""
