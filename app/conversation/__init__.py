"""What is asked of people and what is answered, in which order; no transport, no provider."""
