"""YAML: values by the core schema of YAML 1.2, with the places of all keys and items.

Built from libyaml's events (`yaml_compose`): libyaml's own composer recurses, and PyYAML's resolver makes something else of
`off`, `12:30` and dates. What libyaml says of bad syntax is put into plain words by `yaml_syntax`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ospec_guard.document.text import DocumentError, Text
from ospec_guard.document.tree import Document, Layout, Mark
from ospec_guard.errors import Problem

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read_yaml(data: bytes, path: str) -> Document:
    """The one document in a text; of an empty text, None. Raises DocumentError with every problem found."""
    documents = _read(Text(path, data), single=True)
    return documents[0] if documents else Document(path, None, Layout(Text(path, b""), Mark(0, 0, 0, 0)))


def read_yaml_all(data: bytes, path: str) -> tuple[Document, ...]:
    """The documents in a text, in order; of an empty text, none. Raises DocumentError with every problem found."""
    return _read(Text(path, data), single=False)


def _read(text: Text, *, single: bool) -> tuple[Document, ...]:
    import yaml

    from ospec_guard.document.yaml_compose import Composer, GiveUpError

    _refuse_control_characters(text)
    composer = Composer(text)
    documents = []
    try:
        events: Iterable[Any] = yaml.parse(text.data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for event in events:
            if composer.take(event):
                documents.append(Document(text.path, composer.value, Layout(text, composer.mark, code_points=True)))
            elif single and documents and type(event).__name__ == "DocumentStartEvent":
                composer.problem("one document expected, a second begins here", event.start_mark.index, "split the file")
                break
    except yaml.YAMLError as error:
        from ospec_guard.document.yaml_syntax import explain

        composer.problems.append(explain(error, text))
    except GiveUpError:
        pass
    if composer.problems:
        raise DocumentError(*composer.problems)
    return tuple(documents)


def _refuse_control_characters(text: Text) -> None:
    found = _CONTROL.search(text.characters)
    if not found:
        return
    more = sum(1 for _ in _CONTROL.finditer(text.characters)) - 1
    message = f"control character U+{ord(found[0]):04X} is not allowed" + (f" ({more} more after it)" if more else "")
    hint = "write it as an escape in double quotes"
    raise DocumentError(Problem(message, text.place_of(found.start()), hint))
