"""Our findings against semgrep's, one by one, on a real tree: `./dev bench compare RULES TREE [--json FILE]`.

RULES is a Semgrep rule file or a folder of them. The tree is copied without .git, so that both tools see every file; Semgrep
runs without its limits of time and size. Two findings are the same if rule, file, first and last line are (`--columns`: columns
too).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from collection import copy_rules
from peers import Answer, Hit, guard, guard_answer, semgrep, semgrep_answer, thorough

Key = tuple[str, str, int, int, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", type=Path)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--modes", default="search", help="modes of the rules, with commas (default: search)")
    parser.add_argument("--language", default="", help="only rules of this language")
    parser.add_argument("--columns", action="store_true", help="tell findings apart by their columns too")
    parser.add_argument("--examples", type=int, default=3, help="differences shown of each rule (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything, for a machine")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ids = copy_rules(arguments.rules, work / "rules", arguments.modes.split(","), arguments.language)
        if not ids:
            parser.error(f"{arguments.rules} has no rule of the modes {arguments.modes}")
        tree = work / "tree"
        shutil.copytree(arguments.tree, tree, ignore=shutil.ignore_patterns(".git", ".semgrepignore"), symlinks=True)
        (tree / ".semgrepignore").write_text("")
        ours, theirs = answers(work, tree, ids)
        document = differences(ours, theirs, ids, arguments.columns)
        show(document, tree, arguments.examples)
    if arguments.json:
        arguments.json.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def answers(work: Path, tree: Path, ids: dict[str, str]) -> tuple[Answer, Answer]:
    """Ours and theirs."""
    environ = {"XDG_CACHE_HOME": str(work / "cache"), "HOME": str(work)}
    guard(work / "rules", tree, environ, str(work / "ours.json")).run()
    thorough(semgrep(work / "rules", tree, environ, str(work / "theirs.json"))).run()
    return guard_answer(work / "ours.json"), semgrep_answer(work / "theirs.json", ids)


def differences(ours: Answer, theirs: Answer, ids: dict[str, str], columns: bool) -> dict[str, Any]:
    """What only one has, by rule; equal findings of one rule count as often as they were reported."""
    left, right = _keys(ours.hits, columns), _keys(theirs.hits, columns)
    rules: dict[str, Any] = {}
    for sort, counter in (("both", left & right), ("only_ours", left - right), ("only_theirs", right - left)):
        for (rule, path, line, end_line, column, end_column), count in sorted(counter.items()):
            entry = rules.setdefault(rule, {"file": ids.get(rule, ""), "both": 0, "only_ours": [], "only_theirs": []})
            if sort == "both":
                entry["both"] += count
            else:
                place = {"path": path, "line": line, "end_line": end_line, "column": column, "end_column": end_column}
                entry[sort] += [place] * count
    return {
        "rules_run": len(ids),
        "files": {"ours": ours.files, "theirs": theirs.files},
        "both": sum((left & right).values()),
        "only_ours": sum((left - right).values()),
        "only_theirs": sum((right - left).values()),
        "rules": dict(sorted(rules.items(), key=_weight)),
        "gaps_of_ours": ours.gaps,
        "gaps_of_theirs": theirs.gaps,
    }


def _weight(entry: tuple[str, dict[str, Any]]) -> tuple[int, str]:
    """Most differences first."""
    return -len(entry[1]["only_ours"]) - len(entry[1]["only_theirs"]), entry[0]


def _keys(hits: Iterable[Hit], columns: bool) -> Counter[Key]:
    return Counter(
        (hit.rule, hit.path, hit.line, hit.end_line, hit.column if columns else 0, hit.end_column if columns else 0)
        for hit in hits
    )


def show(document: dict[str, Any], tree: Path, examples: int) -> None:
    """The counts, then each rule that differs with a few places of each sort and their first lines."""
    files = document["files"]
    print(f"{document['rules_run']:,} rules; files: ours {files['ours']:,}, theirs {files['theirs']:,}")
    print(f"both {document['both']:,}, only ours {document['only_ours']:,}, only theirs {document['only_theirs']:,}")
    for name in ("ours", "theirs"):
        gaps = document[f"gaps_of_{name}"]
        print(f"gaps of {name}: {len(gaps):,}")
        for key, message in sorted(gaps.items())[: examples * 3]:
            print(f"    {key}: {' '.join(message.split())[:160]}")
    for rule, entry in document["rules"].items():
        if not entry["only_ours"] and not entry["only_theirs"]:
            continue
        print(f"\n{rule} ({entry['file']}): both {entry['both']:,}")
        for sort in ("only_ours", "only_theirs"):
            print(f"  {sort.replace('_', ' ')}: {len(entry[sort]):,}")
            for place in entry[sort][:examples]:
                where = f"{place['path']}:{place['line']}-{place['end_line']}"
                mark = "  (theirs has a gap here)" if place["path"] in document["gaps_of_theirs"] else ""
                print(f"    {where}{mark}\n        {_line(tree / place['path'], place['line'])}")


def _line(path: Path, number: int) -> str:
    with open(path, encoding="utf-8", errors="replace") as stream:
        return next((text.strip()[:140] for count, text in enumerate(stream, 1) if count == number), "")


if __name__ == "__main__":
    main()
