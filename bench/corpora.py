"""Corpora by pinned version from the package registries, unpacked once into bench/.cache."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

CACHE = Path(__file__).parent / ".cache"


def sdist(name: str, version: str) -> Path:
    """The folder of a source distribution from PyPI."""
    target = CACHE / f"{name}-{version}"
    if not target.is_dir():
        folder = CACHE / "downloads" / f"{name}-{version}"
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--no-binary", ":all:", f"{name}=={version}", "-d", str(folder)], check=True)
        _unpack(next(folder.iterdir()), target)
    return target


def npm(name: str, version: str) -> Path:
    """The folder of a package from the npm registry."""
    target = CACHE / f"npm-{name.replace('/', '-')}-{version}"
    if not target.is_dir():
        folder = CACHE / "downloads" / target.name
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        _unpack(next(folder.iterdir()), target)
    return target


def _unpack(archive: Path, target: Path) -> None:
    aside = target.with_name(f"{target.name}.part")
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(aside, filter="data")
        else:  # Python 3.11 before 3.11.4; the archives are pinned
            opened.extractall(aside)
    (top,) = aside.iterdir()
    top.rename(target)
    aside.rmdir()
