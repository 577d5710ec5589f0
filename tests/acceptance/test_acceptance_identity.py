"""Who a finding is: fixing one and adding another shows, moving one does not (cases E4, E5 and E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from acceptance_world import BASELINE, CREDENTIAL, EVAL, NEXT_YEAR, SETTINGS, Project, waivers

if TYPE_CHECKING:
    from pathlib import Path

ONE = "def one(a):\n    return eval(a)\n"
TWO = "def two(b):\n    return eval(b)\n"
LEGACY = f"import sys\n\n\n{ONE}"


@pytest.fixture(scope="module")
def _recorded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("recorded"), {"app.py": LEGACY})
    project.baseline()
    project.commit("baseline")
    done = project.check()
    assert (done.code, done.excused()) == (0, [f"baseline: {EVAL} app.py:5"])
    return project


@pytest.fixture
def recorded(_recorded: Project, tmp_path: Path) -> Project:
    """A project with one old violation in its baseline, all committed."""
    return _recorded.copy(tmp_path / "recorded")


class TestE04OneFixedAndAnotherAdded:
    def test_e04_of_the_same_rule_in_the_same_file(self, recorded):
        recorded.write({"app.py": LEGACY.replace("eval(a)", "int(a)") + "\n\n" + TWO})
        done = recorded.check()
        assert done.code == 1
        assert done.failing() == [
            f"{EVAL} app.py:9",
        ]
        # and the dead entry is told, for it would excuse the old one's return
        assert done.found() == [f"policy/unused-baseline-entry {BASELINE}:3", f"{EVAL} app.py:9"]

    def test_e04_of_the_same_rule_in_the_same_function(self, recorded):
        recorded.write({"app.py": LEGACY.replace("eval(a)", "eval(a.text)")})
        assert recorded.check().failing() == [f"{EVAL} app.py:5"]

    def test_e04_the_same_symbol_in_another_file(self, recorded):
        recorded.write({"other.py": LEGACY})
        done = recorded.check()
        assert done.failing() == [f"{EVAL} other.py:5"]
        assert done.excused() == [f"baseline: {EVAL} app.py:5"]

    def test_e04_the_same_symbol_in_another_file_while_the_first_is_mended(self, recorded):
        recorded.write({"app.py": LEGACY.replace("eval(a)", "int(a)"), "other.py": LEGACY})
        assert recorded.check().failing() == [f"{EVAL} other.py:5"]

    def test_e04_the_same_statement_in_another_definition(self, recorded):
        recorded.write({"app.py": LEGACY.replace("def one", "def other")})
        assert recorded.check().failing() == [f"{EVAL} app.py:5"]

    def test_e04_a_third_identical_copy(self, project):
        copy = "    eval(a)\n"
        project.commit("old", {"app.py": "def one(a):\n" + copy * 2})
        project.baseline()
        assert project.check().code == 0
        project.write({"app.py": "def one(a):\n" + copy * 3})
        done = project.check()
        assert done.code == 1
        assert len(done.failing()) == 1
        assert len(done.excused()) == 2

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('password = "hunter2-blue"\n', 'password = "s3cr3t-horse"\n'),
            ('password = "hunter2-blue"\n', 'password = "hunter2-Blue"\n'),
            ('password = "hunter2-blue"\n', 'password = "hunter2-blue2"\n'),
            ('login(password = "x")\npassword = "hunter2-blue"\n', 'password = "s3cr3t-horse"\n'),
        ],
        ids=["another", "another case", "longer", "and moved"],
    )
    def test_e04_another_secret_on_the_same_line(self, project, before, after):
        project.commit("old", {"app.py": before})
        project.baseline()
        assert project.check().code == 0
        project.write({"app.py": after})
        done = project.check()
        assert done.code == 1
        assert [f.split(":")[0] for f in done.failing()] == [f"{CREDENTIAL} app.py"]

    def test_e04_one_of_two_secrets_on_the_same_line(self, project):
        project.commit("old", {"app.py": 'keys = {"password": "hunter2-blue", "api_key": "a81f3c9d77e24b10"}\n'})
        project.baseline()
        assert project.check().code == 0
        project.write({"app.py": 'keys = {"password": "hunter2-blue", "api_key": "b92a4d0e88f35c21"}\n'})
        assert project.check().code == 1

    def test_e04_the_command_does_not_hide_it_either(self, recorded):
        recorded.write({"app.py": LEGACY.replace("eval(a)", "int(a)") + "\n\n" + TWO})
        said = recorded.baseline().text
        assert "1 gone, and removed" in said
        assert "1 new and not recorded" in said
        assert recorded.check().failing() == [f"{EVAL} app.py:9"]


SHIFTED = "".join(f"setting_{n} = {n}\n" for n in range(50)) + LEGACY
REINDENTED = "import sys\n\n\ndef one(a):\n        return eval(a)\n"
UNDER_CONDITION = "import sys\n\nif sys:\n    def one(a):\n        return eval(a)\n"
WRAPPED = "import sys\n\n\ndef one(a):\n    return eval(\n        a,\n    )\n"
COMMENTED = "import sys\n\n\ndef one(a):\n    return eval(a)  # a parser would be better\n"
CRLF = LEGACY.replace("\n", "\r\n")
MARKED = "\ufeff" + LEGACY

CHANGES = {
    "fifty lines above": SHIFTED,
    "re-indented": REINDENTED,
    "put under a condition": UNDER_CONDITION,
    "re-wrapped": WRAPPED.replace("a,\n", "a\n"),
    "commented": COMMENTED,
    "other line ends": CRLF,
    "byte order mark": MARKED,
    "a neighbour": ONE.replace("one", "zero").replace("eval(a)", "int(a)") + "\n\n" + LEGACY,
}


class TestE05OneThatMoved:
    @pytest.mark.parametrize("change", CHANGES)
    def test_e05_the_baseline_still_matches(self, recorded, change):
        recorded.write({"app.py": CHANGES[change]})
        done = recorded.check()
        assert done.code == 0
        assert len(done.excused()) == len(done.found()) == 1

    @pytest.mark.parametrize("change", CHANGES)
    def test_e05_a_waiver_for_the_one_finding_still_matches(self, make, change):
        project = make({"app.py": LEGACY})
        (finding,) = project.check().report["findings"]
        project.write({SETTINGS: waivers({"fingerprint": finding["fingerprint"]})})
        assert project.check(env="production").code == 0
        project.write({"app.py": CHANGES[change]})
        done = project.check(env="production")
        assert done.code == 0
        assert len(done.excused("production")) == len(done.found()) == 1

    def test_e05_both_renamed_and_moved(self, recorded):
        recorded.git("mv", "app.py", "service.py")
        recorded.write({"service.py": SHIFTED})
        done = recorded.check()
        assert done.code == 0
        assert done.excused() == [f"baseline: {EVAL} service.py:55"]

    def test_e05_renamed_into_another_folder_committed(self, recorded):
        recorded.write({"src/.keep": ""})
        recorded.git("mv", "app.py", "src/app.py")
        recorded.commit("move")
        assert recorded.check().code == 0

    def test_e05_the_command_writes_the_new_path(self, recorded):
        recorded.git("mv", "app.py", "service.py")
        assert "1 moved with their file" in recorded.baseline().text
        assert "\tservice.py\t" in recorded.read(BASELINE)
        assert "app.py" not in recorded.read(BASELINE)
        assert recorded.check().found() == [f"{EVAL} service.py:5"]

    def test_e05_a_waiver_for_the_folder_goes_with_a_renamed_file(self, make):
        project = make({"legacy/app.py": LEGACY, SETTINGS: waivers({"path": "legacy/"})})
        project.git("mv", "legacy/app.py", "legacy/service.py")
        assert project.check(env="production").code == 0

    def test_e05_a_waiver_for_the_file_does_not_follow_it(self, make):
        project = make({"app.py": LEGACY, SETTINGS: waivers({"path": "app.py"})})
        project.git("mv", "app.py", "service.py")
        done = project.check(env="production")
        assert done.code == 1
        assert "policy/unused-waiver ospec-guard.yaml:1" in done.found()

    def test_e05_a_suppression_in_a_comment_goes_with_its_line(self, make):
        text = "import sys\n# ospec-guard: ignore[python/eval-call] a literal of ours\nx = eval(sys.argv[1])\n"
        project = make({"app.py": text})
        for change in (text, "y = 1\n" * 50 + text, text.replace("import sys", "import sys, os")):
            project.write({"app.py": change})
            assert project.check().code == 0
        project.git("mv", "app.py", "service.py")
        assert project.check().code == 0

    def test_e05_after_a_rebase(self, recorded):
        recorded.branch("feature")
        recorded.commit("feature", {"feature.py": "x = 1\n"})
        recorded.git("checkout", "--quiet", "main")
        recorded.commit("main moves on", {"app.py": SHIFTED})
        recorded.git("checkout", "--quiet", "feature")
        recorded.git("rebase", "--quiet", "main")
        assert recorded.check().excused() == [f"baseline: {EVAL} app.py:55"]
        assert recorded.check().code == 0

    def test_e05_after_a_squash(self, recorded):
        recorded.branch("feature")
        recorded.commit("one", {"app.py": SHIFTED})
        recorded.git("mv", "app.py", "service.py")
        recorded.commit("two")
        recorded.git("checkout", "--quiet", "main")
        recorded.git("merge", "--quiet", "--squash", "feature")
        recorded.commit("squashed")
        assert recorded.check().excused() == [f"baseline: {EVAL} service.py:55"]
        assert recorded.check().code == 0

    def test_e05_two_branches_that_record_merge_without_a_conflict(self, project):
        project.commit("start", {"start.py": "x = 1\n", ".gitattributes": f"{BASELINE} merge=union\n"})
        for name in ("left", "right"):
            project.git("checkout", "--quiet", "-b", name, "main")
            project.write({f"{name}.py": LEGACY})
            project.baseline()
            project.commit(name)
        project.git("merge", "--quiet", "-m", "both", "left")
        done = project.check()
        assert done.code == 0
        assert done.excused() == [f"baseline: {EVAL} left.py:5", f"baseline: {EVAL} right.py:5"]
        before = project.read(BASELINE)
        project.baseline()
        assert sorted(project.read(BASELINE)) == sorted(before)


class TestE07ASuppressedTwinAndALiveOne:
    SUPPRESSED = "    eval(a)  # ospec-guard: ignore[python/eval-call] a literal of ours\n"
    LIVE = "    eval(a)\n"

    @pytest.mark.parametrize("order", [(SUPPRESSED, LIVE), (LIVE, SUPPRESSED)], ids=["suppressed first", "live first"])
    def test_e07_the_live_one_takes_the_entry(self, project, order):
        project.commit("old", {"app.py": "def one(a):\n" + self.LIVE})
        project.baseline()
        project.write({"app.py": "def one(a):\n" + "".join(order)})
        done = project.check()
        live, suppressed = 2 + order.index(self.LIVE), 2 + order.index(self.SUPPRESSED)
        assert done.code == 0
        assert sorted(done.excused()) == [f"baseline: {EVAL} app.py:{live}", f"inline: {EVAL} app.py:{suppressed}"]

    def test_e07_a_second_live_one_fails(self, project):
        project.commit("old", {"app.py": "def one(a):\n" + self.LIVE})
        project.baseline()
        project.write({"app.py": "def one(a):\n" + self.SUPPRESSED + self.LIVE * 2})
        done = project.check()
        assert done.code == 1
        assert len(done.failing()) == 1

    def test_e07_a_suppressed_one_is_not_recorded(self, project):
        project.write({"app.py": "def one(a):\n" + self.SUPPRESSED + self.LIVE})
        assert "1 finding recorded" in project.baseline().text

    def test_e07_where_the_suppression_is_refused_both_count(self, project):
        project.commit("old", {"app.py": "def one(a):\n" + self.LIVE})
        project.baseline()
        project.write({"app.py": "def one(a):\n" + self.SUPPRESSED + self.LIVE})
        done = project.check(env="production")
        assert done.code == 1
        assert done.failing("production") == [f"{EVAL} app.py:2", f"{EVAL} app.py:3"]
        assert sorted(said.split(":")[0] for said in done.refused("production")) == ["baseline", "inline"]

    @pytest.mark.parametrize("format_", ["text", "sarif", "gitlab", "junit", "github", "vim"])
    def test_e07_every_report_gives_the_same_answer(self, project, format_):
        project.commit("old", {"app.py": "def one(a):\n" + self.LIVE})
        project.baseline()
        project.write({"app.py": "def one(a):\n" + self.SUPPRESSED + self.LIVE})
        assert project.guard("check", "--env", "staging", "--format", format_).code == 0
        assert project.guard("check", "--env", "production", "--format", format_).code == 1


def test_e05_expiry_dates_are_no_part_of_the_identity(make):
    project = make({"app.py": LEGACY})
    (before,) = project.check().report["findings"]
    project.write({SETTINGS: waivers({"path": "app.py", "expires": NEXT_YEAR})})
    (after,) = project.check().report["findings"]
    assert before["fingerprint"] == after["fingerprint"]
