"""From what a person wrote to what it is about: pure, no database and no network."""
