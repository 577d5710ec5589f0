"""Who a finding is, whatever line it stands on: digests of what it is about.

A finding's identity is made of the rule, the path, the enclosing definition and the matched tokens without white space and
comments; the fingerprint adds an ordinal among equals. The same values serve baseline, waivers and every report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ospec_guard.digests import digest
from ospec_guard.languages import Structure
from ospec_guard.model import Finding, Match
from ospec_guard.source import Source
from ospec_guard.values import replace

_WINDOW = 100
"""Characters GitHub hashes from the start of a line (github/codeql-action, src/fingerprints.ts)."""
_FACTOR = 37
_END_OF_FILE = 65535
_MODULUS = 1 << 64


def matched_tokens(source: Source, structure: Structure | None, match: Match) -> str:
    """What a match is about: the tokens of the statement around it, or of its lines where there is no grammar.

    The statement rather than the bare match, so that a rule matching `eval(` tells `eval(a)` from `eval(b)`.
    """
    if match.tokens is not None:
        return match.tokens
    if structure is not None:
        start, end = structure.statement(match.start, match.end)
        return structure.tokens(min(start, match.start), max(end, match.end))
    start, _ = source.line_bounds(source.line_of(match.start))
    _, end = source.line_bounds(source.line_of(max(match.start, match.end - 1)))
    return b"".join(source.data[start:end].split()).decode()


def with_ordinals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file in report order, each with its fingerprint: equals are told apart by their order."""
    seen: Counter[str] = Counter()
    numbered = []
    for finding in sorted(findings, key=lambda f: f.sort_key):
        numbered.append(replace(finding, fingerprint=digest(finding.identity, str(seen[finding.identity]))))
        seen[finding.identity] += 1
    return tuple(numbered)


def line_hashes(source: Source, lines: Iterable[int]) -> dict[int, str]:
    """GitHub's `primaryLocationLineHash` of some 1-based lines: `<hex>:<n>`, n counting equal lines from the file's start.

    Equal hashes come from equal windows, and those from equal lines: only lines that equal a wanted one are looked at.
    """
    wanted = frozenset(lines)
    if not wanted:
        return {}
    text = _as_github_reads(source).replace("\r\n", "\n").replace("\r", "\n")
    bare = text.replace(" ", "").replace("\t", "").split("\n")
    sought = {bare[line - 1] for line in wanted}
    seen: Counter[tuple[int, ...]] = Counter()
    hashes: dict[int, str] = {}
    for line in range(1, max(wanted) + 1):
        if bare[line - 1] in sought:
            window = _window(bare, line - 1)
            seen[window] += 1
            if line in wanted:
                hashes[line] = f"{_rolled(window):x}:{seen[window]}"
    return hashes


def _window(bare: list[str], first: int) -> tuple[int, ...]:
    """The code units that GitHub hashes, from the start of the line at `first`."""
    units: list[int] = []
    for position in range(first, len(bare)):
        units += _units(bare[position][:_WINDOW])
        units.append(10 if position < len(bare) - 1 else _END_OF_FILE)
        if len(units) >= _WINDOW:
            break
    return tuple(units[:_WINDOW])


def _as_github_reads(source: Source) -> str:
    """The file decoded as UTF-8 whatever it is in, its byte order mark a character like others."""
    text = source.data.decode()
    if source.encoding == "latin-1":
        return text.encode("latin-1").decode(errors="replace")
    return "\ufeff" + text if source.encoding == "utf-8-sig" else text


def _units(line: str) -> list[int]:
    """UTF-16 code units of a line without spaces and tabs."""
    if line.isascii():
        return list(line.encode())
    data = line.encode("utf-16-le", errors="surrogatepass")
    return [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]


def _rolled(window: tuple[int, ...]) -> int:
    value = 0
    for unit in window:
        value = (value * _FACTOR + unit) % _MODULUS
    return value * pow(_FACTOR, _WINDOW - len(window), _MODULUS) % _MODULUS
