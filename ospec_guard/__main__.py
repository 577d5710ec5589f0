"""The program `ospec-guard`. Answers `--version` before anything is imported."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    if sys.argv[1:] == ["--version"] and _told_version():
        return
    try:
        from ospec_guard.cli import run_process

        code = run_process()
    except KeyboardInterrupt:
        code = 130  # before there was anything to interrupt: while modules were loaded
    sys.exit(code)  # noqa: TID251 - the one place


def _told_version() -> bool:
    """Whether standard output took it; where it did not, the long way says why."""
    from ospec_guard import __version__

    try:
        os.write(1, f"ospec-guard {__version__}\n".encode())
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
