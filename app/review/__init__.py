"""What IBP sees: closed figures and shared cases; never words, numbers, photos or exact places."""
