"""How the Containerfile grammar maps to the vocabulary of `tree`.

Shell commands are parsed by Bash's grammar and lowered by its quirks; they are statements of their instruction.
"""

from __future__ import annotations

import re
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.builders import block, elements
from ospec_guard.pattern.node import Kids, Node
from ospec_guard.pattern.tree import Quirks, Tree

_MARK = "\ue000"
"""From the private use area: marks what only patterns have."""
_BETWEEN = "here__is"
"""The same where the grammar takes letters alone."""
_PLACEHOLDER = re.compile(r"\$?\{?(__[MD]\w*__)\}?")
_COMMENT = re.compile(rb"^[ \t]*#[^\n]*\n", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*(\.\.\.|\$[A-Z_][A-Z0-9_]*)[ \t]*$", re.MULTILINE)
_PORTS = re.compile(r"^(\s*(?:ONBUILD\s+)?EXPOSE\s)(.*)$", re.MULTILINE | re.IGNORECASE)
_ENV = re.compile(r"^(\s*ENV\s+)(\.\.\..*|.*\s\.\.\.\s*)$", re.MULTILINE | re.IGNORECASE)
_DIGEST = re.compile(r"@(\$[A-Z_][A-Z0-9_]*|\.\.\.)")
_SIGN = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*|\.\.\.")
_ARRAY = re.compile(r"^(\s*\w+\s+)(\[[^\n]*\])\s*$", re.MULTILINE)
_ITEM = re.compile(rf'"[^"\n]*"|{_SIGN.pattern}')
_INSTRUCTIONS = types(
    """add_instruction arg_instruction cmd_instruction copy_instruction cross_build_instruction entrypoint_instruction
    expose_instruction env_instruction from_instruction healthcheck_instruction label_instruction maintainer_instruction
    onbuild_instruction run_instruction shell_instruction stopsignal_instruction user_instruction volume_instruction
    workdir_instruction from"""
)


def _spelled(text: str) -> str:
    """The text with ellipses and metavariables where the grammar takes something like them."""
    text = _LINE.sub(rf"USER {_BETWEEN}\1", text) if "\n" in text.strip() else text
    text = _ENV.sub(lambda found: found[1] + " ".join([_variable(word) for word in found[2].split()]), text)
    text = _PORTS.sub(lambda found: found[1] + _SIGN.sub(r"${\g<0>}", found[2]), text)
    text = _DIGEST.sub(r"@${\1}", text)
    return _ARRAY.sub(lambda found: found[1] + _ITEM.sub(_item, found[2]), text)


def _variable(word: str) -> str:
    return word if "=" in word else f"{word}=..."


def _item(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else f'"{_MARK}{found[0]}"'


def _text(tree: Tree, syntax: Any) -> Node:
    """A word, whether in quotes or not."""
    content, start, end = tree.text(syntax), syntax.start_byte, syntax.end_byte
    if content[:1] in ('"', "'") and content[-1:] == content[:1] and len(content) > 1:
        content, start, end = content[1:-1], start + 1, end - 1
    if content.startswith(_MARK):
        return tree.make("id", syntax, (), content.removeprefix(_MARK))
    placeholder = _PLACEHOLDER.fullmatch(content)
    if placeholder and start == syntax.start_byte:
        return tree.make("id", syntax, (), placeholder[1])
    kids: Kids = [Node("chars", start, end, text=content, kids=[], syntax=syntax, tree=tree)] if content else []
    return tree.make("str", syntax, kids)


def _behind(sign: str) -> Any:
    """What stands behind the sign of a tag or a digest."""

    def build(tree: Tree, syntax: Any) -> Node:
        content, start = tree.text(syntax).removeprefix(sign), syntax.start_byte + len(sign)
        placeholder = _PLACEHOLDER.fullmatch(content)
        if placeholder:
            return Node("id", start, syntax.end_byte, text=placeholder[1], kids=[], syntax=syntax, tree=tree)
        chars = Node("chars", start, syntax.end_byte, text=content, kids=[], syntax=syntax, tree=tree)
        return Node("str", start, syntax.end_byte, kids=[chars], syntax=syntax, tree=tree)

    return build


def _from(tree: Tree, syntax: Any) -> Node:
    """An image: what a pattern does not say of it counts for nothing."""
    spec = next((child for child in syntax.named_children if child.type == "image_spec"), syntax)
    name = spec.child_by_field_name("name")
    kids: Kids = [tree.node(name) if name is not None else None]
    for field in ("tag", "digest"):
        found = spec.child_by_field_name(field)
        kids.append(tree.list("attrs", syntax, [tree.node(found)] if found is not None else ()))
    alias = syntax.child_by_field_name("as")
    kids.append(tree.list("attrs", syntax, [tree.node(alias)] if alias is not None else ()))
    kids.append(
        tree.list("attrs", syntax, [tree.node(child) for child in syntax.named_children if child.type.endswith("param")])
    )
    return tree.make("from", syntax, kids)


def _param(tree: Tree, syntax: Any) -> Node:
    """`--name=value`."""
    name, _, value = tree.text(syntax).removeprefix("--").partition("=")
    start = syntax.end_byte - len(value.encode())
    placeholder = _PLACEHOLDER.fullmatch(value)
    chars = Node("chars", start, syntax.end_byte, text=value, kids=[], syntax=syntax, tree=tree)
    kind, kids, text = ("id", [], placeholder[1]) if placeholder else ("str", [chars], "")
    made = Node(kind, start, syntax.end_byte, kids=[*kids], text=text, syntax=syntax, tree=tree)
    return tree.make("param_", syntax, (tree.make("ident", syntax, (), name), made))


def _shell(tree: Tree, syntax: Any) -> Node:
    """Every piece of a shell command, where patterns look for candidates; `_statements` has the command itself."""
    from ospec_guard.languages.grammar import tree_of
    from ospec_guard.pattern.quirks import quirks_of

    start, end = syntax.start_byte, syntax.end_byte
    command = _COMMENT.sub(lambda found: b" " * len(found[0]), tree.data[start:end])
    data = b" " * start + command + b"\n"
    parsed = tree_of("bash", data)
    inner = Tree(parsed.root_node, data, quirks_of("bash")) if parsed is not None else tree
    return Node("several", start, end, syntax=syntax, tree=inner, make=_pieces)


def _pieces(tree: Tree, syntax: Any) -> Kids:  # noqa: ARG001 - the pieces are the tree's
    found: Kids = []
    work: Kids = [*reversed(tree.root.kids)]
    while work:
        node = work.pop()
        if node is not None:
            found.append(node)
            work.extend(reversed(node.kids))
    return found


def _instruction(tree: Tree, syntax: Any) -> Node:
    return tree.lazy(syntax.type, syntax, _parts)


def _parts(tree: Tree, syntax: Any) -> Kids:
    """Options, and what the instruction is about: words, an array, the statements of a shell."""
    kids: Kids = [
        tree.list("attrs", syntax, [tree.node(child) for child in syntax.named_children if child.type.endswith("param")])
    ]
    for child in syntax.named_children:
        if child.is_extra or child.type.endswith("param"):
            continue
        if child.type == "shell_command":
            kids += _statements(tree, child)
        else:
            kids.append(tree.node(child))
    return kids


def _statements(tree: Tree, shell: Any) -> Kids:
    node = tree.node(shell)
    return node.tree.root.kids if node.tree is not None and node.tree is not tree else [_text(tree, shell)]


def _user(tree: Tree, syntax: Any) -> Node:
    """A user; in patterns, the spelling of an ellipsis between instructions."""
    content = tree.text(syntax).split()[-1]
    if content.startswith(_BETWEEN):
        return tree.make("id", syntax, (), content.removeprefix(_BETWEEN))
    return _instruction(tree, syntax)


def _rest(tree: Tree, syntax: Any) -> Node:
    """An instruction whose text the grammar gives no node."""
    content = tree.text(syntax).partition(" ")[2].strip()
    placeholder = _PLACEHOLDER.fullmatch(content)
    start = syntax.end_byte - len(content.encode())
    kind, text = ("id", placeholder[1]) if placeholder else ("word", content)
    word = Node(kind, start, syntax.end_byte, text=text, kids=[], syntax=syntax, tree=tree)
    return tree.make(syntax.type, syntax, (word,))


def _pair(tree: Tree, syntax: Any) -> Node:
    """`name=value`; a name alone is something else."""
    named = [child for child in syntax.named_children if not child.is_extra]
    name = _text(tree, named[0])
    if len(named) == 1:
        return tree.make("named", syntax, (Node("tok", syntax.end_byte, syntax.end_byte, kids=[]), name))
    return tree.make("pair", syntax, (name, _text(tree, named[1])))


_words = ("str", "id")

QUIRKS = Quirks(
    rules={
        **dict.fromkeys(_INSTRUCTIONS, _instruction),
        "source_file": block,
        "from_instruction": _from,
        "user_instruction": _user,
        "maintainer_instruction": _rest,
        "stopsignal_instruction": _rest,
        "shell_command": _shell,
        "json_string_array": elements("array"),
        "env_pair": _pair,
        "label_pair": _pair,
        "arg_pair": _pair,
        "param": _param,
        "image_tag": _behind(":"),
        "image_digest": _behind("@"),
        **dict.fromkeys(types("unquoted_string double_quoted_string single_quoted_string json_string path"), _text),
        **dict.fromkeys(types("image_name image_alias expose_port"), _text),
    },
    kinds={
        **{name: (name,) for name in _INSTRUCTIONS},
        "source_file": ("block",),
        "from_instruction": ("from",),
        "shell_command": ("exprstmt", "command", "binop", "str", "id", "expansion", "assign", "command_substitution", "block"),
        "json_string_array": ("array",),
        "env_pair": ("pair",),
        "label_pair": ("pair",),
        "arg_pair": ("pair", "named"),
        "param": ("param_",),
        "image_tag": _words,
        "image_digest": _words,
        **dict.fromkeys(types("unquoted_string double_quoted_string single_quoted_string json_string path"), _words),
        **dict.fromkeys(types("image_name image_alias expose_port"), _words),
    },
    statements=_INSTRUCTIONS,
    ellipses=("$", "$ $"),
    rewrite=_spelled,
    relatives=("bash",),
    literal_texts=True,
    dollars=True,
)
