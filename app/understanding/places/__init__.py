"""Names of places in the seven countries, and finding them in a message."""
