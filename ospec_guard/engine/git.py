"""Running git: which repository a folder belongs to, a clean environment, and errors people can act on.

Owns the processes; what the answers mean is for `trees` and `discover`. Everything is asked from the top of the work tree with
literal paths. A scanned repository's configuration must never run code here: hooks, monitors, external diffs, filters and every
transport are switched off, and git is never told where the repository is, for that would skip its check of who owns it.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ospec_guard.errors import Problem, SurroundingsError
from ospec_guard.values import value

if TYPE_CHECKING:
    from subprocess import Popen

HEAD_BYTES = 8192
"""How much is read of content that is too large to be read whole."""

SECONDS = 300
"""How long one answer of git may take; a guard against hanging for ever, not a limit for large repositories."""

_KEPT = re.compile(r"GIT_(EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|(KEY|VALUE)_\d+))\Z")
"""Variables that say where git and the user's own configuration are. The others speak of some repository, or print traces."""

_OPTIONS = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"),
)

_EXPLANATIONS = (
    (
        r"dubious ownership|is owned by someone else",
        "git refuses to read the repository, which belongs to another user",
        "git config --global --add safe.directory {top}",
    ),
    (
        r"must be run in a work tree",
        "git says the repository is bare, so that it has no work tree to list",
        "check a clone of it, or list files without git: --no-git-ignore",
    ),
    (
        r"not a git repository",
        "there is a .git, and git does not take it for a repository",
        "mend it (git worktree repair, git submodule update), or list files without git: --no-git-ignore",
    ),
    (
        r"transport '.*' not allowed|promisor|lazy fetching disabled",
        "git has not all content here (a partial clone), and a check does not fetch any",
        "git fetch --refetch --no-filter",
    ),
)


class GitError(SurroundingsError):
    """git could not answer. `said` is its standard error."""

    said: str = ""


class GitMissingError(GitError):
    """There is no git to run."""


@value
class Repository:
    """A work tree that git knows. Picklable."""

    top: str
    """The work tree's highest folder, absolute and without links."""
    git_dir: str = ""
    """Where the repository's data are, if only GIT_DIR tells; empty: git finds them from `top`."""
    index: str = ""
    """The index that a hook is to look at (GIT_INDEX_FILE), absolute; empty: the usual one."""

    def inside(self, path: str) -> str | None:
        """An absolute path, links resolved, relative to `top` ('' for `top` itself); None if it lies elsewhere."""
        return relative_to(self.top, os.path.realpath(path))

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,), settings: tuple[tuple[str, str], ...] = ()) -> bytes:
        """What git prints. Raises GitError for an exit code not in `accept`."""
        return finish(self, self.start(*arguments, settings=settings), arguments, accept)[0]

    def start(self, *arguments: str, settings: tuple[tuple[str, str], ...] = (), talk: bool = False) -> Popen[bytes]:
        """A started git, to be ended by `finish`; with `talk`, its standard input is ours. Raises GitMissingError."""
        import subprocess

        try:
            return subprocess.Popen(  # noqa: S603 - literal commands; what comes from outside stands behind `--` or is checked
                ("git", *_OPTIONS, *arguments),  # noqa: S607 - the git that is on the user's PATH
                cwd=self.top,
                env=_environment(self, settings),
                stdin=subprocess.PIPE if talk else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except (FileNotFoundError, PermissionError) as error:
            if error.filename == self.top:
                raise SurroundingsError(Problem(f"cannot enter {self.top}: {error.strerror}")) from error
            raise GitMissingError(Problem("git is not installed, or not on PATH", None, "install git")) from error


def find_repository(folder: str) -> Repository | None:
    """The repository whose work tree holds an absolute folder, found without running git; None outside of any."""
    folder = os.path.realpath(folder)
    top = folder
    while not _is_marked(top):
        above = os.path.dirname(top)
        if above == top:
            return _told_by_environment(folder)
        top = above
    if ".git" in os.path.relpath(folder, top).split(os.sep):
        return None
    return Repository(top, index=_hook_index(top))


def require_repository(folder: str, wish: str) -> Repository:
    """As `find_repository`. Raises SurroundingsError, saying that `wish` needs one, where there is none."""
    repository = find_repository(folder)
    if repository is None:
        raise SurroundingsError(Problem(f"{wish} needs a git repository, and {folder} is in none", None, "git init"))
    return repository


def finish(
    repository: Repository, process: Popen[bytes], arguments: tuple[str, ...], accept: tuple[int, ...] = (0,)
) -> tuple[bytes, str]:
    """Standard output and standard error of a started git. Raises GitError for an exit code not in `accept`."""
    import subprocess

    with process:
        try:
            output, said = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise GitError(Problem(f"git {arguments[0]} gave no answer in {SECONDS} s")) from error
        except BaseException:
            process.kill()
            raise
    text = os.fsdecode(said)
    if process.returncode not in accept:
        raise failure(repository, arguments[0], text)
    return output, text


def failure(repository: Repository, command: str, said: str) -> GitError:
    """The error for what git said on standard error."""
    import shlex

    for pattern, message, hint in _EXPLANATIONS:
        if re.search(pattern, said):
            problem = Problem(f"{message}: {repository.top}", None, hint.format(top=shlex.quote(repository.top)))
            break
    else:
        problem = Problem(f"git {command} failed in {repository.top}: {' '.join(said.split()) or 'it said nothing'}")
    error = GitError(problem)
    error.said = said
    return error


class Objects:
    """git's object store, read through one `git cat-file --batch`, which is started when first asked.

    A forked or pickled copy starts a process of its own: two readers of one pipe would get one another's answers.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: Popen[bytes] | None = None
        self._inherited: Popen[bytes] | None = None
        self._owner = 0

    def __reduce__(self) -> tuple[type[Objects], tuple[Repository]]:
        return Objects, (self._repository,)

    def load(self, name: str, most: int | None = None) -> tuple[bytes, int]:
        """An object's bytes and size; of one of more than `most` bytes only the first HEAD_BYTES. Raises GitError."""
        process = self._running()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("cat-file was started without pipes")
        try:
            stdin.write(name.encode() + b"\n")
            stdin.flush()
            words = stdout.readline().split()
        except BrokenPipeError:
            words = []
        if not words or words[-1] == b"missing":
            said = f"object {name} is missing" if words else os.fsdecode(process.communicate()[1])
            self.close()
            raise failure(self._repository, "cat-file", said)
        size = int(words[-1])
        kept = size if most is None or size <= most else min(size, HEAD_BYTES)
        data = stdout.read(kept)
        left = size - kept + 1  # a line feed ends every object
        while left > 0:
            piece = stdout.read(min(left, 1 << 20))
            if not piece:
                self.close()
                raise failure(self._repository, "cat-file", f"it ended in the middle of object {name}")
            left -= len(piece)
        return data, size

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            with process:
                process.wait()

    def _running(self) -> Popen[bytes]:
        if self._process is None or self._owner != os.getpid():
            self._inherited = self._process  # kept, for its end is not ours to see to
            self._process = self._repository.start("cat-file", "--batch", talk=True)
            self._owner = os.getpid()
        return self._process


def no_filters(repository: Repository) -> tuple[tuple[str, str], ...]:
    """Settings that switch every content filter off, for the commands that would run them on files of the work tree."""
    wanted = r"^filter\..*\.(clean|process|required)$"
    output = repository.run("config", "-z", "--name-only", "--get-regexp", wanted, accept=(0, 1))
    keys = sorted({os.fsdecode(key) for key in output.split(b"\0") if key})
    return tuple((key, "false" if key.endswith(".required") else "") for key in keys)


def relative_to(folder: str, path: str) -> str | None:
    """An absolute path relative to an absolute folder, '' for the folder itself; None if it lies elsewhere."""
    if path == folder:
        return ""
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :] if path.startswith(prefix) else None


def _is_marked(folder: str) -> bool:
    mark = os.path.join(folder, ".git")
    return os.path.isfile(mark) or os.path.lexists(os.path.join(mark, "HEAD"))


def _told_by_environment(folder: str) -> Repository | None:
    """A work tree apart from its data, as GIT_DIR and GIT_WORK_TREE together name it."""
    git_dir, top = os.environ.get("GIT_DIR"), os.environ.get("GIT_WORK_TREE")
    if not git_dir or not top or relative_to(os.path.realpath(top), folder) is None:
        return None
    top = os.path.realpath(top)
    index = os.environ.get("GIT_INDEX_FILE", "")
    return Repository(top, os.path.realpath(git_dir), os.path.join(top, index) if index else "")


def _hook_index(top: str) -> str:
    """GIT_INDEX_FILE, which a commit hook must honour, unless it is another repository's, whose hook checks this one too."""
    index = os.environ.get("GIT_INDEX_FILE", "")
    if not index:
        return ""
    index = os.path.join(top, index)
    holder = os.path.realpath(os.path.dirname(index))
    foreign = os.path.lexists(os.path.join(holder, "HEAD")) and holder != _git_dir(top)
    return "" if foreign else index


def _git_dir(top: str) -> str:
    mark = os.path.join(top, ".git")
    if os.path.isfile(mark):
        with open(mark, "rb") as file:
            told = os.fsdecode(file.read(65536)).removeprefix("gitdir:").strip()
        mark = os.path.join(top, told)
    return os.path.realpath(mark)


def _environment(repository: Repository, settings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.match(name)}
    environment |= {
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM": "1",
    }
    if repository.git_dir:
        environment |= {"GIT_DIR": repository.git_dir, "GIT_WORK_TREE": repository.top}
    if repository.index:
        environment["GIT_INDEX_FILE"] = repository.index
    given = environment.get("GIT_CONFIG_COUNT", "")
    first = int(given) if given.isascii() and given.isdigit() else 0
    for position, (key, setting) in enumerate(settings, first):
        environment[f"GIT_CONFIG_KEY_{position}"] = key
        environment[f"GIT_CONFIG_VALUE_{position}"] = setting
    if settings:
        environment["GIT_CONFIG_COUNT"] = str(first + len(settings))
    return environment
