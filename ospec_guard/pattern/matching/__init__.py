"""Whether a pattern tree matches a piece of code, and in which ways.

Every function takes a pattern node, a node of the code and the bindings so far, and returns all bindings under which they
match: none, one (the same object where nothing was bound) or several. What Semgrep holds for equal is equal here; each such
equivalence is one short function, named in `docs/semgrep-compatibility.md`.
"""

from __future__ import annotations

from ospec_guard.pattern.matching.equivalences import Matcher
from ospec_guard.pattern.matching.shapes import Env, Ways

__all__ = ["Env", "Matcher", "Ways"]
