"""What references between files mean: which module, and which of the names that modules define.

Knows nothing of what the names stand for; references are those of `facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ospec_guard.metrics.endpoints.facts import module_of


class References:
    """An index over references that are known from the root: of modules, or of what modules define."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._ending: dict[str, list[str]] = defaultdict(list)
        """Last word, and the references that end with it, sorted."""
        for reference in sorted(self._known):
            self._ending[reference.rpartition(".")[2]].append(reference)

    def find(self, reference: str, path: str) -> str:
        """The known reference that one used in the file at `path` means, of several the nearest to it; empty for none."""
        if reference.startswith(".") or not reference:
            return reference if reference in self._known else ""
        ending = f".{reference}"
        found = [one for one in self._ending.get(reference.rpartition(".")[2], ()) if one.endswith(ending)]
        near = module_of(path)
        return max(found, key=lambda one: (shared(one, near), -len(one)), default="")

    def below(self, reference: str) -> str:
        """The only known reference with the last word of this one somewhere below its parent; empty for none or several.

        A package hands out what its modules define, an instance of a class its methods.
        """
        parent, _, name = reference.rpartition(".")
        above = f"{parent}." if reference.startswith(".") else f".{parent}."
        anchored = reference.startswith(".")
        among = self._ending.get(name, ())
        found = [one for one in among if (one.startswith(above) if anchored else above in one)]
        return found[0] if len(found) == 1 else ""


def parents(reference: str, count: int) -> list[str]:
    """The reference without its last word, without its last two, and so on."""
    found = []
    for _ in range(count):
        reference = reference.rpartition(".")[0]
        found.append(reference)
    return found


def shared(one: str, other: str) -> int:
    """How many leading words two references share."""
    count = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        count += 1
    return count
