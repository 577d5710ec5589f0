"""Whole commands side by side: run in turn, medians, ratios. Absolute times mean nothing on shared machines."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command, where it runs, and what its environment has beside the usual."""

    argv: Sequence[str]
    cwd: str = "."
    environ: Mapping[str, str] | None = None

    def run(self) -> float:
        """Seconds from start to exit. The exit code is the command's own affair, but 2 means that it did not do its work."""
        begun = time.perf_counter()
        done = subprocess.run(
            self.argv, cwd=self.cwd, env={**os.environ, **(self.environ or {})}, capture_output=True, check=False
        )
        seconds = time.perf_counter() - begun
        if done.returncode == 2:
            raise RuntimeError(f"{' '.join(self.argv)}:\n{done.stderr.decode()}")
        return seconds


def medians(commands: Mapping[str, Command], runs: int) -> dict[str, float]:
    """Median seconds of each command, all of them run in turn `runs` times after one warm-up."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        command.run()
    for _ in range(runs):
        for name, command in commands.items():
            seconds[name].append(command.run())
    return {name: statistics.median(each) for name, each in seconds.items()}


def peak_memory(command: Command) -> int:
    """Kilobytes of the largest single process of a command, by a child that asks the system about its children."""
    script = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    import sys

    argv = [sys.executable, "-c", script, *command.argv]
    done = subprocess.run(argv, cwd=command.cwd, env={**os.environ, **(command.environ or {})}, capture_output=True, check=True)
    return int(done.stdout)


__all__ = ["Command", "medians", "peak_memory"]
