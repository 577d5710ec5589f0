"""The other engine of generic patterns (`generic_engine: aliengrep`): a pattern becomes one regular expression.

Unlike in `plaintext`, blocks mean nothing, brackets belong together over lines, and dots reach as far as they must. With
`generic_multiline: false` line ends count: `...` stays in its line, `....` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ospec_guard.pattern.hits import Bound, Hit
from ospec_guard.pattern.literals import integer
from ospec_guard.protocols import UnsupportedError
from ospec_guard.regular import compile_regex
from ospec_guard.values import value

_WORD = "A-Za-z0-9_"
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))


@value
class _Manner:
    """How patterns are read."""

    caseless: bool
    multiline: bool
    word: str
    """The characters of words, as they stand in a set."""
    brackets: tuple[tuple[str, str], ...]


@value
class _Node:
    """A part of a pattern."""

    kind: str
    """`word`, `sign`, `line_end`, `dots`, `long_dots`, `metavariable`, `brackets`."""
    text: str = ""
    """As written; of dots and metavariables the name, of brackets the two of them."""
    inner: tuple[_Node, ...] = ()


def find(
    pattern: str, data: bytes, settings: Mapping[str, object], within: Sequence[tuple[int, int]] | None = None
) -> list[Hit]:
    """As `plaintext.find`. Raises RegexTimeoutError too."""
    expression, names = translated(pattern, manner_of(settings))
    hits = []
    for (start, end), groups in compile_regex(expression).captures(data):
        if within is None or any(first <= start and end <= last for first, last in within):
            found = {names[name]: _bound(data, span) for name, span in groups.items() if name in names}
            hits.append(Hit(start, end, found))
    return hits


def _bound(data: bytes, span: tuple[int, int]) -> Bound:
    text = data[span[0] : span[1]].decode(errors="replace")
    number = integer(text)
    return Bound(*span, text, text, value=text if number is None else number)


def words_of(pattern: str, settings: Mapping[str, object]) -> tuple[str, ...]:
    """The words that any text must contain for the pattern to match in it, longest first."""
    manner = manner_of(settings)
    if manner.caseless:
        return ()
    found = {node.text for node in _flat(_parsed(pattern, manner)) if node.kind == "word"}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def manner_of(settings: Mapping[str, object]) -> _Manner:
    """How the `generic_…` options have patterns read. Raises UnsupportedError."""
    extra = _texts(settings, "generic_extra_word_characters")
    base = _pairs(settings, "generic_braces") if "generic_braces" in settings else _BRACKETS
    return _Manner(
        bool(settings.get("generic_caseless", False)),
        bool(settings.get("generic_multiline", True)),
        _WORD + "".join(re.escape(character) for character in extra),
        base + _pairs(settings, "generic_extra_braces"),
    )


def _texts(settings: Mapping[str, object], name: str) -> tuple[str, ...]:
    given = settings.get(name, ())
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) and len(each) == 1 for each in given):
        raise UnsupportedError(f"'{name}' must be a list of single characters, not {given!r}")
    return tuple(given)


def _pairs(settings: Mapping[str, object], name: str) -> tuple[tuple[str, str], ...]:
    given = settings.get(name, ())
    if not isinstance(given, list | tuple) or not all(isinstance(pair, list | tuple) for pair in given):
        raise UnsupportedError(f"'{name}' must be a list of pairs of characters, not {given!r}")
    found = [_texts({name: pair}, name) for pair in given]
    if any(len(pair) != len(_BRACKETS[0]) for pair in found):
        raise UnsupportedError(f"'{name}' must be a list of pairs of characters, not {given!r}")
    return tuple((pair[0], pair[1]) for pair in found)


@lru_cache(maxsize=256)
def translated(pattern: str, manner: _Manner) -> tuple[str, dict[str, str]]:
    """The expression that a pattern stands for, and the metavariables by the names of its groups."""
    nodes = _parsed(pattern, manner)
    writer = _Writer(manner)
    body = writer.sequence(nodes, "", outermost=True)
    flags = "(?i)" if manner.caseless else ""
    return flags + writer.definitions() + body, {group: name for name, group in writer.groups.items()}


def _parsed(pattern: str, manner: _Manner) -> tuple[_Node, ...]:
    opening = "".join(re.escape(pair[0]) for pair in manner.brackets)
    closing = "".join(re.escape(pair[1]) for pair in manner.brackets)
    space = r"[ \t\r\n\f\v]+" if manner.multiline else r"[ \t]+"
    tokens = re.compile(
        rf"(?P<long_dots>\.\.\.\.|\$\.\.\.\.[A-Z][A-Z0-9_]*)|(?P<dots>\.\.\.|\$\.\.\.[A-Z][A-Z0-9_]*)"
        rf"|(?P<metavariable>\$[A-Z][A-Z0-9_]*)|(?P<space>{space})"
        rf"|(?P<word>[{manner.word}]+)|(?P<open>[{opening or '(?!)'}])|(?P<close>[{closing or '(?!)'}])"
        rf"|(?P<line_end>\r?\n)|(?P<sign>.)",
        re.DOTALL,
    )
    found = [(str(match.lastgroup), match[0]) for match in tokens.finditer(pattern) if match.lastgroup != "space"]
    nodes, _ = _read(found, 0, "", dict(manner.brackets))
    return nodes or ()


def _read(
    tokens: list[tuple[str, str]], at: int, close: str, brackets: Mapping[str, str]
) -> tuple[tuple[_Node, ...] | None, int]:
    """The nodes up to the bracket that closes, and the token after it; None where nothing closes."""
    nodes: list[_Node] = []
    while at < len(tokens):
        kind, text = tokens[at]
        at += 1
        if kind in ("open", "close") and text == close:
            return tuple(nodes), at
        if kind == "open":
            inner, after = _read(tokens, at, brackets[text], brackets)
            if inner is not None:
                nodes.append(_Node("brackets", text + brackets[text], inner))
                at = after
                continue
        if kind in ("open", "close"):
            kind = "sign"
        if kind in ("dots", "long_dots"):
            text = re.sub(r"^\.+$|^\$\.+", "", text)
            if not text and nodes and nodes[-1] == _Node(kind):
                # Dots after dots add nothing but ways to match the same.
                continue
        nodes.append(_Node(kind, text))
    return (None if close else tuple(nodes)), at


def _flat(nodes: Iterable[_Node]) -> Iterable[_Node]:
    for node in nodes:
        yield node
        yield from _flat(node.inner)


class _Writer:
    """Writes expressions in the syntax of the `regex` module."""

    def __init__(self, manner: _Manner) -> None:
        self._manner = manner
        self.groups: dict[str, str] = {}
        """Groups by metavariable."""
        self._space = r"\s*+" if manner.multiline else r"[ \t]*+"

    def definitions(self) -> str:
        """What `(?&line)` and `(?&lines)` are: a word, a pair of brackets with all between, another sign."""
        word = self._manner.word
        made = []
        for name, space in (("line", r"[ \t]*+"), ("lines", r"\s*+")):
            pairs = [
                rf"{re.escape(opening)}(?:{space}(?!{re.escape(closing)})(?:(?&{name}){space})*?)??{re.escape(closing)}"
                for opening, closing in self._manner.brackets
            ]
            ways = [rf"(?<![{word}])[{word}]++", *pairs, rf"[^\s{word}]"]
            made.append(rf"(?(DEFINE)(?P<{name}>(?>{'|'.join(ways)})))")
        return "".join(made)

    def sequence(self, nodes: Sequence[_Node], close: str, *, outermost: bool = False) -> str:
        made = []
        for at, node in enumerate(nodes):
            first = outermost and (at == 0 or nodes[at - 1].kind == "line_end")
            last = outermost and (at + 1 == len(nodes) or nodes[at + 1].kind == "line_end")
            text = self._node(node, close)
            # Dots at an end of a pattern reach to the end of the line, or of the text where lines mean nothing.
            if node.kind == "dots" and not self._manner.multiline:
                text = ("^" if first else "") + text + (r"(?=\r?$)" if last else "")
            elif node.kind in ("dots", "long_dots"):
                text = (r"\A" if outermost and at == 0 else "") + text
                text += r"(?!\n|.)" if outermost and at + 1 == len(nodes) else ""
            made.append(text)
        return self._space.join(made)

    def _node(self, node: _Node, close: str) -> str:
        word = self._manner.word
        if node.kind == "word":
            return rf"(?<![{word}]){re.escape(node.text)}(?![{word}])"
        if node.kind == "metavariable":
            if node.text in self.groups:
                return rf"(?<![{word}])(?P={self.groups[node.text]})(?![{word}])"
            return rf"(?P<{self._group(node.text)}>(?<![{word}])[{word}]++)"
        if node.kind == "brackets":
            inner = self.sequence(node.inner, node.text[1])
            return self._space.join([re.escape(node.text[0]), *([inner] if inner else []), re.escape(node.text[1])])
        if node.kind == "line_end":
            return r"\r?\n"
        if node.kind == "sign":
            return re.escape(node.text)
        dots = self._dots(close, long=node.kind == "long_dots")
        if not node.text:
            return dots
        name = f"$...{node.text}"
        if name in self.groups:
            apart = rf"(?!(?<=[{word}])[{word}])"
            return rf"{apart}(?P={self.groups[name]}){apart}"
        return rf"(?P<{self._group(name)}>{dots})"

    def _group(self, metavariable: str) -> str:
        self.groups[metavariable] = f"m{len(self.groups)}"
        return self.groups[metavariable]

    def _dots(self, close: str, *, long: bool) -> str:
        lines = long or self._manner.multiline
        space, name = (r"\s*+", "lines") if lines else (r"[ \t]*+", "line")
        open_end = f"(?!{re.escape(close)})" if close else ""
        dots = rf"(?:{open_end}(?&{name})(?:{space}{open_end}(?&{name}))*?)??"
        # Line ends before what they pass over belong to them, those after it do not (nor in Semgrep).
        return rf"(?:\n\s*+)??{dots}" if long and not self._manner.multiline else dots
