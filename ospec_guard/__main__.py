"""The program `ospec-guard`. Answers `--version` before anything is imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    if sys.argv[1:] == ["--version"]:
        from ospec_guard import __version__

        print(f"ospec-guard {__version__}")  # noqa: T201 - the fast path has nothing else to print with
        return
    from ospec_guard.cli import run_process

    sys.exit(run_process())  # noqa: TID251 - the one place


if __name__ == "__main__":
    main()
