"""YAML, TOML and JSON read into plain values that remember where they stand, and checked against shapes.

Owns all reading of these formats. Whose document it is, and what its values mean, is for others to know. Its names are loaded
when they are first used: rule kinds declare shapes in runs that read no document.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ospec_guard.document.check import Check
    from ospec_guard.document.checking import validate, validate_tagged
    from ospec_guard.document.json import read_json
    from ospec_guard.document.shape import json_schema, keys_of
    from ospec_guard.document.text import DocumentError
    from ospec_guard.document.toml import read_toml
    from ospec_guard.document.tree import ABSENT, Document
    from ospec_guard.document.yaml import read_yaml, read_yaml_all

__all__ = [
    "ABSENT",
    "Check",
    "Document",
    "DocumentError",
    "json_schema",
    "keys_of",
    "read_json",
    "read_toml",
    "read_yaml",
    "read_yaml_all",
    "validate",
    "validate_tagged",
]

_HOMES = {
    "ABSENT": "tree",
    "Check": "check",
    "Document": "tree",
    "DocumentError": "text",
    "json_schema": "shape",
    "keys_of": "shape",
    "read_json": "json",
    "read_toml": "toml",
    "read_yaml": "yaml",
    "read_yaml_all": "yaml",
    "validate": "checking",
    "validate_tagged": "checking",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
