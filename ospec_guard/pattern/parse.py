"""The text of a pattern to a pattern tree: the vocabulary of `tree`, and nodes that only patterns have.

Metavariables and ellipses are spelled as names the grammar takes, the text is parsed by the grammar itself in the first context
that it fits, and the names are turned back into what they stand for:

    $          a metavariable; text is its name with `$`
    $...       a metavariable for a sequence
    ...        an ellipsis
    <...>      deep expression; kid: the expression
    typed      a typed metavariable; text its name; kid: a `type` whose text is the type
    chars$     a metavariable for a piece of text
    str$       a text literal that binds its content; text is the metavariable's name
    str=       a text literal whose content matches the regular expression `text`
    str...     any text literal
    stmts      a sequence of statements
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from ospec_guard.languages import LANGUAGES, Language, parse
from ospec_guard.pattern.guessing import spellings as likely_spellings
from ospec_guard.pattern.quirks import quirks_of
from ospec_guard.pattern.tree import LISTS, SPECIAL, Node, Quirks, Tree
from ospec_guard.pattern.words import names_of, words_of
from ospec_guard.values import value

_SIGNS = re.compile(
    r"""(?P<open><\.\.\.(?!\s*>)) | (?P<close>\.\.\.>) | \$\.\.\.(?P<many>[A-Z_][A-Z0-9_]*)
      | \$(?P<one>[A-Z_][A-Z0-9_]*)(?![a-z]) | (?P<dots>\.\.\.)""",
    re.VERBOSE,
)
_METAVARIABLE = re.compile(r"\$[A-Z_][A-Z0-9_]*")
_SPREAD = re.compile(r"[\w$\[{(]")
_TYPED = {
    "T $X": re.compile(
        r"(?:(?<![\w$\])>\s])|(?<=\breturn)|(?<=\bthrow)|(?<=\bawait))(?P<lead>\s*)"
        r"\((?P<type>[A-Za-z_$][\w$.:<>,\[\]*& ?]*?[\s*&])\s*(?P<name>\$[A-Z_][A-Z0-9_]*)\)(?!\s*(?:\{|=>|->))"
    ),
    "$X: T": re.compile(
        r"(?<![\w$\])>])(?P<lead>\s*)\((?P<name>\$[A-Z_][A-Z0-9_]*)\s*:(?!=)\s*(?P<type>[^()]*(?:\([^()]*\)[^()]*)*?)\s*\)(?!\s*[{]|\s*=>)"
    ),
    "argument $X: T": re.compile(
        r"(?P<lead>(?<=[(,])\s*)(?P<name>\$[A-Z_][A-Z0-9_]*)\s*:\s*(?P<type>[\w.]+)(?=\s*[,)](?!\s*(?:->|:)))"
    ),
}
_BETWEEN = r"(?:[\s;:,=*]|&(?!&)|->)*"
"""What may stand beside ellipses in what is an ellipsis as a whole."""
_OPERATION = re.compile(r"&&|^\s*\$[A-Z_][A-Z0-9_]*\s*[*&]\s*$")
"""What looks like a type in front of a metavariable, and is an operator with what is left of it."""
_PARAMETERS = re.compile(r"\bdef\s+[\w$]+\s*\((?:[^()]|\([^()]*\))*\Z")
"""The text in front of a parameter, whose type is no type of an argument."""
_GIVING = frozenset(("assign", "augmented_assignment_expression", "exprstmt", "var"))
_MOST_TRIES = 160
"""Parses spent on finding a spelling of a pattern's ellipses."""


class PatternError(ValueError):
    """The text is no pattern of the language."""


@value
class Pattern:
    """A compiled pattern."""

    root: Node
    text: str
    grammar: str
    is_statement: bool
    """Written as a statement, with its semicolon."""
    words: tuple[str, ...]
    """What every match holds, or a local name for it."""
    first: tuple[str, ...]
    """Of a sequence of statements: what the first one holds in every match."""
    names: frozenset[str]
    """The metavariables that in every match stand for code inside of it."""


def parse_pattern(text: str, language: Language) -> Pattern:
    """The pattern in a language, or in a relative of it. Raises PatternError where the grammar takes it in no context."""
    return _kept(text, language.facts or language.name)


@lru_cache(maxsize=8192)
def _kept(text: str, grammar: str) -> Pattern:
    language = LANGUAGES[grammar]
    try:
        return _parsed(text, language)
    except PatternError:
        for relative in quirks_of(language.facts or language.name).relatives:
            try:
                return _parsed(text, LANGUAGES[relative])
            except PatternError:
                continue
        raise
    except RecursionError as error:
        raise PatternError("is nested too deeply") from error


def _parsed(text: str, language: Language) -> Pattern:
    facts = language.facts or language.name
    quirks = quirks_of(facts)
    spelled = spelled_of(text, language)
    best: tuple[int, Any] | None = None
    for choice, context in spelled.attempts():
        attempt = Attempt(spelled, choice, context, language)
        if not attempt.faults:
            root, is_statement = attempt.extract(quirks)
            return _pattern(root, is_statement, spelled.written, facts)
        if best is None or attempt.faults < best[0]:
            best = attempt.faults, attempt
    repaired = _repaired(best[1], spelled, language) if best else None
    if repaired is None:
        raise PatternError(f"does not parse as {language.name}")
    root, is_statement = repaired.extract(quirks)
    return _pattern(root, is_statement, spelled.written, facts)


def _pattern(root: Node, is_statement: bool, written: str, grammar: str) -> Pattern:
    quirks = quirks_of(grammar)
    # What is detached from a node may stand outside of it.
    parts = root.kids[1:] if root.kind in quirks.detached else [root]
    words = tuple([word for part in parts for word in words_of(part, quirks)])
    names = frozenset([name for part in parts for name in names_of(part)])
    return Pattern(root, written, grammar, is_statement, words, _first_words(root, quirks), names)


def _first_words(root: Node, quirks: Quirks) -> tuple[str, ...]:
    return tuple(words_of(root.kids[0], quirks)) if root.kind == "stmts" else ()


def _trimmed(text: str, quirks: Quirks) -> str:
    text = text.strip("\n").rstrip()
    return textwrap.dedent(text) if quirks.indented else text.strip()


def spelled_of(text: str, language: Language) -> Spelled:
    """The pattern's text, prepared for the grammar."""
    quirks = quirks_of(language.facts or language.name)
    written = _trimmed(text, quirks)
    return Spelled(quirks.rewrite(written) if quirks.rewrite is not None else written, quirks)


class Spelled:
    """A pattern's text cut into what stands as written and what is spelled as a name."""

    def __init__(self, text: str, quirks: Quirks) -> None:
        self.quirks = quirks
        self.written = text
        self.typed: dict[str, tuple[str, str]] = {}
        """Placeholder to (metavariable, type)."""
        for style in quirks.typed.split(" or ") if quirks.typed else ():
            text = _TYPED[style].sub(self._typed, text)
        self.source = text
        """What the pieces are cut from."""
        self.pieces: list[str] = []
        self.origins: list[int] = []
        """Where each piece begins in the text."""
        self.dots: list[int] = []
        """Positions of ellipses in `pieces`."""
        self.names: dict[str, str] = {}
        """Placeholder to what it stands for."""
        self._cut(text)

    def _typed(self, found: re.Match[str]) -> str:
        if _PARAMETERS.search(found.string, 0, found.start()):
            return found.group()  # `def f($X: T)` declares
        if _OPERATION.search(found["type"]) or found["type"].count("<") != found["type"].count(">"):
            return found.group()  # `($A && $B)`, `($A < $B)` compute
        placeholder = f"__T{len(self.typed)}__"
        self.typed[placeholder] = (found["name"], found["type"].strip())
        return f"{found['lead']}{placeholder}"

    def _cut(self, text: str) -> None:
        done = depth = 0
        for found in _SIGNS.finditer(text):
            sign = found.lastgroup or ""
            if sign == "close" and not depth:
                sign = "dots"
            if sign == "dots" and self._is_operator(text, found):
                continue
            if sign == "one" and found.group() in self.quirks.plain:
                continue
            self.pieces.append(text[done : found.start()])
            self.origins += [done, found.start()]
            done = found.end()
            if sign == "open":
                depth += 1
                self.pieces.append(self.quirks.deep[0])
            elif sign == "close":
                depth -= 1
                self.pieces.append(self.quirks.deep[1])
            elif sign == "dots":
                done = found.start() + 3
                self.dots.append(len(self.pieces))
                self.pieces.append("...")
            else:
                placeholder = self._placeholder(found, text)
                self.names[placeholder] = found.group()
                self.pieces.append(placeholder)
        self.pieces.append(text[done:])
        self.origins.append(done)

    def _placeholder(self, found: re.Match[str], text: str) -> str:
        spelling = self.quirks.metavariable
        if self.quirks.metavariable_after:
            words = text[: found.start()].split()
            spelling = self.quirks.metavariable_after.get(words[-1], spelling) if words else spelling
        if self.quirks.metavariable_before:
            after = text[found.end() :]
            sign = after.lstrip(" \t")[:1] if after[:1] in (" ", "\t") else ""
            spelling = self.quirks.metavariable_before.get(sign, spelling)
        return spelling.format(found["one"] or f"S_{found['many']}")

    def _is_operator(self, text: str, found: re.Match[str]) -> bool:
        if not self.quirks.spread:
            return False
        after = text[found.start() + 3 : found.start() + 4]
        return bool(_SPREAD.match(after)) if after else False

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        """Of all that stands for something else one of these is a part."""
        dots = [_dots(number, self.quirks) for number in range(len(self.dots))]
        return (*self.names, *self.typed, *dots)

    def attempts(self) -> Iterator[tuple[tuple[int, ...], str]]:
        """Choices of spellings with contexts, likeliest first: all ellipses alike."""
        spellings = range(len(self.quirks.ellipses) if self.dots else 1)
        contexts = self.contexts()
        for spelling in spellings:
            for context in contexts:
                yield (spelling,) * len(self.dots), context
        likely = likely_spellings(self.pieces, self.dots, self.quirks.ellipses) if len(self.dots) > 1 else None
        if likely is not None:
            for context in contexts:
                yield likely, context

    def contexts(self) -> list[str]:
        """The contexts to try, likeliest first."""
        text = "".join(self.pieces)
        first = [context for opening, context in self.quirks.openings if re.match(opening, text)]
        return [*first, *[context for context in self.quirks.contexts if context not in first]]

    def text(self, choice: tuple[int, ...]) -> str:
        """The text with each ellipsis in the spelling of its choice."""
        pieces = list(self.pieces)
        for number, (at, spelling) in enumerate(zip(self.dots, choice, strict=True)):
            pieces[at] = self.spelling(number, spelling)
        return "".join(pieces)

    def spelling(self, number: int, spelling: int) -> str:
        """The spelling of the ellipsis with that number."""
        return self.quirks.ellipses[spelling].replace("$", _dots(number, self.quirks))

    def origin(self, offset: int, choice: tuple[int, ...]) -> int:
        """Where in the source stands what begins at an offset of the text in these spellings."""
        pieces, at = self.pieces, 0
        spellings = {place: self.spelling(*pair) for place, pair in zip(self.dots, enumerate(choice), strict=True)}
        for number, piece in enumerate(pieces):
            length = len(spellings.get(number, piece))
            if offset < at + length:
                return self.origins[number] + offset - at
            at += length
        return len(self.source)

    def restored(self, text: str, choice: tuple[int, ...]) -> str:
        """A text of the parsed pattern as the author wrote it."""
        if not any(mark in text for mark in self._marks):
            return text
        for number, spelling in enumerate(choice):
            text = text.replace(self.spelling(number, spelling), "...")
        for placeholder, (name, type_) in self.typed.items():
            text = text.replace(placeholder, f"({name}: {type_})")
        for placeholder in sorted(self.names, key=len, reverse=True):
            text = text.replace(placeholder, self.names[placeholder])
        return text


def _dots(number: int, quirks: Quirks) -> str:
    return quirks.metavariable.format(f"D{number}")


class Attempt:
    """A pattern parsed in one spelling and context."""

    def __init__(self, spelled: Spelled, choice: tuple[int, ...], context: str, language: Language) -> None:
        self.spelled, self.choice, self.context = spelled, choice, context
        before, after = context.split("@@")
        text = spelled.text(choice)
        if "\n" in before and spelled.quirks.indented:
            indent = before.rpartition("\n")[2]
            text = text.replace("\n", "\n" + indent)
        self.start = len(before.encode())
        self.end = self.start + len(text.encode())
        self.data = (before + text + after).encode()
        self.structure = parse(language, self.data + b"\n")
        self.faults = faults_in(self.structure.root) if not self.structure.lost else 1 << 30
        if not self.faults and spelled.quirks.reserved:
            self.faults = _misread(self.structure.root, spelled.quirks)

    def extract(self, quirks: Quirks) -> tuple[Node, bool]:
        """The pattern tree, and whether the pattern is a statement with its semicolon."""
        tree = Tree(self.structure.root, self.structure.data, quirks)
        reader = _Reader(self, tree)
        # Where indentation is structure, lists end with the line.
        end = self.end + 1 if quirks.lone and quirks.indented and self.data[self.end :] == b"" else self.end
        found = _covering(self.structure.root, self.start, end)
        if quirks.lone and len(found) > 1 and tree.node(found[0].parent).kind in quirks.lone:
            found = [found[0].parent]
        if len(found) > 1 and tree.node(found[-1]).start <= found[0].start_byte:
            found = found[-1:]  # It took those before into itself.
        if all(one.is_extra for one in found) or not (len(found) > 1 or _holds_code(found[0], self.start, self.end)):
            raise PatternError("is nothing but comments")
        if len(found) == 1:
            return reader.whole(found[0]), reader.is_statement
        return Node("stmts", self.start, self.end, kids=reader.statements(found)), reader.is_statement


def faults_in(root: Any) -> int:
    """How much of a syntax tree did not parse."""
    if not root.has_error:
        return 0
    count, work = 0, [root]
    while work:
        node = work.pop()
        # A leaf with an error in it lacks a hidden token (C#'s names).
        if node.is_error or node.is_missing or (node.has_error and not node.child_count):
            count += 1 + (node.end_byte - node.start_byte)
        elif node.has_error:
            work.extend(node.children)
    return count


def _misread(root: Any, quirks: Quirks) -> int:
    """Reserved words that were taken for names (`new A() {}` for a method of the type `new`)."""
    count, work = 0, [root]
    while work:
        node = work.pop()
        work.extend(node.children)
        if not node.child_count and (node.type in quirks.identifiers or node.type in quirks.names):
            count += node.text.decode(errors="replace") in quirks.reserved
    return count


def _repaired(attempt: Attempt, spelled: Spelled, language: Language) -> Attempt | None:
    """Changes the spelling of one ellipsis after the other as long as fewer faults are left."""
    tries = 0
    others = [context for context in spelled.quirks.contexts if context != attempt.context]
    bases = [attempt, *(Attempt(spelled, attempt.choice, context, language) for context in others)]
    for base in sorted(bases, key=lambda one: one.faults):
        current = base
        improved = True
        while improved and current.faults:
            improved = False
            for number in range(len(spelled.dots)):
                for spelling in range(len(spelled.quirks.ellipses)):
                    if spelling == current.choice[number]:
                        continue
                    tries += 1
                    if tries > _MOST_TRIES:
                        return None
                    choice = (*current.choice[:number], spelling, *current.choice[number + 1 :])
                    other = Attempt(spelled, choice, current.context, language)
                    if other.faults < current.faults:
                        current, improved = other, True
        if not current.faults:
            return current
    return None


def _holds_code(node: Any, start: int, end: int) -> bool:
    """Whether there is anything but comments in a piece of a node."""
    inside = [child for child in node.children if child.end_byte > start and child.start_byte < end]
    return not inside or not all(child.is_extra for child in inside)


def _covering(root: Any, start: int, end: int) -> list[Any]:
    """The topmost nodes that make up bytes `start` to `end`: one, or several siblings, or one that reaches further."""
    node = root
    while True:
        inside = [c for c in node.children if c.start_byte >= start and c.end_byte <= end and c.end_byte > c.start_byte]
        touching = [c for c in node.children if c.end_byte > start and c.start_byte < end and c.end_byte > c.start_byte]
        if node.start_byte >= start and node.end_byte <= end and node != root:
            return [node]
        if len(touching) == 1:
            node = touching[0]
            continue
        named = [c for c in inside if c.is_named]
        if len(named) == 1 and inside == touching and all(not c.is_named and c.type in ";,\n" for c in inside if c != named[0]):
            return named
        # A keyword or operator among them says that they are one thing (`return x`), though a context's `;` belongs to it.
        # So do parts of different fields (`type` and `declarator` of `int x`).
        fields = {node.field_name_for_child(at) for at, child in enumerate(node.children) if child in inside} - {None}
        loose = len(fields) <= 1 and all(c.is_named or c.type in (";", ",", "\n") for c in inside)
        if inside == touching and touching and loose:
            return [c for c in touching if c.is_named and not c.is_extra]
        return [node]


class _Reader:
    """Turns the lowered tree of a pattern into a pattern tree."""

    def __init__(self, attempt: Attempt, tree: Tree) -> None:
        self.attempt, self.tree = attempt, tree
        self.spelled, self.choice = attempt.spelled, attempt.choice
        quirks = tree.quirks
        self.dots = {_folded(_dots(number, quirks), quirks.caseless) for number in range(len(self.choice))}
        fold = quirks.caseless
        self.names = {_folded(k, fold): v for k, v in self.spelled.names.items()}
        written = {attempt.spelled.spelling(number, spelling).rstrip(";") for number, spelling in enumerate(self.choice)}
        self.braced = {_folded(one, fold) for one in written if one.startswith("{")}
        ellipses = "|".join(map(re.escape, sorted(self.dots | written, key=len, reverse=True))) or "(?!)"
        self.only_dots = re.compile(rf"{_BETWEEN}(?:(?:{ellipses}){_BETWEEN})+")
        self.is_statement = False

    def whole(self, syntax: Any) -> Node:
        """The pattern that one syntax node is."""
        node = self.tree.node(syntax)
        if node.kind == "several":
            return Node("stmts", node.start, node.end, kids=[self.node(kid) for kid in node.kids])
        ends_so = self.attempt.data[node.start : min(node.end, self.attempt.end)].rstrip().endswith(b";") or self.attempt.data[
            node.end : self.attempt.end
        ].lstrip().startswith(b";")
        if self.tree.quirks.keeps_semicolon and ends_so and self.tree.is_statement(node):
            self.is_statement = True
        while node.kind == "exprstmt" and not self.is_statement and node.kids[0] is not None:
            node = node.kids[0]
        if node.kind in self.tree.quirks.lone and len(node.kids) == 1 and node.kids[0] is not None:
            node = node.kids[0]
        if node.kind in ("block", "file") and len(node.kids) > 1 and not self._bracketed(node):
            return Node("stmts", node.start, node.end, kids=[self.node(kid) for kid in node.kids])
        if node.kind in ("block", "file") and len(node.kids) == 1 and not self._bracketed(node):
            only = node.kids[0]
            if only is not None:
                if only.kind == "exprstmt" and only.kids[0] is not None and not ends_so:
                    only = only.kids[0]
                return self.node(only) or only
        return self.node(node) or node

    def _bracketed(self, node: Node) -> bool:
        """Whether the brackets around a node are the pattern's own."""
        return node.start >= self.attempt.start and self.attempt.data[node.start : node.start + 1] in (b"{", b"[", b"(")

    def statements(self, found: list[Any]) -> list[Node | None]:
        """The pattern that several sibling nodes are."""
        kids: list[Node | None] = []
        for syntax in found:
            node = self.tree.statement(syntax)
            kids += [self.node(kid) for kid in (node.kids if node.kind == "several" else [node])]
        return kids

    def node(self, node: Node | None) -> Node | None:
        """The pattern for a lowered node; None for what the context alone brought in."""
        if node is None:
            return None
        is_outside = (node.start >= self.attempt.end and node.end > self.attempt.end) or node.end <= self.attempt.start
        if is_outside and node.kind not in ("attrs", "params", "supers", "args"):
            return None
        text = _folded(self.attempt.data[node.start : node.end].decode(errors="replace").strip(), self.tree.quirks.caseless)
        if node.kind == "str":
            return self._string(node)
        if text in self.spelled.typed and node.kind not in LISTS:
            name, type_ = self.spelled.typed[text]
            return Node("typed", node.start, node.end, text=name, kids=[Node("type", 0, 0, text=type_, kids=[])])
        if not node.kids:
            return self._leaf(node, text)
        if node.kind == "block" and text in self.braced:
            return Node("...", node.start, node.end, kids=[])
        # What an arrow leads to is a `return` without the word.
        if node.kind not in LISTS and node.kind != "return" and self.only_dots.fullmatch(text) and not self._gives(node, text):
            return Node("...", node.start, node.end, kids=[])
        kids = [self.node(kid) for kid in node.kids]
        if node.kind == "call" and kids[0] is not None and kids[0].text == "__DEEP__" and kids[1] is not None:
            if not kids[1].kids:
                raise PatternError("has nothing between '<...' and '...>'")
            return Node("<...>", node.start, node.end, kids=[kids[1].kids[0]])
        if node.kind == "set" and all(kid is not None and kid.kind == "..." for kid in kids):
            return Node("dict", node.start, node.end, kids=kids)  # `{...}` is either
        made = Node(node.kind, node.start, node.end, text=node.text, kids=kids)
        if node.kind in ("param", "pair") and self.names.get(text, "").startswith("$..."):
            return next(kid for kid in kids if kid is not None and kid.kind == "$...")
        present = [kid for kid in kids if kid is not None]
        is_lone = len(present) == 1 and present[0].kind in SPECIAL
        if is_lone and node.kind not in ("args", "params", "attrs", "supers", "return"):
            is_bare = node.kind == "exprstmt" and present[0].kind != "<...>"
            if text in self.names or node.kind == "attr" or is_bare:
                return present[0]
        if node.kind == "pair" and present and all(kid.kind == "..." for kid in present):
            return Node("...", node.start, node.end, kids=[])
        return made

    def _gives(self, node: Node, text: str) -> bool:
        """Whether ellipses are the sides of an assignment (`... = ...`), which is more than anything."""
        return node.kind in _GIVING and "=" in text and sum(one in text for one in self.dots) > 1

    def _leaf(self, node: Node, text: str) -> Node:
        own = _folded(node.text, self.tree.quirks.caseless) if node.kind in ("id", "ident", "chars", "tok") else text
        if (own in self.dots or text in self.dots) and node.kind not in LISTS:
            return Node("...", node.start, node.end, kids=[])
        name = self.names.get(own) or (self.names.get(text) if node.kind not in ("args", "params", "attrs") else None)
        if name is not None:
            kind = "$..." if name.startswith("$...") else "chars$" if node.kind == "chars" else "$"
            return Node(kind, node.start, node.end, text=name, kids=[])
        restored = self.spelled.restored(node.text, self.choice)
        return Node(node.kind, node.start, node.end, text=restored, kids=[])

    def _string(self, node: Node) -> Node:
        kids = node.kids
        if len(kids) <= 1 and all(kid is not None and kid.kind == "chars" for kid in kids) and not node.text:
            content = self.spelled.restored(kids[0].text, self.choice) if kids and kids[0] else ""
            return self._content(node, content)
        made: list[Node | None] = []
        for kid in kids:
            if kid is not None and kid.kind == "chars":
                text = self.spelled.restored(kid.text, self.choice)
                kind = "..." if text == "..." else "chars$" if _METAVARIABLE.fullmatch(text) else "chars"
                made.append(Node(kind, kid.start, kid.end, text=text, kids=[]))
            else:
                made.append(self.node(kid))
        return Node("str", node.start, node.end, text=node.text, kids=made)

    def _content(self, node: Node, content: str) -> Node:
        if content == "...":
            return Node("str...", node.start, node.end, kids=[])
        regex = re.fullmatch(r"=~/(.*)/([a-z]*)", content, re.DOTALL)
        if regex:
            flags = f"(?{regex[2]})" if regex[2] else ""
            return Node("str=", node.start, node.end, text=flags + regex[1], kids=[])
        if re.fullmatch(r"\$[A-Z_][A-Z0-9_]*|\$\.\.\.[A-Z_][A-Z0-9_]*", content) and content not in self.tree.quirks.plain:
            return Node("str$", node.start, node.end, text=content, kids=[])
        if "..." in content or re.search(r"\$[A-Z_][A-Z0-9_]*", content):
            return Node("str=", node.start, node.end, text=r"\A" + _regex_of(content) + r"\Z", kids=[])
        return Node("str", node.start, node.end, kids=[Node("chars", 0, 0, text=content, kids=[])] if content else [])


def _folded(text: str, fold: bool) -> str:
    return text.lower() if fold else text


def _regex_of(content: str) -> str:
    """The expression for a text with `...` and `$X` in it; metavariables are named groups (`M_X`)."""
    made, done = [], 0
    seen: set[str] = set()
    for found in re.finditer(r"\.\.\.|\$(?:\.\.\.)?([A-Z_][A-Z0-9_]*)", content):
        made.append(re.escape(content[done : found.start()]))
        done = found.end()
        if found[1] is None:
            made.append(r"(?s:.*)")
        elif found[1] in seen:
            made.append(f"(?P=M_{found[1]})")
        elif found[1] == "_":
            made.append(r"(?s:.*?)")
        else:
            seen.add(found[1])
            made.append(f"(?P<M_{found[1]}>(?s:.*?))")
    return "".join(made) + re.escape(content[done:])
