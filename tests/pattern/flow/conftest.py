"""Puts this directory on the path, for `flowing`."""
