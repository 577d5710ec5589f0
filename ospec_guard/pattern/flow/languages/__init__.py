"""A language is a module here: what it does in its own way, as tables of functions that lower its kinds of nodes."""
