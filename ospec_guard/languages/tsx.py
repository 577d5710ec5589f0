"""Facts of the grammar of TypeScript with JSX in it."""

from __future__ import annotations

from dataclasses import replace

from ospec_guard.languages.typescript import FACTS as _TYPESCRIPT

FACTS = replace(_TYPESCRIPT, function="language_tsx")
