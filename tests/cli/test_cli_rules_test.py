"""`rules test`: every line where a rule and the comments beside it disagree, and an answer that no gap can turn into a pass."""

from __future__ import annotations

import pytest
from cli_world import Answer, Project

RULE = """\
rules:
- id: word
  languages: [regex]
  message: the word
  severity: ERROR
  pattern-regex: tr[a]p
"""

NATIVE = """\
rules:
- id: word
  type: code_analysis
  languages: [python]
  pattern: tr[a]p
"""


def outcome(project: Project, *argv: str) -> Answer:
    answer = project.guard("rules", "test", *argv)
    assert answer.err == ""
    return answer


def lines(answer: Answer) -> list[str]:
    return [line for line in answer.out.splitlines() if line.startswith(("r.", "note: ", "tests/", "rules/"))]


@pytest.fixture(params=[RULE, NATIVE], ids=["semgrep", "native"])
def one_rule(project: Project, request: pytest.FixtureRequest) -> Project:
    project.write("r.yaml", request.param)
    return project


def test_a_rule_that_does_what_the_comments_say(one_rule: Project):
    one_rule.write("r.py", "# ruleid: word\ntrap\n# ok: word\npart\n")
    answer = outcome(one_rule, "r.yaml")
    assert answer.code == 0
    assert "test files: 1, annotated lines: 2, wrong lines: 0" in answer.out
    assert "untested" not in answer.out


def test_every_line_that_is_wrong_is_shown(one_rule: Project):
    one_rule.write("r.py", "# ruleid: word\npart\n# ok: word\ntrap\nx\ntrap\n")
    answer = outcome(one_rule, "r.yaml")
    assert answer.code == 1
    assert lines(answer) == [
        "r.py:2: 'word' should report this line and does not",
        "r.py:4: 'word' reports this line, and the comment above says it should not",
        "r.py:6: 'word' reports this line, and no comment above says it should",
    ]


def test_known_mistakes_do_not_fail_and_are_told_when_they_are_none_any_more(one_rule: Project):
    one_rule.write("r.py", "# todook: word\ntrap\n# todoruleid: word\npart\n# todook: word\nx\n# todoruleid: word\ntrap\n")
    answer = outcome(one_rule, "r.yaml")
    assert answer.code == 0
    assert lines(answer) == [
        "note: r.py:6: 'word' leaves alone this line by now: make 'todook' an 'ok'",
        "note: r.py:8: 'word' reports this line by now: make 'todoruleid' an 'ruleid'",
    ]


def test_comments_about_rules_that_are_not_there_are_told(one_rule: Project):
    one_rule.write("r.py", "# ruleid: word, wrod\ntrap\n")
    assert lines(outcome(one_rule, "r.yaml")) == ["note: r.py:1: there is no rule 'wrod' in r.yaml"]


def test_paths_do_not_count_in_tests(project: Project):
    project.write("r.yaml", RULE + "  paths: {include: [src/]}\n")
    project.write("r.py", "# ruleid: word\ntrap\n")
    assert outcome(project, "r.yaml").code == 0


def test_what_nosemgrep_covers_is_not_reported(project: Project):
    project.write("r.yaml", RULE)
    project.write("r.py", "# ok: word\ntrap  # nosemgrep: word\n# ok: word\ntrap  # nosem\n")
    assert lines(outcome(project, "r.yaml")) == []


def test_a_test_in_another_language_says_why_nothing_is_reported(project: Project):
    project.write("r.yaml", NATIVE)
    project.write("r.go", "// ruleid: word\ntrap\n")
    assert lines(outcome(project, "r.yaml")) == ["r.go:2: 'word' should report this line and does not: it does not look at go"]


def test_a_file_called_like_a_rule_file_of_ours_need_not_be_a_test(project: Project):
    project.write("r.yaml", NATIVE)
    project.write("r.py", "trap\n")
    assert outcome(project, "r.yaml").code == 0


def test_whole_folders_and_packs(project: Project):
    project.write("rules/a.yaml", RULE)
    project.write("rules/deep/b.yaml", RULE.replace("word", "other"))
    project.write("rules/a.test.yaml", "# ruleid: word\n- trap\n")
    project.write("rules/deep/b.py", "# ruleid: other\nx\n")
    answer = outcome(project, "rules")
    assert lines(answer) == ["rules/deep/b.py:2: 'other' should report this line and does not"]
    assert "rules: 2" in answer.out


def test_equal_ids_are_called_by_their_own_in_comments(project: Project):
    project.write("rules/a.yaml", RULE)
    project.write("rules/deep/b.yaml", RULE)
    project.write("rules/a.py", "# ruleid: word\ntrap\n")
    project.write("rules/deep/b.py", "# ruleid: word\ntrap\n")
    answer = outcome(project, "rules")
    assert (answer.code, lines(answer)) == (0, [])


def test_tests_in_a_folder_of_their_own(project: Project):
    project.write("rules/deep/a.yaml", RULE)
    project.write("tests/deep/a.py", "# ruleid: word\nx\n")
    answer = outcome(project, "rules", "--tests", "tests")
    assert lines(answer) == ["tests/deep/a.py:2: 'word' should report this line and does not"]


def test_rules_that_nothing_tests_are_named(project: Project):
    project.write("r.yaml", RULE)
    answer = outcome(project, "r.yaml")
    assert answer.code == 0
    assert "untested (neither both kinds of example nor a line to report): word" in answer.out


def test_a_rule_that_cannot_run_is_never_a_pass(project: Project):
    project.write("r.yaml", RULE.replace("  pattern-regex: tr[a]p", "  mode: join\n  join: {}"))
    answer = outcome(project, "r.yaml")
    assert answer.code == 2
    assert "r.yaml:6:3: rule 'word' did not run: mode 'join'" in answer.out


def test_a_test_that_cannot_be_read_fails(one_rule: Project):
    one_rule.write("r.py", b"\0\0")
    answer = outcome(one_rule, "r.yaml")
    assert answer.code == 1
    assert lines(answer) == ["r.py: the test cannot be read: holds NUL bytes"]


class TestFixes:
    def of(self, project: Project, mended: str) -> Answer:
        project.write("r.yaml", RULE + "  fix: door\n")
        project.write("r.py", "# ruleid: word\na trap\nb\n# ruleid: word\nc trap\n")
        project.write("r.fixed.py", mended)
        return outcome(project, "r.yaml")

    def test_as_they_should_be(self, project: Project):
        assert self.of(project, "# ruleid: word\na door\nb\n# ruleid: word\nc door\n").code == 0

    def test_with_another_outcome(self, project: Project):
        answer = self.of(project, "# ruleid: word\na door\nb\n# ruleid: word\nc gate\n")
        assert answer.code == 1
        assert lines(answer) == ["r.fixed.py:5: r.py with all fixes has 'c door' here"]

    def test_that_leave_too_little(self, project: Project):
        answer = self.of(project, "# ruleid: word\na door\nb\n# ruleid: word\nc door\nd\n")
        assert lines(answer) == ["r.fixed.py:6: r.py with all fixes ends before this line"]
