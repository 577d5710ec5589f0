"""What all tests share: hypothesis without a clock and without chance, and `tests/` on the path for `rule_world`."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")
