"""Kotlin: nothing yet that the vocabulary does not say."""

from __future__ import annotations

from ospec_guard.pattern.flow.lowering import Flows

FLOWS = Flows()
