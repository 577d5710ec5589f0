"""Facts of the TypeScript grammar: those of JavaScript and what types add."""

from __future__ import annotations

import re

from ospec_guard.languages.facts import Binding, types
from ospec_guard.languages.javascript import FACTS as _JAVASCRIPT
from ospec_guard.values import replace

_IMPORTED = re.compile(rb"""\bimport\((["'])[^"'\n]*\1\)(?=\s*(?:\.\s*[\w$]+\s*)+<)""")


def _named_imports(data: bytes) -> bytes:
    """The grammar has no `import("x").Name<Type>`, which compilers write into declarations: a name stands in for the call."""
    return _IMPORTED.sub(lambda found: b"import".ljust(len(found[0]), b"_"), data)


FACTS = replace(
    _JAVASCRIPT,
    module="tree_sitter_typescript",
    function="language_typescript",
    prepare=_named_imports,
    sequences=_JAVASCRIPT.sequences | types("interface_body object_type enum_body"),
    definitions={
        **_JAVASCRIPT.definitions,
        "abstract_class_declaration": "name",
        "interface_declaration": "name",
        "enum_declaration": "name",
        "internal_module": "name",
        "module": "name",
        "function_signature": "name",
        "method_signature": "name",
        "abstract_method_signature": "name",
        "type_alias_declaration": "name",
    },
    bodies=_JAVASCRIPT.bodies | types("interface_body object_type enum_body"),
    wrappers=_JAVASCRIPT.wrappers | types("ambient_declaration expression_statement"),
    bindings={
        **{kind: binding for kind, binding in _JAVASCRIPT.bindings.items() if kind != "field_definition"},
        "public_field_definition": Binding("name", "value"),
        "enum_assignment": Binding("name", "value"),
    },
)
