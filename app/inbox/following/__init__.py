"""Being told: who follows a report, who is called in a note, and what each is told of, on a page and by letter."""
