"""The one digest that identities are made with: of findings, gaps, and findings about the policy itself."""

from __future__ import annotations

import hashlib


def digest(*parts: str) -> str:
    """128 bits of SHA-256 over length-prefixed parts, as 32 hex digits."""
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogateescape")
        hasher.update(b"%d:" % len(data))
        hasher.update(data)
    return hasher.hexdigest()[:32]
