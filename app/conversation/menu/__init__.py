"""The menu that people dial: which screens there are and in which order; no transport, no provider."""
