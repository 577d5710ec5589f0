"""The three engines behind a formula: code, plain text, regular expressions; each finds leaves in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ospec_guard.languages import LANGUAGES, Language, Structure, by_name, parse
from ospec_guard.pattern.code import Code
from ospec_guard.pattern.evaluate import Finder
from ospec_guard.pattern.formula import Analysis, Comparison, Leaf, MatchesRegex, PlainCondition
from ospec_guard.pattern.hits import Bindings, Bound, Hit
from ospec_guard.pattern.matching import Matcher
from ospec_guard.pattern.matching.shapes import types_of_literal
from ospec_guard.pattern.names import content_of
from ospec_guard.pattern.node import SPECIAL, Node
from ospec_guard.pattern.parse import Pattern, parse_pattern
from ospec_guard.pattern.plaintext import find as find_plain
from ospec_guard.pattern.plaintext import required as plain_words
from ospec_guard.pattern.scope import Scope
from ospec_guard.pattern.search import estimate, find

Settings = Mapping[str, Any]


_REGEX = 20
_ANYTHING = 10_000_000
"""Costs of leaves, where a word costs its places: what can be found fast goes first."""


class TextFinder:
    """Leaves in a text without structure: plain patterns and regular expressions."""

    takes_hints = False

    def __init__(self, data: bytes, settings: Settings, *, patterns: bool = True) -> None:
        """`patterns`: a leaf that is no expression is a plain pattern; else (language `regex`) it is an expression too."""
        self.data = data
        self._settings = settings
        self._patterns = patterns

    def find(self, leaf: Leaf, scope: Scope) -> list[Hit]:
        if leaf.is_regex or not self._patterns:
            from ospec_guard.pattern.textual import find_regex

            return find_regex(leaf.text, self.data, scope.within)
        return find_plain(leaf.text, self.data, self._settings, scope.within)

    def possible(self, leaf: Leaf) -> bool:
        if leaf.is_regex or not self._patterns:
            return True
        return all(word.encode() in self.data for word in plain_words(leaf.text, self._settings))

    def cost(self, leaf: Leaf, scope: Scope) -> int:  # noqa: ARG002 - what is known of metavariables is of no use here
        return _REGEX if leaf.is_regex or not self._patterns else len(self.data)

    def holds(self, condition: PlainCondition, bindings: Bindings) -> bool:
        from ospec_guard.pattern.conditions import holds

        return holds(condition, bindings)

    def within(self, bound: Bound, language: str) -> tuple[Finder, Hit] | None:
        if language and language not in ("generic", "regex", "none"):
            return in_language(bound, language, self._settings)
        inner = TextFinder(bound.text.encode(), self._settings, patterns=language not in ("regex", "none") and self._patterns)
        return inner, Hit(0, len(inner.data), {})


class CodeFinder:
    """Leaves in the code of one file."""

    takes_hints = True

    def __init__(self, code: Code, language: Language, settings: Settings, kept: dict[Any, list[Hit]]) -> None:
        """`kept`: what leaves found so far, for all rules with these settings."""
        self._code = code
        self._language = language
        self._settings = settings
        self._matcher = Matcher(code, dict(settings))
        self._kept = kept
        self._patterns: dict[str, Pattern] = {}
        self._possible: dict[str, bool] = {}
        self._window: tuple[int, int] | None = None
        """The piece of the file that is the whole text for expressions."""

    def find(self, leaf: Leaf, scope: Scope) -> list[Hit]:
        if leaf.is_regex and self._window is not None:
            from ospec_guard.pattern.textual import find_inside

            return find_inside(leaf.text, self._code.data, self._window)
        key = (leaf.text, leaf.is_regex)
        if key in self._kept:
            found = self._kept[key]
            return found if scope.within is None else [hit for hit in found if scope.holds(hit.start, hit.end)]
        if leaf.is_regex:
            from ospec_guard.pattern.textual import find_regex

            found = find_regex(leaf.text, self._code.data, scope.within)
        else:
            found = find(self._pattern(leaf), self._code, self._matcher, scope)
        if scope.is_everywhere and not scope.hints:
            self._kept[key] = found
        return found

    def _pattern(self, leaf: Leaf) -> Pattern:
        found = self._patterns.get(leaf.text)
        if found is None:
            found = self._patterns[leaf.text] = self._compiled(leaf)
        return found

    def _compiled(self, leaf: Leaf) -> Pattern:
        # What was read by another grammar than its language's (C as C++) takes patterns by that one.
        grammar = self._code.grammar
        kept = leaf.compiled.get(grammar) if leaf.compiled is not None else None
        if kept is not None:
            return kept
        own = grammar == (self._language.facts or self._language.name)
        return parse_pattern(leaf.text, self._language if own else LANGUAGES[grammar])

    def possible(self, leaf: Leaf) -> bool:
        if leaf.is_regex:
            return True
        known = self._possible.get(leaf.text)
        if known is None:
            known = self._possible[leaf.text] = self._has_all(self._pattern(leaf).words)
        return known

    def _has_all(self, words: Sequence[str]) -> bool:
        uses = self._code.uses
        for word in words:  # noqa: SIM110 - asked for every pattern of every rule and file: twice as fast as `all`
            if not uses(word):
                return False
        return True

    def cost(self, leaf: Leaf, scope: Scope) -> int:
        if leaf.is_regex:
            return _REGEX
        pattern = self._pattern(leaf)
        if is_open(pattern.root):
            return _ANYTHING
        counts = [len(self._code.uses(word)) for word in pattern.words]
        hinted = [scope.hints[name] for name in pattern.names if name in scope.hints] if scope.hints else ()
        counts += [len(self._code.places_of(needles)) for needles in hinted]
        return min(counts) if counts else estimate(pattern.root, self._code, self._matcher)

    def holds(self, condition: PlainCondition, bindings: Bindings) -> bool:
        from ospec_guard.pattern.conditions import holds

        return holds(condition, self._valued(condition, bindings), type_of=self._type_of, resolve=self._resolve)

    def _valued(self, condition: PlainCondition, bindings: Bindings) -> Bindings:
        """The bindings, constants known by propagation filled in where the condition asks for values."""
        for name in _valued_in(condition):
            bound = bindings.get(name)
            if (
                bound is not None
                and bound.value is None
                and isinstance(bound.node, Node)
                and self._settings.get("constant_propagation", True)
            ):
                known = self._code.names.value_of(bound.node)
                if known is not None:
                    bound.value = known
        return bindings

    def _type_of(self, bound: Bound) -> Sequence[str]:
        """The ways to write the type of what is bound, as far as it is known."""
        if not isinstance(bound.node, Node):
            return ()
        found = self._code.names.type_of(bound.node)
        if found is not None:
            return (self._code.data[found.start : found.end].decode(errors="replace"),)
        return types_of_literal(bound.node, self._code.quirks)

    def _resolve(self, bound: Bound) -> str | None:
        path = self._code.names.imports.get(bound.text.partition(".")[0])
        if path is None:
            return None
        return ".".join([*path, *bound.text.split(".")[1:]])

    def within(self, bound: Bound, language: str) -> tuple[Finder, Hit] | None:
        wanted = by_name(language) if language and language not in ("regex", "none", "generic") else None
        is_content = isinstance(bound.value, str)
        if language and (wanted is None or wanted.name != self._language.name or bound.start < 0 or is_content):
            return in_language(bound, language, self._settings)
        if bound.start < 0 or bound.node is None:
            return in_language(bound, self._language.name, self._settings)
        inner = CodeFinder(self._code, self._language, self._settings, self._kept)
        inner._window = (bound.start, bound.end)
        return inner, Hit(bound.start, bound.end, {})


def _valued_in(condition: PlainCondition) -> Iterable[str]:
    """The metavariables whose values a condition looks at."""
    if isinstance(condition, Comparison):
        return {*re.findall(r"\$[A-Z_0-9]+", condition.expression), condition.metavariable}
    if isinstance(condition, Analysis) or (isinstance(condition, MatchesRegex) and condition.constants):
        return (condition.metavariable,)
    return ()


def in_language(bound: Bound, language: str, settings: Settings) -> tuple[Finder, Hit] | None:
    """What a metavariable stands for, read as a text of its own in a language; None where that cannot be parsed."""
    text = bound.value if isinstance(bound.value, str) else bound.text
    if (
        isinstance(bound.node, Node)
        and bound.node.kind == "str"
        and all(kid and kid.kind == "chars" for kid in bound.node.kids)
    ):
        text = content_of(bound.node)
    data = text.encode()
    whole = Hit(0, len(data), {})
    if language in ("regex", "none"):
        return TextFinder(data, settings, patterns=False), whole
    if language == "generic":
        return TextFinder(data, settings), whole
    found = by_name(language)
    if found is None or not found.grammar:
        return None
    structure = parse(found, data)
    if structure.lost or structure.broken:
        return None
    return CodeFinder(Code(structure, found.facts or found.name), found, settings, {}), whole


def code_of(structure: Structure, language: Language) -> Code:
    """The code of a parsed file. A C file may have been read as C++: its facts say by which grammar."""
    from ospec_guard.languages.grammar import facts_of

    own = language.facts or language.name
    other = facts_of(own).fallback
    return Code(structure, other if other and structure.facts is facts_of(other) else own)


def is_open(root: Node) -> bool:
    """Whether a pattern says nothing about what it matches."""
    return root.kind in SPECIAL or (root.kind == "stmts" and all(kid is None or kid.kind in SPECIAL for kid in root.kids))
