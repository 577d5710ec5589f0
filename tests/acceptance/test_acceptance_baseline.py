"""`ospec-guard baseline`: what it writes, when it shrinks, and when it keeps its hands off."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest
from acceptance_world import BASELINE, EVAL, HASH, SETTINGS, Project, waivers

if TYPE_CHECKING:
    from pathlib import Path

A = "def a(x):\n    return eval(x)\n"
B = "import hashlib\n\n\ndef b(x):\n    return hashlib.md5(x)\n"


@pytest.fixture(scope="module")
def _old(tmp_path_factory: pytest.TempPathFactory) -> Project:
    files = {"a.py": A, "sub/b.py": B, "sub/c.py": A + "\n\n" + A.replace("def a", "def c")}
    return Project(tmp_path_factory.mktemp("old"), files)


@pytest.fixture
def old(_old: Project, tmp_path: Path) -> Project:
    """Four old findings, not recorded yet."""
    return _old.copy(tmp_path / "old")


def entries(project, path=BASELINE):
    return [line.split("\t") for line in project.read(path).splitlines() if not line.startswith("#")]


class TestFormat:
    def test_sorted_lines_of_five_fields_without_line_numbers(self, old):
        assert old.baseline().text == f"{BASELINE}: 4 findings recorded\n  4 added\n"
        lines = entries(old)
        assert [fields[:3] for fields in lines] == [
            [EVAL, "a.py", "a"],
            [EVAL, "sub/c.py", "a"],
            [EVAL, "sub/c.py", "c"],
            [HASH, "sub/b.py", "b"],
        ]
        assert {len(fields) for fields in lines} == {5}
        body = [line for line in old.read(BASELINE).splitlines() if not line.startswith("#")]
        assert body == sorted(body)

    def test_the_same_bytes_for_the_same_findings(self, old):
        old.baseline()
        before = old.read(BASELINE)
        old.write({"a.py": "x = 1\n" * 50 + A, "sub/b.py": B.replace("\n", "\r\n")})
        old.baseline()
        assert old.read(BASELINE) == before
        os.unlink(old.path(BASELINE))
        old.baseline("--jobs", "2", "--no-cache")
        assert old.read(BASELINE) == before

    def test_odd_names(self, plain):
        names = ["with space.py", "tab\there.py", "line\nfeed.py", "#hash.py", "100%.py", "naïve.py", "\u202eevil.py"]
        project = plain(dict.fromkeys(names, A))
        project.baseline()
        assert len(entries(project)) == len(names)
        assert project.check().failing() == []
        assert project.check().found() == [f"{EVAL} {name}:2" for name in sorted(names)]
        assert len(project.check().excused()) == len(names)

    def test_an_undecodable_name(self, project):
        with open(os.fsencode(project.root) + b"/caf\xe9.py", "wb") as file:
            file.write(A.encode())
        project.commit("odd")
        project.baseline()
        assert project.check().failing() == []
        assert "caf%E9.py" in project.read(BASELINE)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("<<<<<<< HEAD", "a merge conflict is not solved"),
            (f"{EVAL}\ta.py", "expected 5 fields"),
            (f"{EVAL}\ta.py\t-\tabc\tabc", "32 hexadecimal digits"),
            (f"{EVAL}\ta%zz.py\t-\t{'0' * 32}\t{'0' * 32}", "'%' is not followed"),
        ],
        ids=["conflict", "fields", "digests", "escape"],
    )
    @pytest.mark.parametrize("command", ["check", "baseline"])
    def test_a_damaged_file_is_an_error_and_stays(self, old, line, said, command):
        old.baseline()
        damaged = old.read(BASELINE) + line + "\n"
        old.write({BASELINE: damaged})
        done = old.guard(command)
        assert (done.code, done.out) == (2, b"")
        assert f"{BASELINE}:7: error: " in done.err
        assert said in done.err
        assert old.read(BASELINE) == damaged


class TestShrinking:
    def test_what_is_gone_goes(self, old):
        old.baseline()
        old.write({"a.py": "x = 1\n"})
        assert "1 gone, and removed" in old.baseline().text
        assert len(entries(old)) == 3

    def test_what_is_new_stays_out(self, old):
        old.baseline()
        before = old.read(BASELINE)
        old.write({"new.py": A})
        assert "1 new and not recorded" in old.baseline().text
        assert old.read(BASELINE) == before
        assert old.check().failing() == [f"{EVAL} new.py:2"]

    def test_unless_it_is_to_be_added(self, old):
        old.baseline()
        old.write({"new.py": A})
        assert "1 added" in old.baseline("--add").text
        assert old.check().failing() == []

    def test_a_deleted_file(self, old):
        old.baseline()
        old.remove("a.py")
        assert "1 gone, and removed" in old.baseline().text

    def test_nothing_left(self, old):
        old.baseline()
        old.remove("a.py", "sub")
        old.write({"x.py": "x = 1\n"})
        old.baseline()
        assert entries(old) == []
        assert old.check().code == 0

    @pytest.mark.parametrize("paths", [("sub",), ("sub/b.py",), ("a.py",), ("sub/b.py", "sub/c.py")])
    def test_other_paths_keep_theirs(self, old, paths):
        old.baseline()
        old.write({"a.py": "x = 1\n", "sub/b.py": "x = 1\n", "sub/c.py": "x = 1\n"})
        old.baseline(*paths)
        kept = {fields[1] for fields in entries(old)}
        gone = {name for name in ("a.py", "sub/b.py", "sub/c.py") if any(name == p or name.startswith(f"{p}/") for p in paths)}
        assert kept == {"a.py", "sub/b.py", "sub/c.py"} - gone

    def test_rules_that_are_off_keep_theirs(self, old):
        old.baseline()
        old.write({SETTINGS: f"rules:\n  {EVAL}: off\n"})
        old.baseline()
        assert len(entries(old)) == 4

    def test_excluded_files_keep_theirs(self, old):
        old.baseline()
        old.write({SETTINGS: "exclude: [sub/]\n"})
        old.baseline()
        assert len(entries(old)) == 4

    def test_what_could_not_be_analysed_keeps_its_entries_and_is_told(self, old):
        old.baseline()
        old.write({"a.py": "def a(:\n    return eval(x\n"})
        done = old.baseline()
        assert "1 gaps: what could not be analysed keeps its entries" in done.text
        assert "a.py:1:1: gap/parse" in done.err
        assert len(entries(old)) == 4

    def test_a_run_with_some_rules_only_keeps_the_others(self, old):
        old.write({"rules.yaml": "rules:\n  - {id: print, type: code_analysis, pattern: 'print[(]', message: m}\n"})
        old.baseline()
        old.baseline("--isolated", "--rules", "rules.yaml")
        assert len(entries(old)) == 4


class TestWhatMayEnter:
    def test_nothing_that_a_waiver_or_a_comment_excuses_everywhere(self, plain):
        project = plain({"a.py": A, "b.py": A, SETTINGS: waivers({"path": "a.py"})})
        project.baseline()
        assert [fields[1] for fields in entries(project)] == ["b.py"]

    def test_nothing_of_a_rule_that_may_not_be_suppressed(self, plain):
        rule = "rules:\n  - {id: key, type: code_analysis, languages: [python], pattern: 'eval', message: m, suppressible: false}\n"
        project = plain({"a.py": A, "rules.yaml": rule})
        done = project.baseline("--rules", "rules.yaml")
        assert "1 of rules whose findings no baseline may hold" in done.text
        assert [fields[0] for fields in entries(project)] == [EVAL]
        assert project.check("--rules", "rules.yaml").failing() == ["key a.py:2"]

    def test_nothing_about_the_policy(self, plain):
        project = plain({"a.py": "x = 1  # ospec-guard: ignore\n", SETTINGS: waivers({"expires": "2000-01-01"})})
        project.baseline()
        assert entries(project) == []

    def test_nothing_where_every_environment_blocks(self, plain):
        project = plain({"a.py": A, SETTINGS: "environments: {development: block, staging: block, production: block}\n"})
        project.baseline()
        assert entries(project) == []

    def test_it_passes_whatever_there_is_to_record_and_under_block_it_changes_nothing(self, old):
        before = old.check(env="production").failing("production")
        old.baseline("--env", "production")
        done = old.check(env="production")
        assert (done.code, done.failing("production")) == (1, before)
        assert set(done.refused("production")) == {"baseline: level block obeys nothing but a complete waiver"}


class TestWhere:
    def test_from_a_subfolder_it_is_the_roots(self, old):
        done = old.baseline(cwd="sub")
        assert done.text.startswith(f"../{BASELINE}: 4 findings recorded")
        assert old.check(cwd="sub").failing() == []

    def test_another_file(self, old):
        os.mkdir(old.path("known"))
        old.baseline("--output", "known/here.txt")
        assert not os.path.exists(old.path(BASELINE))
        assert len(old.check().failing()) == 3
        assert old.check("--baseline", "known/here.txt").failing() == []
        assert old.check("--baseline", "../known/here.txt", cwd="sub").failing() == []

    def test_a_named_one_must_exist(self, old):
        done = old.guard("check", "--baseline", "nowhere")
        assert (done.code, done.out) == (2, b"")
        assert "there is no baseline 'nowhere'" in done.err

    def test_a_folder_that_does_not_exist_is_an_error(self, old):
        done = old.guard("baseline", "--output", "nowhere/here.txt")
        assert done.code == 2
        assert "its folder does not exist" in done.err

    @pytest.mark.parametrize("option", [("--diff", "HEAD"), ("--staged",), ("--policy-from", "HEAD")])
    def test_it_records_the_work_tree_alone(self, old, option):
        done = old.guard("baseline", *option)
        assert (done.code, done.out) == (2, b"")
        assert not os.path.exists(old.path(BASELINE))

    def test_it_is_not_checked_itself(self, old):
        old.baseline()
        old.commit("recorded")
        assert not [f for f in old.check().found() if f.endswith(BASELINE)]


@pytest.mark.parametrize("order", list(itertools.permutations(["left", "right", "main"]))[:3], ids="-".join)
def test_branches_that_record_can_be_merged_in_any_order(make, order):
    project = make({"start.py": "x = 1\n", ".gitattributes": f"{BASELINE} merge=union\n"})
    project.baseline()
    project.commit("empty")
    for name in order:
        project.git("checkout", "--quiet", "-B", f"b-{name}", "main")
        project.write({f"{name}.py": A})
        project.baseline("--add")
        project.commit(name)
    project.git("checkout", "--quiet", "main")
    for name in order:
        project.git("merge", "--quiet", "--no-edit", f"b-{name}")
    done = project.check()
    assert (done.code, len(done.excused()), len(done.found())) == (0, 3, 3)
