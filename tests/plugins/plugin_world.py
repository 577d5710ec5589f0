"""A world of plugins in memory: files, settings, an environment; and `load`, which asks the product with sensible defaults."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from ospec_guard.config.settings import PluginSettings
from ospec_guard.document import read_yaml
from ospec_guard.errors import PluginError
from ospec_guard.model import Place
from ospec_guard.plugins.load import LoadedPlugins, load_plugins
from ospec_guard.plugins.manifest import Reading, read_manifest

ROOT = "/work/project"
SETTINGS = "ospec-guard.yaml"
HOME = "/home/ada"


class MemoryFiles:
    """`protocols.Files` over a dict; relative paths are the root's, absolute ones lie outside."""

    def __init__(self, files: Mapping[str, str | bytes], unreadable: Sequence[str] = ()) -> None:
        self._files = {
            posixpath.normpath(path): text.encode() if isinstance(text, str) else text for path, text in files.items()
        }
        self._unreadable = set(unreadable)

    def read(self, path: str) -> bytes:
        path = posixpath.normpath(path)
        if path in self._unreadable:
            raise PermissionError(13, "Permission denied")
        if path in self._files:
            return self._files[path]
        if self.is_dir(path):
            raise IsADirectoryError(21, "Is a directory")
        raise FileNotFoundError(2, "No such file or directory")

    def exists(self, path: str) -> bool:
        return posixpath.normpath(path) in self._files or self.is_dir(path)

    def is_dir(self, path: str) -> bool:
        return any(self._below(path))

    def list(self, path: str) -> list[str]:
        if posixpath.normpath(path) in self._unreadable:
            raise PermissionError(13, "Permission denied")
        return sorted({rest.split("/")[0] for rest in self._below(path)})

    def _below(self, path: str) -> list[str]:
        path = posixpath.normpath(path)
        if path == ".":
            return [name for name in self._files if not name.startswith("/")]
        return [name[len(path) + 1 :] for name in self._files if name.startswith(f"{path}/")]


def settings(text: str) -> tuple[PluginSettings, Any]:
    """The settings of a `plugins:` block as `config.load` makes them, and the document of its `config`."""
    document = read_yaml(text.encode(), SETTINGS)
    block = document.value.get("plugins") or {}

    def placed(key: str) -> tuple[tuple[str, Place], ...]:
        return tuple((value, document.place("plugins", key, index)) for index, value in enumerate(block.get(key, ())))

    config = tuple((name, value, document.place("plugins", "config", name)) for name, value in block.get("config", {}).items())
    made = PluginSettings(block.get("registry", ""), placed("local_paths"), placed("enabled"), config)
    return made, document.at("plugins", "config") if config else None


def load(
    text: str,
    files: Mapping[str, str | bytes],
    *,
    environ: Mapping[str, str] | None = None,
    engine_version: str = "0.1.0",
    bundled: Sequence[str] = (),
    settings_path: str = SETTINGS,
    positions: bool = True,
) -> LoadedPlugins:
    """The plugins that settings enable in a world of files."""
    block, document = settings(text)
    return load_plugins(
        block,
        files=MemoryFiles(files),
        root=ROOT,
        settings_path=settings_path,
        environ={"HOME": HOME} if environ is None else environ,
        engine_version=engine_version,
        bundled=bundled,
        config_document=document if positions else None,
    )


def refusals(*args: Any, **kwargs: Any) -> list[str]:
    """What `load` refuses, each problem as people read it."""
    try:
        load(*args, **kwargs)
    except PluginError as error:
        return [str(problem) for problem in error.problems]
    return []


def manifest_problems(text: str) -> list[str]:
    """What is wrong with a manifest, each problem as people read it."""
    reading: Reading = read_manifest(text.encode(), "plugin.yaml")
    assert (reading.manifest is None) == bool(reading.problems)
    return [str(problem) for problem in reading.problems]
