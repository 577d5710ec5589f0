"""The README's example is what the product really prints, and the paths it names exist."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from ospec_guard import cli
from ospec_guard.cli.world import World

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"<!-- example: (?P<folder>\S+) -->\n```console\n\$ ospec-guard (?P<line>.*)\n(?P<output>(?:.*\n)*?)```\n")


def run_example(line: str, folder: Path, home: Path) -> str:
    out = io.BytesIO()
    world = World({"HOME": str(home)}, str(folder), out, io.BytesIO(), date(2026, 11, 22))
    cli.run(shlex.split(line), world)
    return out.getvalue().decode()


def test_the_example_is_what_the_product_prints(tmp_path: Path):
    example = EXAMPLE.search((ROOT / "README.md").read_text())
    assert example is not None
    folder = tmp_path / "sample"
    shutil.copytree(ROOT / example["folder"], folder)
    assert run_example(example["line"], folder, tmp_path) == example["output"]


@pytest.mark.parametrize(
    "document", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_links_between_documents_lead_somewhere(document: str):
    text = (ROOT / document).read_text()
    links = [link for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text) if "://" not in link]
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    assert missing == []


if __name__ == "__main__":  # writes what the product prints today into the README: python tests/test_readme.py
    import tempfile

    README = ROOT / "README.md"
    TEXT = README.read_text()
    FOUND = EXAMPLE.search(TEXT)
    with tempfile.TemporaryDirectory() as HOME:
        SAMPLE = Path(HOME) / "sample"
        shutil.copytree(ROOT / FOUND["folder"], SAMPLE)
        README.write_text(TEXT.replace(FOUND["output"], run_example(FOUND["line"], SAMPLE, Path(HOME))))
