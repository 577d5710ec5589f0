"""Semgrep rules taken out of a checkout of a collection, so that every tool is given the same ones."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

ALIASES = {
    "py": "python",
    "python2": "python",
    "python3": "python",
    "js": "javascript",
    "ts": "typescript",
    "golang": "go",
    "rb": "ruby",
    "rs": "rust",
    "kt": "kotlin",
    "sh": "bash",
    "docker": "dockerfile",
    "tf": "terraform",
    "hcl": "terraform",
    "cs": "csharp",
    "c#": "csharp",
    "c++": "cpp",
    "sol": "solidity",
}


def copy_rules(source: Path, target: Path, modes: Collection[str] = ("search",), language: str = "") -> dict[str, str]:
    """Writes the rules of a file or folder that have one of the modes and the language ("" is any) below target.

    Returned: the file that each rule came from, by rule id. Files keep their places; what is no rule file is passed over.
    """
    taken: dict[str, str] = {}
    for path in [source] if source.is_file() else sorted(source.rglob("*.y*ml")):
        place = path.relative_to(source.parent if source.is_file() else source)
        if path.suffix not in {".yaml", ".yml"} or ".test." in path.name or any(part.startswith(".") for part in place.parts):
            continue
        rules = [rule for rule in _rules(path) if _mode(rule) in modes and (not language or language in _languages(rule))]
        rules = [rule for rule in rules if rule["id"] not in taken]
        if rules:
            copy = target / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(yaml.safe_dump({"rules": rules}, sort_keys=False, allow_unicode=True, width=4096), encoding="utf-8")
            taken |= {str(rule["id"]): os.fspath(place) for rule in rules}
    return taken


def _rules(path: Path) -> list[dict[str, Any]]:
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return []
    rules = document.get("rules") if isinstance(document, dict) else None
    return [rule for rule in rules or () if isinstance(rule, dict) and {"id", "languages"} <= rule.keys()]


def _mode(rule: dict[str, Any]) -> str:
    return str(rule.get("mode") or ("taint" if "pattern-sources" in rule or "taint" in rule else "search"))


def _languages(rule: dict[str, Any]) -> set[str]:
    names = (str(name).lower() for name in rule["languages"])
    return {ALIASES.get(name, name) for name in names}


__all__ = ["copy_rules"]
