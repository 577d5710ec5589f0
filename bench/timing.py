"""Whole commands side by side: run in turn, medians, ratios. Absolute times mean nothing on shared machines."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command, where it runs, and what its environment has beside the usual."""

    argv: Sequence[str]
    cwd: str = "."
    environ: Mapping[str, str] | None = None
    before: Callable[[], object] = lambda: None
    """Done first, and not timed."""

    def run(self) -> float:
        """Seconds from start to exit. The exit code is the command's own affair, but 2 means that it did not do its work."""
        self.before()
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


def peak_memory_together(command: Command, every: float = 0.05) -> int:
    """Kilobytes of all processes of a command at once, at their most.

    What processes share counts once (PSS). Sampled, so that a peak shorter than `every` seconds may be missed; Linux only.
    """
    command.before()
    environ = {**os.environ, **(command.environ or {})}
    process = subprocess.Popen(command.argv, cwd=command.cwd, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_proportional(pid) for pid in _family(process.pid)))
        time.sleep(every)
    return peak


def _family(root: int) -> Iterator[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stream:
                    parent = int(stream.read().rpartition(b")")[2].split()[1])
            except (OSError, IndexError):  # ended meanwhile
                continue
            children.setdefault(parent, []).append(int(name))
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children.get(pid, ())


def _proportional(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as stream:
            return next((int(line.split()[1]) for line in stream if line.startswith("Pss:")), 0)
    except OSError:
        return 0


__all__ = ["Command", "medians", "peak_memory", "peak_memory_together"]
