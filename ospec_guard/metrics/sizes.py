"""Sizes as people write them: `250KB`, `1.5 MiB`, or a number of bytes."""

from __future__ import annotations

import re

UNITS: dict[str, int] = {
    "b": 1,
    "kb": 1000,
    "mb": 1000**2,
    "gb": 1000**3,
    "kib": 1024,
    "mib": 1024**2,
    "gib": 1024**3,
}
"""Bytes of each unit, by its lower-case name: thousands as SI has them, KiB and its kin for powers of 1024."""

EXPECTED = "a size such as 250KB, 1.5 MiB or a number of bytes"

_SIZE = re.compile(r"(\d+)(?:\.(\d+))?\s*([A-Za-z]*)", re.ASCII)


def parse_size(value: str | int) -> int:
    """The bytes of a size, a fraction of a byte dropped; units in any case. Raises ValueError saying what was expected."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise ValueError(f"expected {EXPECTED}")  # noqa: TRY004 - one error type for whatever a file may hold
    if isinstance(value, int):
        if value < 0:
            raise ValueError(f"{value} is negative, expected {EXPECTED}")
        return value
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"'{value}' is no size, expected {EXPECTED}")
    whole, fraction, unit = match[1], match[2] or "", match[3].lower() or "b"
    if unit not in UNITS:
        raise ValueError(f"'{match[3]}' is no unit, expected B, KB, MB, GB (thousands) or KiB, MiB, GiB (1024)")
    # Whole numbers throughout, so that no size is off by one through a float.
    return int(whole + fraction) * UNITS[unit] // int(10 ** len(fraction))
