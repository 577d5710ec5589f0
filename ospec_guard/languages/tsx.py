"""Facts of the grammar of TypeScript with JSX in it."""

from __future__ import annotations

from ospec_guard.languages.typescript import FACTS as _TYPESCRIPT
from ospec_guard.values import replace

FACTS = replace(_TYPESCRIPT, function="language_tsx")
