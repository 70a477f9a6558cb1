"""A gateway library for text messages: what providers send, what they expect back, and what a text costs."""
