"""Who serves whom, edited: the pages of administrators and of partners' leads."""
