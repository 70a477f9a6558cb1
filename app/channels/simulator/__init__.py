"""A phone on a page, to try everything with: it exists in demo mode only, and posts what providers would post."""
