"""What everybody may read: who serves whom and how the money flows, posters, and the closed figures."""
