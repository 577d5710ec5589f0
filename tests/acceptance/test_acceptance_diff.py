"""`--diff`: what is new since the merge base, and never a guess where history is missing (case E11)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from acceptance_world import EVAL, SETTINGS, Project, git, guard, waivers

if TYPE_CHECKING:
    from pathlib import Path

OLD = "def old(a):\n    return eval(a)\n"
NEW = "\n\ndef new(b):\n    return eval(b)\n"


@pytest.fixture(scope="module")
def _forked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("forked"), {"app.py": OLD, "same.py": OLD, "gone.py": OLD})
    project.branch("feature")
    project.git("checkout", "--quiet", "main")
    project.commit("main moves on", {"main_only.py": OLD})
    project.git("checkout", "--quiet", "feature")
    return project


@pytest.fixture
def forked(_forked: Project, tmp_path: Path) -> Project:
    """A branch `feature` off `main`, which has moved on since; both have an old violation in `app.py`."""
    return _forked.copy(tmp_path / "forked")


class TestWhatIsNew:
    def test_nothing(self, forked):
        done = forked.check("--diff", "main")
        assert done.code == 0
        assert done.found() == []
        assert done.report["diff_base"] == forked.git("merge-base", "main", "HEAD")

    def test_an_added_violation_in_an_old_file(self, forked):
        forked.commit("feature", {"app.py": OLD + NEW})
        done = forked.check("--diff", "main")
        assert done.code == 1
        assert done.failing() == [f"{EVAL} app.py:6"]
        assert [(f["span"]["line"], f["existing"]) for f in done.report["findings"]] == [(2, True), (6, False)]
        assert "same.py" not in done.files()

    @pytest.mark.parametrize("state", ["committed", "staged", "in the work tree"])
    def test_however_far_it_has_come(self, forked, state):
        forked.write({"app.py": OLD + NEW, "added.py": OLD})
        if state == "staged":
            forked.git("add", "--all")
        elif state == "committed":
            forked.commit("feature")
        assert forked.check("--diff", "main").failing() == [f"{EVAL} added.py:2", f"{EVAL} app.py:6"]

    @pytest.mark.parametrize(
        ("text", "failing"),
        [
            ("x = 1\n" * 50 + OLD, []),
            (OLD.replace("    return", "\treturn"), []),
            (OLD.replace("eval(a)", "eval(a.text)"), [f"{EVAL} app.py:2"]),
            (OLD + "    return eval(a)\n", [f"{EVAL} app.py:3"]),
            (OLD.replace("\n", "\r\n"), []),
            (OLD.replace("def old", "def older"), [f"{EVAL} app.py:2"]),
        ],
        ids=["moved", "re-indented", "changed", "a twin", "other line ends", "another definition"],
    )
    def test_by_what_the_finding_is_not_by_its_line(self, forked, text, failing):
        forked.write({"app.py": text})
        assert forked.check("--diff", "main").failing() == failing

    def test_one_of_two_twins_moved_to_another_file_is_new_there(self, forked):
        forked.write({"app.py": "x = 1\n", "other.py": OLD})
        assert forked.check("--diff", "main").failing() == [f"{EVAL} other.py:2"]

    @pytest.mark.parametrize("committed", [True, False])
    def test_a_renamed_file_brings_its_old_ones_along(self, forked, committed):
        long = OLD + "".join(f"setting_{n} = {n}\n" for n in range(20))
        forked.git("checkout", "--quiet", "-B", "base", "main")
        forked.commit("long", {"app.py": long})
        forked.git("mv", "app.py", "service.py")
        forked.write({"service.py": long + NEW})
        if committed:
            forked.commit("move")
        assert forked.check("--diff", "HEAD~1" if committed else "HEAD").failing() == [f"{EVAL} service.py:26"]

    def test_renamed_without_telling_git(self, forked):
        os.rename(forked.path("app.py"), forked.path("service.py"))
        assert forked.check("--diff", "main").failing() == []

    def test_a_deleted_file(self, forked):
        forked.remove("gone.py")
        done = forked.check("--diff", "main")
        assert (done.code, done.files()) == (0, {})

    def test_what_main_has_got_since_does_not_count(self, forked):
        forked.commit("feature", {"feature.py": "x = 1\n"})
        assert forked.check("--diff", "main").code == 0

    def test_after_a_merge_of_main(self, forked):
        forked.commit("feature", {"app.py": OLD + NEW})
        forked.git("merge", "--quiet", "-m", "merge main", "main")
        done = forked.check("--diff", "main")
        assert done.failing() == [f"{EVAL} app.py:6"]
        assert "main_only.py" not in done.files()

    def test_on_the_merge_commit_that_ci_makes(self, forked):
        forked.commit("feature", {"app.py": OLD + NEW})
        forked.git("checkout", "--quiet", "--detach", "main")
        forked.git("merge", "--quiet", "--no-ff", "-m", "merge feature", "feature")
        assert forked.check("--diff", "main").failing() == [f"{EVAL} app.py:6"]

    def test_by_every_sort_of_name(self, forked):
        forked.write({"app.py": OLD + NEW})
        forked.git("tag", "v1", "main")
        for name in ("main", "v1", "HEAD", "main~1", forked.git("rev-parse", "main")[:12], "refs/heads/main"):
            assert forked.check("--diff", name).failing() == [f"{EVAL} app.py:6"]

    def test_from_a_subfolder_and_for_some_paths(self, forked):
        forked.write({"src/a.py": OLD, "src/b.py": OLD, "app.py": OLD + NEW})
        assert forked.check("--diff", "main", cwd="src").failing() == [
            f"{EVAL} app.py:6",
            f"{EVAL} src/a.py:2",
            f"{EVAL} src/b.py:2",
        ]
        assert forked.check("--diff", "main", "a.py", cwd="src").failing() == [f"{EVAL} src/a.py:2"]
        assert forked.check("--diff", "main", ".", cwd="src").failing() == [f"{EVAL} src/a.py:2", f"{EVAL} src/b.py:2"]

    def test_ignored_and_excluded_files_stay_out(self, forked):
        forked.write({".gitignore": "ignored.py\n", "ignored.py": OLD, "docs/a.py": OLD, SETTINGS: "exclude: [docs/]\n"})
        assert forked.check("--diff", "main").failing() == []

    def test_names_that_need_quoting(self, forked):
        for name in ("with space.py", "naïve.py", 'quo"te.py', "-dash.py", "a#b.py", "tab\there.py", "line\nfeed.py"):
            forked.write({name: OLD})
        assert len(forked.check("--diff", "main").failing()) == 7

    def test_a_new_twin_does_not_hide_behind_the_baseline_entry_of_the_old_one(self, forked):
        forked.baseline()
        forked.write({"app.py": OLD + "    return eval(a)\n"})
        for arguments in (("--diff", "main"), ()):
            assert forked.check("app.py", *arguments).failing() == [f"{EVAL} app.py:3"]

    def test_a_bad_suppression_that_was_there_before_is_not_new(self, project):
        project.commit("start", {"app.py": "x = 1  # ospec-guard: ignore\n"})
        project.write({"app.py": "x = 1  # ospec-guard: ignore\ny = 2\n"})
        assert project.check().code == 1
        assert project.check("--diff", "HEAD").code == 0

    def test_a_bad_suppression_that_is_new_is(self, project):
        project.commit("start", {"app.py": "x = 1  # ospec-guard: ignore\n"})
        project.write({"app.py": "x = 1  # ospec-guard: ignore\ny = 2  # ospec-guard: ignore[no-such-rule] why\n"})
        assert project.check("--diff", "HEAD").failing() == ["policy/unknown-rule app.py:2"]

    def test_gaps_of_changed_files_count(self, forked):
        forked.write({"app.py": "def f(:\n    eval(x\n"})
        done = forked.check("--diff", "main")
        assert (done.code, done.gaps()) == (2, ["gap/parse app.py"])

    def test_gaps_of_other_files_do_not(self, forked):
        forked.git("checkout", "--quiet", "-B", "broken", "main")
        forked.commit("broken", {"broken.py": "def f(:\n    eval(x\n"})
        forked.write({"app.py": OLD + "\n"})
        assert forked.check("--diff", "HEAD").code == 0

    def test_with_waivers(self, forked):
        forked.write({"app.py": OLD + NEW, SETTINGS: waivers({"path": "app.py"})})
        done = forked.check("--diff", "main", env="production")
        assert done.code == 0
        assert done.excused("production") == [f"waiver: {EVAL} app.py:2", f"waiver: {EVAL} app.py:6"]

    def test_metrics_are_not_measured_and_a_notice_says_so(self, forked):
        plugin = (
            "plugin_type: guardrails\nname: quality\nversion: 1.0.0\n"
            "metrics:\n  - {name: documented, description: d, type: documentation, target: 1.0, threshold: 0.9}\n"
        )
        forked.write({"plugins/q/plugin.yaml": plugin, SETTINGS: "plugins:\n  enabled: [./plugins/q]\n"})
        done = forked.check("--diff", "main")
        assert done.report["metrics"] == []
        assert [n["id"] for n in done.report["notices"]] == ["notice/metrics-not-measured"]


class TestE11MissingHistory:
    @pytest.fixture
    def origin(self, forked: Project) -> Project:
        forked.commit("feature", {"app.py": OLD + NEW})
        return forked

    def clone(self, origin: Project, folder: object, *options: str) -> str:
        root = os.path.join(str(folder), "clone")
        git(str(folder), "clone", "--quiet", *options, f"file://{origin.root}", root)
        return root

    def test_e11_a_clone_of_depth_one_is_an_error_with_the_command(self, origin, tmp_path):
        clone = self.clone(origin, tmp_path, "--depth", "1", "--branch", "feature")
        done = guard(clone, "check", "--env", "staging", "--diff", "main")
        assert done.code == 2
        assert done.out == b""
        assert "--diff main: there is no such commit, branch or tag here" in done.err
        assert "git fetch --unshallow origin main:refs/remotes/origin/main" in done.err

    def test_e11_with_the_branch_but_not_the_history(self, origin, tmp_path):
        clone = self.clone(origin, tmp_path, "--depth", "1", "--branch", "feature", "--no-single-branch")
        done = guard(clone, "check", "--env", "staging", "--diff", "origin/main")
        assert (done.code, done.out) == (2, b"")
        assert "the history of this shallow clone ends before" in done.err
        assert "git fetch --unshallow origin" in done.err

    def test_e11_the_command_mends_it(self, origin, tmp_path):
        clone = self.clone(origin, tmp_path, "--depth", "1", "--branch", "feature")
        hint = guard(clone, "check", "--diff", "main").err.splitlines()[-1]
        command = hint.split("hint: ")[1].split(", ")[0]
        git(clone, *command.split()[1:])
        done = guard(clone, "check", "--env", "staging", "--diff", "origin/main", "--format", "json")
        assert done.code == 1
        assert done.failing() == [f"{EVAL} app.py:6"]

    def test_e11_a_shallow_clone_that_reaches_the_base_is_enough(self, origin, tmp_path):
        clone = self.clone(origin, tmp_path, "--depth", "2", "--branch", "feature", "--no-single-branch")
        done = guard(clone, "check", "--env", "staging", "--diff", "origin/main", "--format", "json")
        assert done.failing() == [f"{EVAL} app.py:6"]

    def test_e11_without_the_content_of_the_base(self, origin, tmp_path):
        origin.git("config", "uploadpack.allowFilter", "true")
        clone = self.clone(origin, tmp_path, "--filter=blob:none", "--branch", "feature")
        done = guard(clone, "check", "--env", "staging", "--diff", "origin/main", "--format", "json")
        if done.code != 1:  # where git does not fetch by itself
            assert (done.code, done.out) == (2, b"")
            assert "git fetch --refetch" in done.err
        else:
            assert done.failing() == [f"{EVAL} app.py:6"]

    def test_e11_a_dirty_tree_is_checked_as_it_is(self, origin):
        origin.write({"app.py": OLD + NEW + "\n\neval(c)\n", "untracked.py": OLD})
        origin.git("add", "app.py")
        origin.write({"app.py": OLD + NEW})
        done = origin.check("--diff", "main")
        assert done.failing() == [f"{EVAL} app.py:6", f"{EVAL} untracked.py:2"]
        assert origin.git("status", "--porcelain").split() == ["MM", "app.py", "??", "untracked.py"]

    def test_e11_in_the_middle_of_a_merge(self, origin):
        origin.git("checkout", "--quiet", "main")
        origin.commit("conflict", {"app.py": OLD + "\n\ndef third(c):\n    return eval(c)\n"})
        origin.git("checkout", "--quiet", "feature")
        origin.git("merge", "--quiet", "main", code=1)
        done = origin.check("--diff", "main", "app.py")
        assert done.code in (1, 2)
        assert any("app.py" in one for one in (*done.failing(), *done.gaps()))

    def test_e11_histories_that_never_met(self, origin):
        origin.git("checkout", "--quiet", "--orphan", "other")
        origin.commit("unrelated", {"app.py": OLD})
        done = origin.guard("check", "--diff", "main")
        assert (done.code, done.out) == (2, b"")
        assert "no history in common" in done.err

    def test_e11_before_the_first_commit(self, project):
        project.write({"app.py": OLD})
        done = project.guard("check", "--diff", "HEAD")
        assert (done.code, done.out) == (2, b"")
        assert "there is none yet" in done.err
        assert "--staged" in done.err

    def test_e11_outside_of_git(self, tmp_path):
        done = guard(str(tmp_path), "check", "--diff", "main")
        assert (done.code, done.out) == (2, b"")
        assert "--diff needs a git repository" in done.err

    @pytest.mark.parametrize("ref", ["--output=/tmp/x", "-h", "$(touch here)", "main;ls", "nö-such", ""])
    def test_e11_hostile_names_are_only_names(self, origin, ref):
        done = origin.guard("check", f"--diff={ref}")
        assert (done.code, done.out) == (2, b"")
        assert ("there is no such commit" if ref else "--diff is empty") in done.err
        assert not os.path.exists(origin.path("here"))

    def test_e11_git_is_missing(self, origin, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        done = origin.guard("check", "--diff", "main")
        assert (done.code, done.out) == (2, b"")
        assert "git is not installed" in done.err


def test_two_work_trees_of_one_repository(forked, tmp_path):
    forked.git("worktree", "add", "--quiet", str(tmp_path / "second"), "-b", "second", "main")
    second = Project.at(tmp_path / "second")
    second.write({"app.py": OLD + NEW, "new.py": OLD})
    assert second.check("--diff", "main").failing() == [f"{EVAL} app.py:6", f"{EVAL} new.py:2"]
    second.git("add", "new.py")
    assert second.check("--staged").failing() == [f"{EVAL} new.py:2"]
    assert second.check("--policy-from", "main", "--diff", "main").failing() == [f"{EVAL} app.py:6", f"{EVAL} new.py:2"]
    assert forked.check("--diff", "main").failing() == []
