"""`check --fix`, `--unsafe-fixes` and `--show-fixes`: what is changed, what is not and why, and how it is told."""

from __future__ import annotations

import os
import stat
from typing import Any

import pytest
from cli_world import ALONE, Project, unprivileged

RULES = r"""
rules:
  - id: old
    type: code_analysis
    description: The old name
    pattern: '\bol[d]\b'
    fix: {replace: new, safe: true}
  - id: risky
    type: code_analysis
    description: The risky name
    pattern: '\bris[k]\b'
    fix: care
  - id: shell
    type: code_analysis
    description: A shell runs it
    pattern: 'os\.syste[m]\((\w+)\)'
    fix: {replace: "subprocess.run(shlex.split($1))", safe: true, imports: [import shlex, import subprocess]}
  - id: debug
    type: code_analysis
    description: Left from debugging
    pattern: 'debu[g]\(\)'
    fix: {replace: "", safe: true}
  - id: block
    type: code_analysis
    description: To be closed
    pattern: 'f = ope[n]\((\w+)\)'
    fix: {replace: "with open($1) as f:\n    pass", safe: true}
  - id: breaking
    type: code_analysis
    description: Its fix is wrong
    pattern: '\bbrea[k]er\b'
    fix: {replace: "(", safe: true}
  - id: plain
    type: code_analysis
    description: No fix
    pattern: '\bplai[n]\b'
"""

FIX = ("--fix", "--format", "json")


@pytest.fixture
def fixing(project: Project) -> Project:
    """A project with rules that can fix."""
    project.write("r.yaml", RULES)
    return project


def check(project: Project, *argv: str, **options: Any) -> Any:
    return project.guard("check", *ALONE, *argv, **options)


class TestWhatIsFixed:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param("old = 1\n", "new = 1\n", id="one"),
            pytest.param("x = old + old\n", "x = new + new\n", id="two in a line"),
            pytest.param("old(os.system(a))\n", "import shlex\nimport subprocess\n\nnew(subprocess.run(shlex.split(a)))\n", id="two rules in a line"),
            pytest.param("def f(a):\n    f = open(a)\n    return f\n", "def f(a):\n    with open(a) as f:\n        pass\n    return f\n", id="several lines"),
            pytest.param("a()\n  \ndebug()\nb()\n", "a()\n  \nb()\n", id="a line goes"),
            pytest.param("a(); debug()\n", "a(); \n", id="a part of a line goes"),
            pytest.param('"""Doc."""\n\nimport os\n\nos.system(a)\n', '"""Doc."""\n\nimport os\nimport shlex\nimport subprocess\n\nsubprocess.run(shlex.split(a))\n', id="imports"),
            pytest.param("plain = risk\n", "plain = risk\n", id="nothing that is safe"),
        ],
    )  # fmt: skip
    def test_in_python(self, fixing: Project, before: str, after: str):
        fixing.write("t.py", before)
        check(fixing, "--fix")
        assert fixing.read("t.py") == after
        check(fixing, "--fix")
        assert fixing.read("t.py") == after, "once is enough"

    def test_the_report_and_the_exit_code_are_those_of_what_remains(self, fixing: Project):
        fixing.write("t.py", "old = plain\nx = old\n")
        answer = check(fixing, *FIX, "--env", "staging")
        assert (answer.code, answer.found) == (1, ["plain t.py:1"])
        assert answer.err == "fixed 2 findings in 1 file\n"
        fixing.write("t.py", "old = 1\n")
        assert (check(fixing, *FIX, "--env", "staging").code, fixing.read("t.py")) == (0, "new = 1\n")

    def test_unsafe_ones_are_asked_for(self, fixing: Project):
        fixing.write("t.py", "risk = old\n")
        answer = check(fixing, "--fix")
        assert fixing.read("t.py") == "risk = new\n"
        assert answer.err == (
            "fixed 1 finding in 1 file\n1 finding has a fix that is not called safe; --unsafe-fixes takes them too\n"
        )
        assert check(fixing, "--fix", "--unsafe-fixes").err == "fixed 1 finding in 1 file\n"
        assert fixing.read("t.py") == "care = new\n"

    def test_several_files(self, fixing: Project):
        for name in ("a.py", "sub/b.rb", "c.txt"):
            fixing.write(name, "old\n")
        assert check(fixing, "--fix", "a.py", "sub").err == "fixed 2 findings in 2 files\n"
        assert [fixing.read(name) for name in ("a.py", "sub/b.rb", "c.txt")] == ["new\n", "new\n", "old\n"]

    def test_without_the_option_nothing_changes(self, fixing: Project):
        fixing.write("t.py", "old = 1\n")
        answer = check(fixing)
        assert fixing.read("t.py") == "old = 1\n"
        assert "fix: available (--fix)" in answer.out


class TestWhatIsLeft:
    def test_what_somebody_excuses(self, fixing: Project):
        fixing.write("t.py", "old = 1  # ospec-guard: ignore[old] it has to be\nold = 1\n")
        assert check(fixing, *FIX).err == "fixed 1 finding in 1 file\n"
        assert fixing.read("t.py") == "old = 1  # ospec-guard: ignore[old] it has to be\nnew = 1\n"

    def test_not_where_the_environment_does_not_obey_the_excuse(self, fixing: Project):
        fixing.write("t.py", "old = 1  # ospec-guard: ignore[old] it has to be\n")
        check(fixing, "--fix", "--env", "production")
        assert fixing.read("t.py").startswith("new")

    def test_what_the_baseline_knows(self, fixing: Project):
        fixing.write("t.py", "old = 1\n")
        assert fixing.guard("baseline", *ALONE, "--output", "known").code == 0
        fixing.write("t.py", "old = 1\n\n\nold = 2\n")
        check(fixing, "--fix", "--baseline", "known")
        assert fixing.read("t.py") == "old = 1\n\n\nnew = 2\n"

    def test_what_breaks_the_file(self, fixing: Project):
        fixing.write("t.py", "x = old\ny = breaker\n")
        answer = check(fixing, *FIX)
        assert fixing.read("t.py") == "x = new\ny = breaker\n"
        assert answer.found == ["breaking t.py:2"]
        assert answer.err == ("t.py:2:5: not fixed: breaking: the text would not parse any more\nfixed 1 finding in 1 file\n")

    def test_nothing_to_fix(self, fixing: Project):
        fixing.write("t.py", "plain\n")
        assert check(fixing, "--fix").err == "nothing was fixed\n"

    def test_the_text_of_others_stays_harmless(self, fixing: Project):
        fixing.write("\x1b[2J.py", "y = breaker\n")
        answer = check(fixing, "--fix")
        assert "\x1b" not in answer.err
        assert "\\x1b[2J.py:1:5: not fixed" in answer.err


class TestTheFileItself:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(b"old\r\nx\r\n", b"new\r\nx\r\n", id="CRLF"),
            pytest.param(b"x\r\n  debug()\r\nold\n", b"x\r\nnew\n", id="mixed"),
            pytest.param(b"f = open(a)\r\n", b"with open(a) as f:\r\n    pass\r\n", id="new lines in CRLF"),
            pytest.param(b"\xef\xbb\xbfold\n", b"\xef\xbb\xbfnew\n", id="byte order mark"),
            pytest.param("\ufeffé old\r\n".encode("utf-16-le"), "\ufeffé new\r\n".encode("utf-16-le"), id="UTF-16 LE"),
            pytest.param("\ufeffé old\n".encode("utf-16-be"), "\ufeffé new\n".encode("utf-16-be"), id="UTF-16 BE"),
            pytest.param(b"# \xe9\nold\n", b"# \xe9\nnew\n", id="Latin-1"),
            pytest.param("'🙂' + old\n".encode(), "'🙂' + new\n".encode(), id="wide characters"),
            pytest.param(b"old", b"new", id="no line end"),
            pytest.param(b"x = '\x0c'\nold\n", b"x = '\x0c'\nnew\n", id="form feed"),
        ],
    )
    def test_keeps_its_bytes(self, fixing: Project, before: bytes, after: bytes):
        path = fixing.write("t.py", before)
        check(fixing, "--fix")
        with open(path, "rb") as stream:
            assert stream.read() == after

    @pytest.mark.parametrize("mode", [0o755, 0o600, 0o664])
    def test_keeps_its_permissions_and_leaves_nothing_beside_it(self, fixing: Project, mode: int):
        path = fixing.write("sub/t.py", "old\n")
        os.chmod(path, mode)
        check(fixing, "--fix")
        assert (fixing.read("sub/t.py"), stat.S_IMODE(os.stat(path).st_mode)) == ("new\n", mode)
        assert os.listdir(os.path.dirname(path)) == ["t.py"]

    def test_is_left_alone_when_it_is_read_only(self, fixing: Project):
        path = fixing.write("t.py", "old\n")
        fixing.write("u.py", "old\n")
        os.chmod(path, 0o444)
        answer = check(fixing, *FIX)
        assert answer.err == "t.py: not fixed: it is read-only\nfixed 1 finding in 1 file\n"
        assert (fixing.read("t.py"), answer.found) == ("old\n", ["old t.py:1"])

    def test_is_left_alone_when_its_folder_takes_no_files(self, shared: Project):
        shared.write("r.yaml", RULES)
        path = shared.write("sub/t.py", "old\n")
        os.chmod(path, 0o666)
        with unprivileged():
            answer = check(shared, "--fix", "--no-cache")
        assert answer.err.startswith("sub/t.py: not fixed: it cannot be written: Permission denied\n")
        assert (shared.read("sub/t.py"), os.listdir(os.path.dirname(path))) == ("old\n", ["t.py"])

    def test_is_left_alone_behind_a_link(self, fixing: Project, tmp_path: Any):
        """Links are not even looked at; this one comes in between."""
        from ospec_guard.app.rewriting import rewrite

        outside = tmp_path / "outside.py"
        outside.write_text("old\n")
        os.symlink(outside, fixing.path("t.py"))
        os.symlink(tmp_path, fixing.path("folder"))
        assert rewrite(fixing.root, "t.py", b"old\n", b"new\n") == "it stands behind a link"
        assert rewrite(fixing.root, "folder/outside.py", b"old\n", b"new\n") == "it stands behind a link"
        check(fixing, "--fix")
        assert (outside.read_text(), os.path.islink(fixing.path("t.py"))) == ("old\n", True)

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            pytest.param("x = old + 1\n", "x = old + 1\n", id="another finding"),
            pytest.param("x\n" * 3, "x\n" * 3, id="none"),
            pytest.param(None, None, id="gone"),
        ],
    )
    def test_is_left_alone_when_it_is_not_what_was_checked(
        self, fixing: Project, monkeypatch: pytest.MonkeyPatch, text: str | None, after: str | None
    ):
        from ospec_guard.app import mending

        path = fixing.write("t.py", "old = 1\n")
        real = mending.mend

        def meddle(*args: Any, **options: Any) -> Any:
            os.unlink(path)
            if text is not None:
                fixing.write("t.py", text)
            return real(*args, **options)

        monkeypatch.setattr(mending, "mend", meddle)
        answer = check(fixing, "--fix")
        assert answer.err.startswith("t.py: not fixed: it ")
        assert (fixing.read("t.py") if os.path.exists(path) else None) == after

    def test_is_left_alone_when_it_changes_while_it_is_mended(self, fixing: Project):
        from ospec_guard.app.rewriting import rewrite

        fixing.write("t.py", "mine\n")
        assert rewrite(fixing.root, "t.py", b"old\n", b"new\n") == "it was changed meanwhile"
        assert fixing.read("t.py") == "mine\n"


class TestPreview:
    def test_is_a_diff_and_changes_nothing(self, fixing: Project):
        fixing.write("t.py", "if a:\n\told\n")
        fixing.write("u.py", "x = '\x0c'\nrisk")
        answer = check(fixing, "--show-fixes", "--env", "staging")
        assert answer.out == "--- a/t.py\n+++ b/t.py\n@@ -1,2 +1,2 @@\n if a:\n-\told\n+\tnew\n"
        assert answer.code == 1
        assert "would fix 1 finding in 1 file\n" in answer.err
        answer = check(fixing, "--show-fixes", "--unsafe-fixes", "u.py")
        assert answer.out == (
            "--- a/u.py\n+++ b/u.py\n@@ -1,2 +1,2 @@\n x = '\\x0c'\n"
            "-risk\n\\ No newline at end of file\n+care\n\\ No newline at end of file\n"
        )
        assert (fixing.read("t.py"), fixing.read("u.py")) == ("if a:\n\told\n", "x = '\x0c'\nrisk")

    def test_reports_go_to_files(self, fixing: Project):
        fixing.write("t.py", "old\n")
        answer = check(fixing, "--show-fixes", "--format", "json=report.json")
        assert answer.out.startswith("--- a/t.py\n")
        assert '"rule_id": "old"' in fixing.read("report.json")

    def test_without_fixes_it_is_empty(self, fixing: Project):
        fixing.write("t.py", "plain\n")
        answer = check(fixing, "--show-fixes")
        assert (answer.out, answer.err.splitlines()[0]) == ("", "nothing would be fixed")


class TestReports:
    @pytest.mark.parametrize(
        "text", ["old\n", "é = '🙂'; old\n", "a\n  debug()\nb\n", "import os\nos.system(a)\n", "a\r\n\tf = open(a)\r\n"]
    )
    def test_carry_the_edits_that_are_made(self, fixing: Project, text: str):
        fixing.write("t.py", text)
        seen = text.replace("\r\n", "\n")
        by_bytes, by_place = seen.encode(), seen
        [found] = check(fixing, "--format", "json").json["findings"]
        for edit in reversed(found["fix"]["edits"]):
            by_bytes = by_bytes[: edit["start"]] + edit["text"].encode() + by_bytes[edit["end"] :]
        [result] = check(fixing, "--format", "sarif").json["runs"][0]["results"]
        for each in reversed(result["fixes"][0]["artifactChanges"][0]["replacements"]):
            region, starts = each["deletedRegion"], [0, *(i + 1 for i, c in enumerate(by_place) if c == "\n")]
            start = starts[region["startLine"] - 1] + region["startColumn"] - 1
            end = starts[region["endLine"] - 1] + region["endColumn"] - 1
            by_place = by_place[:start] + each.get("insertedContent", {"text": ""})["text"] + by_place[end:]
        check(fixing, "--fix")
        assert fixing.read("t.py") == by_bytes.decode() == by_place


class TestWhatIsAskedFor:
    @pytest.mark.parametrize(
        ("argv", "error"),
        [
            pytest.param(("--fix", "--show-fixes"), "--show-fixes changes nothing, and --fix does", id="both"),
            pytest.param(("--unsafe-fixes",), "--unsafe-fixes says which fixes, and none are asked for", id="which of none"),
            pytest.param(("--fix", "--staged"), "fixes change the work tree, and --staged checks what is in git's index", id="staged"),
            pytest.param(("--show-fixes", "--format", "json"), "--show-fixes needs standard output for itself", id="report"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_said_before_anything_runs(self, fixing: Project, argv: tuple[str, ...], error: str):
        fixing.write("t.py", "old\n")
        answer = check(fixing, *argv)
        assert (answer.code, answer.out, answer.errors) == (2, "", [f"error: {error}"])
        assert fixing.read("t.py") == "old\n"

    @pytest.mark.parametrize(
        ("keys", "error"),
        [
            pytest.param("triggers: [{pattern: x}]\n    fix: y", "'fix' belongs to a rule with 'pattern'", id="triggers"),
            pytest.param("pattern: x\n    fix: {replace: y, imports: [os]}", "expected an import statement with one name, got 'os'", id="import"),
            pytest.param("pattern: x\n    fix: {text: y}", 'unknown key "text"', id="key"),
        ],
    )  # fmt: skip
    def test_a_fix_that_cannot_be_is_an_error_of_the_rule(self, fixing: Project, keys: str, error: str):
        fixing.write("r.yaml", f"rules:\n  - id: a\n    type: code_analysis\n    description: b\n    {keys}\n")
        answer = check(fixing)
        assert answer.code == 2
        assert error in answer.err
