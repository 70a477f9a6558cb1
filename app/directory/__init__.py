"""Who serves whom: countries, sectors, entry points, partners, problem types and people's words for them."""
