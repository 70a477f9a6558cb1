"""Reports: what people said is missing, where it stands, and what was done about it."""
