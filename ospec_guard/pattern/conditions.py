"""The conditions of Semgrep's rules on single metavariables: whether what they stand for matches, compares, looks like a kind.

`metavariable-pattern` is `evaluate`'s: it needs the engines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ospec_guard.pattern.comparing import true_of
from ospec_guard.pattern.entropy import looks_random
from ospec_guard.pattern.formula import Analysis, Comparison, HasType, MatchesRegex, PlainCondition
from ospec_guard.pattern.hits import Bindings, Bound
from ospec_guard.pattern.literals import Literal, quoted
from ospec_guard.pattern.redos import may_explode
from ospec_guard.pattern.textual import anchored, bound

_ANALYZERS: Mapping[str, Callable[[str], bool]] = {
    "entropy": looks_random,
    "redos": may_explode,
}
ANALYZERS = tuple(_ANALYZERS)
"""What `metavariable-analysis` can ask for."""


def holds(
    condition: PlainCondition,
    bindings: Bindings,
    *,
    type_of: Callable[[Bound], Sequence[str]] | None = None,
    resolve: Callable[[Bound], str | None] | None = None,
) -> bool:
    """Whether a condition holds. One on a metavariable that stands for nothing does not.

    `type_of` tells the declared type of a piece of code, `resolve` the dotted name that it stands for; None: nobody knows.
    Raises InvalidRegexError and RegexTimeoutError.
    """
    if isinstance(condition, Comparison):
        return true_of(condition, bindings)
    subject = bindings.get(condition.metavariable)
    if subject is None:
        return False
    if isinstance(condition, MatchesRegex):
        text = text_of(subject, constants=condition.constants)
        return anchored(condition.regex).search(text.encode(errors="replace")) is not None
    if isinstance(condition, Analysis):
        analyze = _ANALYZERS.get(condition.analyzer)
        return analyze is not None and analyze(_content(subject.text))
    if isinstance(condition, HasType):
        known = type_of(subject) if type_of else ()
        return any(_same_type(one, wanted) for one in known for wanted in condition.types)
    name = resolve(subject) if resolve else None
    return name is not None and (not condition.modules or any(name == m or name.startswith(f"{m}.") for m in condition.modules))


def captured(condition: MatchesRegex, bindings: Bindings) -> dict[str, Bound]:
    """What the groups of a `metavariable-regex` that holds stand for, as `$1` and `$NAME`."""
    subject = bindings.get(condition.metavariable)
    if subject is None:
        return {}
    data = text_of(subject, constants=condition.constants).encode(errors="replace")
    _, groups = next(anchored(condition.regex).captures(data), ((0, 0), {}))
    found = {f"${name}": bound(data, span) for name, span in groups.items()}
    if subject.start >= 0 and not (condition.constants and subject.value is not None):
        for each in found.values():
            each.start += subject.start
            each.end += subject.start
    return found


def text_of(subject: Bound, *, constants: bool = False) -> str:
    """The text a metavariable stands for; with `constants`, that of the constant it holds, where it holds one."""
    return subject.text if not constants or subject.value is None else spelled(subject.value)


def spelled(value: Literal) -> str:
    """A constant as `str` of a comparison gives it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _content(text: str) -> str:
    """A string literal without its quotes, with quotes and backslashes in it as they are meant; other code as it is."""
    inside = quoted(text)
    if inside is None:
        return text
    for quote in ("\\", "'", '"'):
        inside = inside.replace(f"\\{quote}", quote) if quote != "\\" else inside.replace("\\\\", "\0")
    return inside.replace("\0", "\\")


def _same_type(known: str, wanted: str) -> bool:
    """Types are the same whatever the spaces, and if either is written with its package and the other without."""
    known, wanted = "".join(known.split()), "".join(wanted.split())
    return known == wanted or known.endswith(f".{wanted}") or wanted.endswith(f".{known}")
