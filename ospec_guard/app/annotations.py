"""Semgrep's way of testing rules: which files test a rule file, and the comments in them that say what must be reported.

`ruleid: a, b` means that each of the rules reports the next line, `ok: a` that this one does not; `todoruleid: a` and
`todook: a` that it wrongly misses or reports the next line, for now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ospec_guard.ruleset.files import ENDINGS, is_test_name
from ospec_guard.values import value

KINDS = ("ruleid", "ok", "todoruleid", "todook")

_OPENINGS = r"#|//|/\*|<!--|\(\*|--|;|%"
_COMMENT = re.compile(rf"(?:{_OPENINGS})\s*(?P<kind>{'|'.join(KINDS)}):(?P<rest>.*)")
_OTHER_ENGINES = re.compile(r"(?:\s*(?:pro|deep)?(?:todo)?(?:ruleid|ok):)+")
"""What Semgrep's paid engines are expected to do, written between the annotation and the ids."""
_CLOSING = re.compile(r"\s*(?:-->|\*\)|\*/\}?)?\s*$")


@value
class Annotation:
    """What a comment says of one rule on one line."""

    kind: str
    """One of KINDS."""
    rule: str
    """As written."""
    line: int
    """1-based: the line spoken of, below the comment."""


def read_annotations(text: str) -> tuple[Annotation, ...]:
    """All annotations of a test file, in order."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _COMMENT.search(line)
        if match:
            rest = _OTHER_ENGINES.sub("", match["rest"], count=1) if _OTHER_ENGINES.match(match["rest"]) else match["rest"]
            names = (name.strip() for name in _CLOSING.sub("", rest, count=1).split(","))
            found += [Annotation(match["kind"], name, number + 1) for name in names if name]
    return tuple(found)


@value
class Verdict:
    """How the lines that a rule reports compare with those it is expected to report."""

    missing: tuple[int, ...]
    unexpected: tuple[int, ...]
    mended: tuple[tuple[str, int], ...]
    """Todo annotations that have been overtaken: (kind, line)."""

    @property
    def passed(self) -> bool:
        return not self.missing and not self.unexpected


def compared(annotations: Iterable[Annotation], reported: frozenset[int]) -> Verdict:
    """The verdict on one rule in one file, from the annotations that name it. Lines with a todo decide nothing."""
    lines: dict[str, set[int]] = {kind: set() for kind in KINDS}
    for annotation in annotations:
        lines[annotation.kind].add(annotation.line)
    todo = lines["todoruleid"] | lines["todook"]
    mended = [("todoruleid", line) for line in lines["todoruleid"] & reported]
    mended += [("todook", line) for line in lines["todook"] - reported]
    return Verdict(
        tuple(sorted(lines["ruleid"] - todo - reported)),
        tuple(sorted(reported - todo - lines["ruleid"])),
        tuple(sorted(mended, key=lambda pair: pair[1])),
    )


def stem(name: str) -> str:
    """What a rule file's name and those of its tests begin with."""
    return name.split(".", 1)[0]


def trial_files(rule_file: str, names: Iterable[str]) -> list[str]:
    """Of the files in a folder, those that a rule file is tested on, sorted."""
    return sorted(
        name
        for name in names
        if stem(name) == stem(rule_file) and not _is_rule_file(name) and "fixed" not in name.split(".")[1:]
    )


def fixed_of(test: str, names: Iterable[str]) -> str | None:
    """Of the files in a folder, what a test must look like when all its findings are fixed; None: there is no such file."""
    for name in sorted(names):
        first, *rest = name.split(".")
        if "fixed" in rest:
            rest.remove("fixed")
            if ".".join([first, *rest]) == test:
                return name
    return None


def _is_rule_file(name: str) -> bool:
    return name.endswith(ENDINGS) and not is_test_name(name)
