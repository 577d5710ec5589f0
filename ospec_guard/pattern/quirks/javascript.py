"""How JavaScript's grammar, JSX included, maps to the vocabulary of `tree`."""

from __future__ import annotations

from ospec_guard.pattern.quirks.ecmascript import quirks

QUIRKS = quirks()
