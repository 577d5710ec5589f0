"""The grammar of TypeScript with JSX in it maps to the vocabulary of `tree` as TypeScript's does."""

from __future__ import annotations

from ospec_guard.pattern.quirks.typescript import QUIRKS

__all__ = ["QUIRKS"]
