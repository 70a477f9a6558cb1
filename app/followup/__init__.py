"""Budget cases: from a gap to the money behind it, to an answer, to people's word that it was mended."""
