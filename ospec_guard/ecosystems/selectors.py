"""What people write to mean some packages: a name, a glob or a purl, each with a range of versions if wanted.

`django`, `mysql-*`, `@scope/*`, `pkg:npm/lodash@4.17.20`, `lodash@<4.17.21`, `requests>=2,<3`, `name@1.2.3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from ospec_guard.ecosystems import ECOSYSTEMS
from ospec_guard.ecosystems.base import Cover, Dependency
from ospec_guard.errors import nearest
from ospec_guard.values import value

_TEXT = re.compile(r"(@?[^@\s<>=!~^]+)\s*(?:@\s*(\S.*)|([<>=!~^].*))?", re.DOTALL)
_PURL = re.compile(r"pkg:/*([^/@?#]+)/([^@?#]+)(?:@([^?#]*))?")
_WILD = re.compile(r"[*?]+")


@value
class Selector:
    """Some packages, in some of their versions."""

    text: str
    """As written."""
    names: tuple[tuple[str, str], ...]
    """Ecosystem and normalised name or glob, for every ecosystem in which the text means something."""
    versions: str = ""
    """A range in the ecosystem's own words; empty: every version."""

    @property
    def is_glob(self) -> bool:
        return any(_WILD.search(name) for _, name in self.names)

    def selects(self, dependency: Dependency) -> bool:
        """Whether it means the dependency's package, in whatever version."""
        return any(
            ecosystem == dependency.ecosystem and (name == dependency.name or fnmatchcase(dependency.name, name))
            for ecosystem, name in self.names
        )

    def cover(self, dependency: Dependency, *, prereleases: bool) -> Cover:
        """How much of what the dependency may resolve to it means; `prereleases` as in `base.Ecosystem.cover`."""
        if not self.selects(dependency):
            return Cover.NONE
        if not self.versions:
            return Cover.ALL
        return ECOSYSTEMS[dependency.ecosystem].cover(self.versions, dependency, prereleases=prereleases)

    def could_be_in(self, text: str) -> bool:
        """Whether one of its names can be read in a text that nobody understood. True where there are escapes."""
        if "\\" in text or "%" in text:
            return True
        return any(
            all(part in ECOSYSTEMS[ecosystem].normalise(text) for part in _WILD.split(name)) for ecosystem, name in self.names
        )


def parse_selector(text: str, versions: str | None = None, ecosystems: Iterable[str] = tuple(ECOSYSTEMS)) -> Selector:
    """The selector that a text stands for; without a purl's type it holds in every given ecosystem whose words fit.

    `versions` is a range given beside the text, which must then have none. Raises ValueError, saying why.
    """
    known = tuple(ecosystems)
    if not text.strip():
        raise ValueError("the name of a package is empty")
    name, own, known = _purl(text, known) if text.startswith("pkg:") else (*_plain(text), known)
    if own and versions is not None:
        raise ValueError(f"'{text}' has a version already, beside '{versions}'")
    if versions is not None and not versions.strip():
        raise ValueError(f"the version of '{text}' is empty")
    wanted = (own or versions or "").strip()
    fitting = [each for each in known if ECOSYSTEMS[each].valid_name(_WILD.sub("x", name))]
    if not fitting:
        hint = "; leave out the extra: it is the same package" if "[" in name else ""
        raise ValueError(f"'{name}' cannot be the name of a package of {' or '.join(known)}{hint}")
    names, why = [], ""
    for each in fitting:
        try:
            if wanted:
                ECOSYSTEMS[each].check_range(wanted)
            names.append((each, ECOSYSTEMS[each].normalise(name)))
        except ValueError as error:
            why = why or str(error)
    if not names:
        raise ValueError(why)
    return Selector(text if own or not wanted else f"{text}@{wanted}", tuple(names), wanted)


def _plain(text: str) -> tuple[str, str]:
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no name, glob or purl, with or without a range of versions")
    return match[1], match[2] or match[3] or ""


def _purl(text: str, ecosystems: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Name, version and ecosystem of a purl (https://github.com/package-url/purl-spec), without qualifiers and subpath."""
    from urllib.parse import unquote

    match = _PURL.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a package URL: expected pkg:type/name or pkg:type/name@version")
    kind = match[1].lower()
    if kind not in ecosystems:
        hint = f"; {near}" if (near := nearest(kind, ecosystems)) else ""
        raise ValueError(f"'{kind}' in '{text}' is none of the ecosystems {', '.join(ecosystems)}{hint}")
    if match[3] == "":
        raise ValueError(f"'{text}' has an empty version")
    return unquote(match[2]), unquote(match[3] or ""), (kind,)
