"""YAML, TOML and JSON read into plain values that remember where they stand, and checked against shapes.

Owns all reading of these formats. Whose document it is, and what its values mean, is for others to know.
"""

from __future__ import annotations

from ospec_guard.document.checking import validate, validate_tagged
from ospec_guard.document.json import read_json
from ospec_guard.document.shape import Check, json_schema, keys_of
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
