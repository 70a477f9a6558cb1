"""Gaps: reports of one kind, at one entry point, in one area, gathered as they come in."""
