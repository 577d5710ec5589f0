"""`nosemgrep: id` where rules of one id got the paths of their files before it."""

from __future__ import annotations

import pytest
from cli_world import Project

RULE = "rules: [{{id: same, languages: [python], severity: ERROR, message: m, pattern: {name}()}}]\n"


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        pytest.param("nosemgrep: same - trusted", ["two.same a.py:2"], id="the word they share"),
        pytest.param("nosemgrep: one.same - trusted", ["two.same a.py:2"], id="one of them"),
        pytest.param("nosemgrep: two.same - trusted", ["one.same a.py:1", "two.same a.py:2"], id="the other one"),
        pytest.param("nosemgrep: ame - trusted", ["one.same a.py:1", "two.same a.py:2"], id="no rule of ours"),
    ],
)
def test_a_comment_reaches_rules_with_a_path(project: Project, comment: str, left: list[str]):
    project.write("rules/one.yaml", RULE.format(name="first"))
    project.write("rules/two.yaml", RULE.format(name="second"))
    project.write("a.py", f"first()  # {comment}\nsecond()\n")
    answer = project.check("--isolated", "--rules", "rules", "--env", "development")
    plain = [
        f"{one['rule_id']} {one['path']}:{one['span']['line']}"
        for one in answer.json["findings"]
        if not one["rulings"][0]["excuse"]
    ]
    assert plain == left
