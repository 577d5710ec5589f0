"""What a warm check of one file must not import: the hook's speed is decided here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = (
    "pydantic", "pydantic_core", "rich", "pathspec", "yaml", "tomllib", "regex", "sarif_om", "attr", "jsonschema_rs",
    "multiprocessing", "packaging", "libcst", "ospec_guard.plugins", "ospec_guard.ruleset", "ospec_guard.config.load",
)  # fmt: skip

SCRIPT = """
import io, sys
from ospec_guard import cli
real, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO())
code = cli.run_process()
real.write(f"{int(code)} {' '.join(sorted(sys.modules))}")
real.flush()
"""


def test_a_warm_check_of_one_file_imports_nothing_heavy(tmp_path: Path):
    (tmp_path / "ospec-guard.yaml").write_text("environments: {development: warn}\n")
    (tmp_path / "login.py").write_text("def login(form):\n    return eval(form)\n")
    command = [sys.executable, "-c", SCRIPT, "check", "--env", "staging", "login.py"]
    environ = {"PATH": "", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    runs = [subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True) for _ in range(2)]
    code, *modules = runs[1].stdout.split()
    assert code == "1", runs[1].stderr
    assert [name for name in HEAVY if name in modules] == []
    assert "yaml" in runs[0].stdout.split(), "the first run was warm already: the test shows nothing"
