"""Semgrep's operators, as written in a rule file, to formulas: the reader that Semgrep's rules and our `ast_pattern` share.

Both ways of writing are read: `pattern`, `patterns`, `pattern-either` …, and the newer `match` with `all`, `any`, `where` ….
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ospec_guard.document import Document
from ospec_guard.model import Place
from ospec_guard.pattern.formula import All, Either, Formula, Leaf, MatchesFormula
from ospec_guard.ruleset.conditions import CONDITIONS, RawWithin, is_metavariable, read_condition, read_focus, read_where
from ospec_guard.ruleset.reading import Notes, Term

TOP = ("pattern", "patterns", "pattern-either", "pattern-regex", "match")
"""The keys of a rule of which one says what it looks for."""

_HOLLOW = "nothing here says what to find"
_HOLLOW_HINT = "add a pattern, pattern-regex, pattern-either or pattern-inside: the other operators only restrict"
_ALONE = "put it beside what it restricts, in a list under 'patterns:'"

_Read = Callable[[Document], Term | None]


class Reader(Notes):
    """Reads what one rule looks for."""

    def __init__(self) -> None:
        super().__init__()
        self._within = 0
        """How many `metavariable-pattern` are around: what a metavariable stands for is there without being looked for."""
        self._written: dict[tuple[str, int], Document] = {}
        """Where patterns stand, by their texts and lines."""

    def formula(self, rule: Document) -> Formula | None:
        """What a mapping with one of the keys in TOP looks for; None where that cannot be told, and it is noted why."""
        present = [key for key in TOP if key in rule.value]
        if not present:
            self.wrong(rule, "nothing to look for", f"write one of {', '.join(TOP)}")
            return None
        for other in present[1:]:
            hint = "put both into a list under 'patterns:'"
            self.wrong(rule.at(other), f"'{other}' and '{present[0]}' exclude each other", hint)
        for key in rule.value:
            if key in _OLD and key not in TOP:
                why = f"'{key}' beside '{present[0]}' has no effect in Semgrep; it belongs into a list under 'patterns:'"
                self.cannot(rule.at(key), why)
        part = rule.at(present[0])
        term = self._new(part) if present[0] == "match" else _OLD[present[0]](self, part, present[0])
        return self._whole(term, part)

    def _whole(self, term: Term | None, part: Document) -> Formula | None:
        """A term that is all there is to find."""
        if term and not term.finds:
            self.wrong(part, _HOLLOW, _HOLLOW_HINT)
        return _finding(term) if term and term.finds else None

    # How operators of the older syntax are written: `key: text`, `key: {operator: …}` or `key: [{operator: …}, …]`.

    def _operator(self, part: Document) -> Term | None:
        """A mapping of one operator."""
        if not isinstance(part.value, dict):
            self.wrong(part, "expected an operator and what it is about", "write it like 'pattern: f(...)'")
            return None
        if len(part.value) != 1:
            got = ", ".join(f"'{key}'" for key in part.value) or "none"
            self.wrong(part, f"expected one operator, got {got}", "give each operator a '- ' of its own")
            return None
        [key] = part.value
        if key in _OLD:
            return _OLD[key](self, part.at(key), key)
        self.unknown(part.at(key), key, tuple(_OLD))
        return None

    def _nested(self, part: Document) -> Term | None:
        """What stands in `pattern-not` and its like: text, or a mapping of one operator."""
        return self.leaf(part, "pattern") if isinstance(part.value, str) else self._operator(part)

    def leaf(self, part: Document, key: str) -> Term | None:
        text = self.validated(part, str)
        if text is None:
            return None
        if not text.strip():
            self.wrong(part, "expected a pattern, got empty text")
            return None
        leaf = Leaf(text, "regex" in key, line_of(part))
        self._written[text, leaf.line] = part
        return Term("without" if "not" in key else "parts", leaf)

    def place_in(self, text: str, line: int, offset: int) -> Place | None:
        """The place of a code point of a pattern that begins on a line; None where no such pattern was read."""
        part = self._written.get((text, line))
        return place_in(part, offset) if part is not None else None

    def patterns(self, part: Document, _key: str) -> Term | None:
        return self._all(part, self._operator)

    def either(self, part: Document, _key: str) -> Term | None:
        return self._any(part, self._operator)

    def inside(self, part: Document, _key: str) -> Term | None:
        return self._turned(self._nested(part), part, {"parts": "inside", "inside": "inside"})

    def without(self, part: Document, _key: str) -> Term | None:
        return self._turned(self._nested(part), part, {"parts": "without", "inside": "outside"})

    def outside(self, part: Document, _key: str) -> Term | None:
        return self._turned(self._nested(part), part, {"parts": "outside", "inside": "outside"})

    def condition(self, part: Document, key: str) -> Term | None:
        return read_condition(self, part, key)

    def focus(self, part: Document, _key: str) -> Term | None:
        return read_focus(self, part)

    def metavariable_pattern(self, part: Document, _key: str) -> Term | None:
        raw = self.validated(part, RawWithin, TOP[:-1])
        if raw is None or not is_metavariable(self, part.at("metavariable"), raw.metavariable):
            return None
        self._within += 1
        formula = self.formula(part)
        self._within -= 1
        return Term("conditions", MatchesFormula(raw.metavariable, formula, raw.language)) if formula else None

    def refused(self, part: Document, key: str) -> Term | None:
        self.cannot(part, f"'{key}' cannot run in this version")
        return None

    # The newer syntax: text stands for a pattern, a mapping has one operator and perhaps `where`.

    def _new(self, part: Document) -> Term | None:
        if isinstance(part.value, str):
            return self.leaf(part, "pattern")
        if self.validated(part, dict[str, Any]) is None:
            return None
        return self._new_mapping(part, [key for key in part.value if key != "where"])

    def _new_mapping(self, part: Document, keys: list[str]) -> Term | None:
        """A pattern of the newer syntax, of which `keys` are the operators: there must be one."""
        unknown = [key for key in keys if key not in _NEW]
        for key in unknown:
            self.unknown(part.at(key), key, (*_NEW, "where"))
        if not unknown and len(keys) != 1:
            self.wrong(part, f"expected one of {', '.join(_NEW)}; got {', '.join(keys) or 'none'}")
        if unknown or len(keys) != 1:
            return None
        where = part.at("where") if "where" in part.value else None
        if keys[0] == "all":
            return self._all(part.at("all"), self._new, where)
        term = _NEW[keys[0]](self, part.at(keys[0]), keys[0])
        if not term or not where:
            return term
        if not term.finds:
            self.cannot(where, f"conditions on '{keys[0]}'")
            return None
        return Term(term.role, _together([Term("parts", term.value), *self._where(where)]))

    def new_any(self, part: Document, _key: str) -> Term | None:
        return self._any(part, self._new)

    def new_inside(self, part: Document, _key: str) -> Term | None:
        return self._turned(self._new(part), part, {"parts": "inside", "inside": "inside"})

    def new_without(self, part: Document, _key: str) -> Term | None:
        return self._turned(self._new(part), part, {"parts": "without", "inside": "outside"})

    def _where(self, part: Document) -> list[Term]:
        return [term for _, term in self._items(part, lambda item: read_where(self, item, self._of_metavariable))]

    def _of_metavariable(self, part: Document) -> Formula | None:
        """What an entry of `where` looks for within its metavariable."""
        self._within += 1
        term = self._new_mapping(part, [key for key in part.value if key not in ("metavariable", "language", "where")])
        self._within -= 1
        return self._whole(term, part)

    # What both have in common.

    def _items(self, part: Document, read: _Read) -> list[tuple[Document, Term]]:
        """The entries of a list; those that are malformed are left out."""
        if self.validated(part, tuple[Any, ...]) is None:
            return []
        if not part.value:
            self.wrong(part, "expected at least one entry, got an empty list")
        found = [(part.at(index), read(part.at(index))) for index in range(len(part.value))]
        return [(item, term) for item, term in found if term]

    def _all(self, part: Document, read: _Read, where: Document | None = None) -> Term | None:
        noted = len(self)
        terms = [term for _, term in self._items(part, read)]
        terms += self._where(where) if where else []
        if noted == len(self) and not self._within and not any(term.finds for term in terms):
            self.wrong(part, _HOLLOW, _HOLLOW_HINT)
        return Term("parts", _together(terms))

    def _any(self, part: Document, read: _Read) -> Term | None:
        found = self._items(part, read)
        for item, term in found:
            if not term.finds:
                self.wrong(item, "this finds nothing by itself and can be no alternative", _ALONE)
        terms = [term for _, term in found if term.finds]
        if terms and all(term.role == "inside" for term in terms):
            return Term("inside", Either(tuple(term.value for term in terms)))
        return Term("parts", Either(tuple(_finding(term) for term in terms)))

    def _turned(self, term: Term | None, part: Document, roles: dict[str, str]) -> Term | None:
        """A term in another role."""
        if term and term.role not in roles:
            self.cannot(part, "a negation or a condition is the whole of what another operator is about")
            return None
        return Term(roles[term.role], term.value) if term else None


def _finding(term: Term) -> Formula:
    formula: Formula = All(inside=(term.value,)) if term.role == "inside" else term.value
    return formula


def _together(terms: list[Term]) -> All:
    roles = ("parts", "inside", "without", "outside", "conditions", "focus")
    return All(*(tuple(term.value for term in terms if term.role == role) for role in roles))


def line_of(part: Document) -> int:
    """The 1-based line that the text of a value begins on: of a block, the line after the `|`."""
    span = part.value_span()
    if span is None:
        return part.place().line
    data, start = part.layout.text.data, span[0]
    return part.layout.text.place(start).line + _is_block(data, start)


def _is_block(data: bytes, start: int) -> bool:
    """Whether a value is a block scalar."""
    return data[start : start + 1] in (b"|", b">") and data[start - 1 : start] not in (b"'", b'"')


def place_in(part: Document, offset: int) -> Place:
    """The place of a code point of a text: exact in blocks (`|`) and where the text stands as it is, else its beginning."""
    span, written, text = part.value_span(), part.written(), part.value
    if span is None or written is None:
        return part.place()
    at, place = span[0], part.layout.text.place
    if written == text:
        return place(at + len(text[:offset].encode()))
    if not _is_block(part.layout.text.data, at):
        return place(at)
    number = text.count("\n", 0, offset) if written[0] == "|" else 0
    before, wanted = written.split("\n")[: number + 2], text.split("\n")[number]
    line = before.pop()
    inside = len(line) - len(line.lstrip())
    if written[0] == "|" and line.rstrip("\r").endswith(wanted):
        inside = len(line.rstrip("\r")) - len(wanted) + offset - (text.rfind("\n", 0, offset) + 1)
    return place(at + sum(len(one.encode()) + 1 for one in before) + len(line[:inside].encode()))


_OLD: dict[str, Callable[[Reader, Document, str], Term | None]] = {
    "pattern": Reader.leaf,
    "patterns": Reader.patterns,
    "pattern-either": Reader.either,
    "pattern-regex": Reader.leaf,
    "pattern-inside": Reader.inside,
    "pattern-not": Reader.without,
    "pattern-not-inside": Reader.outside,
    "pattern-not-regex": Reader.leaf,
    **dict.fromkeys(CONDITIONS, Reader.condition),
    "metavariable-pattern": Reader.metavariable_pattern,
    "focus-metavariable": Reader.focus,
    "pattern-where-python": Reader.refused,
    "semgrep-internal-pattern-anywhere": Reader.refused,
}

_NEW: dict[str, Callable[[Reader, Document, str], Term | None]] = {
    "pattern": Reader.leaf,
    "regex": Reader.leaf,
    "all": Reader.patterns,
    "any": Reader.new_any,
    "inside": Reader.new_inside,
    "not": Reader.new_without,
    "anywhere": Reader.refused,
    "taint": Reader.refused,
}
