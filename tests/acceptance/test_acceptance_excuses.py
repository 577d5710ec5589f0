"""Excuses as people write them: what suppresses and what only looks so, until when, and which are dead (cases E6, E8 and E16)."""

from __future__ import annotations

import json

import pytest
from acceptance_world import BASELINE, EVAL, HASH, NEXT_YEAR, SETTINGS, TODAY, TOMORROW, YESTERDAY, waivers

IGNORE = "ospec-guard: ignore[python/eval-call]"
CALL = "x = eval(y)"


class TestE06WhatSuppressesAndWhatDoesNot:
    @pytest.mark.parametrize(
        "text",
        [
            f"{CALL}  # {IGNORE} a literal of ours\n",
            f"# {IGNORE} a literal of ours\n{CALL}\n",
            f"{CALL}  # noqa: S307  # {IGNORE} a literal of ours\n",
            f"# {IGNORE} a literal of ours\n# and a remark between\n{CALL}\n",
            f"{CALL}  # ospec-guard: ignore[python/weak-hash, python/eval-call] both are ours\n",
        ],
        ids=["beside", "above", "after another tool's", "with a comment between", "one of several ids"],
    )
    def test_e06_suppresses(self, plain, text):
        done = plain({"a.py": text}).check()
        assert EVAL not in " ".join(done.failing())
        assert any(excuse.startswith(f"inline: {EVAL}") for excuse in done.excused())

    @pytest.mark.parametrize(
        ("text", "also"),
        [
            (f'x = eval("{IGNORE} a literal" + y)\n', []),
            (f'note = "# {IGNORE} why"; {CALL}\n', []),
            (f'"""\n{IGNORE} why\n"""\n{CALL}\n', []),
            ("x = eval(y, ospec_guard_ignore=1)\n", []),
            (f"{CALL}  # one could write {IGNORE} why here\n", []),
            (f"{CALL}  # our ospec-guard settings ignore nothing\n", []),
            (f"# {IGNORE} too far above\n\n{CALL}\n", ["policy/unused-suppression"]),
            (f"{CALL}\n# {IGNORE} below\n", ["policy/unused-suppression"]),
            (f"{CALL}  # ospec-guard: ignore[python/weak-hash] another rule\n", ["policy/unused-suppression"]),
            (f"{CALL}  # ospec-guard : ignore[python/eval-call] why\n", ["policy/malformed-suppression"]),
            (f"{CALL}  # ospec-guard:ignore[python/eval-call] why\n", ["policy/malformed-suppression"]),
            (f"{CALL}  # ospec-guard: ignore [python/eval-call] why\n", ["policy/malformed-suppression"]),
            (f"{CALL}  # OSPEC-GUARD: ignore(python/eval-call) why\n", ["policy/malformed-suppression"]),
            (f"{CALL}  # ospec-guard: disable[python/eval-call] why\n", ["policy/malformed-suppression"]),
            (f"{CALL}  # ospec-guard: ignore\n", ["policy/blanket-suppression"]),
            (f"{CALL}  # ospec-guard: ignore[*] all\n", ["policy/blanket-suppression"]),
            (f"{CALL}  # ospec-guard: ignore[] none\n", ["policy/blanket-suppression"]),
            (f"{CALL}  # ospec-guard: ignore[python/eval-cal] why\n", ["policy/unknown-rule"]),
            (f"{CALL}  # ospec-guard: ignore[eval-call] two rules have that name\n", ["policy/unknown-rule"]),
            (f"{CALL}  # nosemgrep\n", []),
        ],
        ids=[
            "string", "string that looks like a comment", "docstring", "identifier", "prose", "prose with the words", "blank line between",
            "below", "another rule", "space before the colon", "no space", "space before the bracket", "parentheses", "another word",
            "blanket", "star", "no id", "misspelt id", "ambiguous id", "blanket nosemgrep",
        ],
    )  # fmt: skip
    def test_e06_leaves_alone(self, plain, text, also):
        done = plain({"a.py": text}).check()
        assert done.code == 1
        assert [f for f in done.failing() if f.startswith(EVAL)]
        assert done.excused() == []
        assert [f.split(" ")[0] for f in done.found() if not f.startswith(EVAL)] == also

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("python/eval-cal", "did you mean 'python/eval-call'?"),
            ("eval-call", "it could be javascript/eval-call or python/eval-call: write the full id"),
            ("company/eval-call", "javascript/eval-call or python/eval-call"),
            ("gap/parse", "record a waiver"),
            ("policy/unused-glob", "no comment can suppress it"),
        ],
    )
    def test_e06_an_unknown_id_comes_with_advice(self, plain, written, said):
        done = plain({"a.py": f"{CALL}  # ospec-guard: ignore[{written}] why\n"}).check()
        (told,) = [f for f in done.report["findings"] if f["rule_id"] == "policy/unknown-rule"]
        assert said in told["message"]
        assert told["span"]["line"] == 1

    def test_e06_without_a_reason_only_where_nothing_fails_anyway(self, plain):
        done = plain({"a.py": f"{CALL}  # {IGNORE}\n"}).check()
        assert done.code == 1
        assert done.excused("development") == [f"inline: {EVAL} a.py:1"]
        assert done.refused("staging") == ["inline: level error asks for a reason after the ids"]
        assert done.refused("production") == ["inline: level block obeys nothing but a complete waiver"]


DATES = {
    "expired": (YESTERDAY, False),
    "ends today": (str(TODAY), True),
    "ends tomorrow": (TOMORROW, True),
    "far future": ("9999-12-31", True),
    "another order": ("31.12.2099", False),
    "with a time": ("2099-12-31T00:00:00", False),
    "no such day": ("2099-02-30", False),
    "a word": ("soon", False),
    "a year": ("2099", False),
    "other digits": ("２０９９-12-31", False),
    "spaces": ("2099 12 31", False),
}


class TestE08UntilWhen:
    @pytest.mark.parametrize("date", DATES)
    def test_e08_waivers(self, plain, date):
        written, holds = DATES[date]
        project = plain({"a.py": f"{CALL}\n", SETTINGS: waivers({"path": "a.py", "expires": written})})
        for env in ("development", "staging", "production"):
            done = project.check(env=env)
            assert done.excused(env) == ([f"waiver: {EVAL} a.py:1"] if holds else [])
            assert done.code == (0 if holds or env == "development" else 1)
            told = [] if holds else ["policy/expired-waiver ospec-guard.yaml:1"]
            assert [f for f in done.found() if "expired-waiver" in f] == told

    @pytest.mark.parametrize("date", DATES)
    def test_e08_suppressions_in_comments(self, plain, date):
        written, holds = DATES[date]
        done = plain({"a.py": f"{CALL}  # {IGNORE} a literal of ours until={written}\n"}).check()
        assert done.excused() == ([f"inline: {EVAL} a.py:1"] if holds else [])
        assert done.code == (0 if holds else 1)

    @pytest.mark.parametrize("date", ["expired", "ends today", "another order", "far future"])
    def test_e08_every_report_agrees(self, plain, date):
        written, holds = DATES[date]
        project = plain({"a.py": f"{CALL}\n", SETTINGS: waivers({"path": "a.py", "expires": written})})
        formats = ("text", "sarif", "github", "gitlab", "junit", "vim")
        runs = {name: project.guard("check", "--env", "production", "--format", name) for name in formats}
        assert {name: done.code for name, done in runs.items()} == dict.fromkeys(formats, 0 if holds else 1)
        (result,) = [r for r in json.loads(runs["sarif"].out)["runs"][0]["results"] if r["ruleId"] == EVAL]
        assert [s["status"] for s in result["suppressions"]] == ["accepted" if holds else "rejected"]
        assert result["level"] == ("note" if holds else "error")
        assert (EVAL in runs["gitlab"].text) is (EVAL in runs["vim"].text) is (not holds)
        assert ("<failure" in runs["junit"].text) is not holds
        assert ("Excused in production" in runs["text"].text) is holds

    @pytest.mark.parametrize("date", ["expired", "ends today", "another order"])
    def test_e08_the_baseline_takes_in_what_no_waiver_excuses(self, plain, date):
        written, holds = DATES[date]
        project = plain({"a.py": f"{CALL}\n", SETTINGS: waivers({"path": "a.py", "expires": written})})
        said = project.baseline().text
        assert ("0 findings recorded" if holds else "1 finding recorded") in said

    def test_e08_the_same_day_ends_it_for_all(self, plain):
        project = plain(
            {
                "a.py": f"{CALL}\n",
                "b.py": f"{CALL}  # {IGNORE} ours until {TODAY}\n",
                SETTINGS: waivers({"path": "a.py", "expires": str(TODAY)}),
            }
        )
        assert project.check().code == 0
        done = project.check(today=TODAY.replace(day=TODAY.day + 1))
        assert done.failing() == [f"{EVAL} a.py:1", f"{EVAL} b.py:1"]
        assert set(done.refused()) == {f"waiver: it expired on {TODAY}", f"inline: it expired on {TODAY}"}

    def test_e08_gaps_too(self, plain):
        broken = {"a.py": "def f(:\n    eval(x\n"}
        for written, holds in DATES.values():
            project = plain({**broken, SETTINGS: waivers({"rule": "gap/parse", "expires": written})}, name=f"p{written}")
            assert project.check(env="production").code == (0 if holds else 2)

    def test_e08_a_week_before_a_notice_says_so(self, plain):
        project = plain({"a.py": f"{CALL}\n", SETTINGS: waivers({"expires": TOMORROW})})
        (notice,) = project.check().report["notices"]
        assert (notice["id"], notice["place"]["path"]) == ("notice/waiver-expires", SETTINGS)


class TestE16DeadExcuses:
    DEAD = 'exclude: ["old/", "gone.py"]\nrules:\n  python/weak-hsah: off\n' + waivers(
        {"path": "a.py"}, {"rule": HASH, "path": "legacy/"}, {"rule": "no-such-rule"}
    )
    FILES = {
        "a.py": f"{CALL}\n",
        "b.py": "x = 1  # ospec-guard: ignore[python/eval-call] was here once\n",
        "c/d.py": f"{CALL}  # {IGNORE} ours\n",
    }

    @pytest.fixture
    def dead(self, make):
        project = make({**self.FILES, SETTINGS: self.DEAD, "old.py": "exec(old)\n"})
        project.baseline("--output", BASELINE)
        project.remove("old.py")
        return project

    def test_e16_all_are_reported_in_one_run(self, dead):
        done = dead.check()
        assert done.code == 0
        assert [f for f in done.found() if f.startswith("policy/")] == [
            f"policy/unused-baseline-entry {BASELINE}:3",
            "policy/unused-suppression b.py:1",
            "policy/unused-glob ospec-guard.yaml:1",
            "policy/unused-glob ospec-guard.yaml:1",
            "policy/unused-rule-setting ospec-guard.yaml:3",
            "policy/unused-waiver ospec-guard.yaml:4",
            "policy/unused-waiver ospec-guard.yaml:4",
        ]
        messages = " ".join(f["message"] for f in done.report["findings"])
        assert "did you mean 'python/weak-hash'?" in messages

    @pytest.mark.parametrize(
        "filtered",
        [("a.py",), ("a.py", "b.py", "c"), ("c",), ("--diff", "HEAD"), ("--staged",)],
        ids=["a file", "all paths one by one", "a folder", "what is new", "what is staged"],
    )
    def test_e16_none_on_a_filtered_run(self, dead, filtered):
        done = dead.check(*filtered)
        assert [f for f in done.found() if f.startswith("policy/")] == []

    def test_e16_the_root_by_its_name_is_no_filter(self, dead):
        assert dead.check(".").found() == dead.check().found()

    def test_e16_a_rule_that_is_off_leaves_its_excuses_alone(self, plain):
        project = plain({**self.FILES, SETTINGS: f"rules:\n  {EVAL}: off\n" + waivers({"path": "a.py"})})
        assert project.check().found() == []

    def test_e16_a_gap_hides_what_might_be_excused(self, plain):
        project = plain({"a.py": "def f(:\n    eval(x\n", SETTINGS: waivers({"path": "a.py"})})
        assert project.check().found() == []

    def test_e16_a_bare_id_counts_as_used(self, plain):
        project = plain({"a.py": "import hashlib\nx = hashlib.md5(y)\n", SETTINGS: waivers({"rule": "python/weak-hash"})})
        assert project.check().excused() == [f"waiver: {HASH} a.py:2"]
        assert not [f for f in project.check().found() if "unused" in f]

    def test_e16_dead_lines_of_the_ignore_file(self, plain):
        project = plain({"a.py": "x = 1\n", "old/b.py": f"{CALL}\n", ".ospecguardignore": "# left alone\nold/\nolder/\n"})
        assert project.check().found() == ["policy/unused-glob .ospecguardignore:3"]

    def test_e16_a_waiver_may_excuse_a_dead_excuse(self, plain):
        settings = 'exclude: ["gone/"]\n' + waivers({"rule": "policy/unused-glob", "expires": NEXT_YEAR})
        done = plain({"a.py": "x = 1\n", SETTINGS: settings}).check()
        assert done.excused() == ["waiver: policy/unused-glob ospec-guard.yaml:1"]
