"""The table of rules in docs/packs.md, made of the rules themselves: `python tests/packs_table.py` writes it anew."""

from __future__ import annotations

import os

from rule_world import PROJECT

from ospec_guard.document import Document, read_yaml

DOCUMENT = os.path.join(PROJECT, "docs", "packs.md")
START, END = "<!-- made by tests/packs_table.py -->\n", "<!-- end -->\n"


def rule_files() -> list[tuple[str, str, Document]]:
    """(pack, file name without its ending, document) of every rule file, sorted."""
    found = []
    folder = os.path.join(PROJECT, "rules")
    for pack in sorted(os.listdir(folder)):
        for name in sorted(os.listdir(os.path.join(folder, pack))):
            path = os.path.join(folder, pack, name)
            with open(path, "rb") as file:
                found.append((pack, name.removesuffix(".yaml"), read_yaml(file.read(), f"rules/{pack}/{name}")))
    return found


def table() -> str:
    """One line a rule, pack by pack."""
    lines = ["| rule | reports | severity | confidence | CWE |", "|---|---|---|---|---|"]
    for pack, name, document in rule_files():
        rule = document.value["rules"][0]
        facts = rule["metadata"]
        link = f"[{pack}/{rule['id']}](../rules/{pack}/{name}.yaml)"
        lines.append(
            f"| {link} | {rule['message']} | {rule['severity']} | {facts['confidence']} | {facts['cwe'].removeprefix('CWE-')} |"
        )
    return "\n".join(lines) + "\n"


def written() -> str:
    """What stands between the marks of the document."""
    with open(DOCUMENT, encoding="utf-8") as file:
        return file.read().partition(START)[2].partition(END)[0]


if __name__ == "__main__":
    with open(DOCUMENT, encoding="utf-8") as file:
        text = file.read()
    with open(DOCUMENT, "w", encoding="utf-8") as file:
        file.write(text.replace(START + written() + END, START + table() + END))
