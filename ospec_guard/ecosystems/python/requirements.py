"""Requirements files as pip reads them: `requirements*.txt` and their kin, constraints files among them.

What `-r` names is read as a file of its own where its name says what it is; a reference to anything else is a piece that could
not be read. A constraint installs nothing by itself: its packages are not direct, and a constraints file elsewhere hides none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ospec_guard.ecosystems.base import Dependency, Manifest, Region, Scope, Unread, in_order
from ospec_guard.ecosystems.python.names import pip_requirement

_FILE = re.compile(r"(?:.*/)?(?:[^/]*requirement[^/]*|requirements/[^/]+)\.(?:txt|in|pip)", re.IGNORECASE)
_CONSTRAINTS = re.compile(r"(?:.*/)?[^/]*constraints[^/]*\.(?:txt|in|pip)", re.IGNORECASE)
_DEVELOPMENT = re.compile(r"(?:.*[^a-z])?(?:dev|devel|develop|development|tests?|testing|lint|typing|docs?|ci)(?:[^a-z].*)?")
"""Words in the name of a file or its folder that say what its packages are for."""

_SENTENCE = 3
"""Words that make a line which is no requirement a sentence."""
_PROSE = 2
"""Sentences that a requirements file may have by mistake; more of them, and more than requirements, are prose."""
_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_COMMENT = re.compile(r"(?:^|\s+)#.*$", re.DOTALL)
_INCLUDING = re.compile(r"-r|--requirements?")
_EDITABLE = re.compile(r"-e|--editable")
_FLAGS = re.compile(r"--no-index|--pre|--prefer-binary|--require-hashes|-Z|--always-unzip|--allow-all-external")
_VALUED = re.compile(
    r"-c|--constraint|-i|--index-url|--pypi-url|--extra-index-url|-f|--find-links|--no-binary|--only-binary|--trusted-host"
    r"|--use-feature|--uploaded-prior-to|--all-releases|--only-final|--allow-external"
)


def is_requirements(path: str) -> bool:
    """Whether a file is made of requirements, or of constraints, by its name."""
    return bool(_FILE.fullmatch(path) or _CONSTRAINTS.fullmatch(path))


def read(path: str, data: bytes) -> Manifest:
    """The packages a requirements file names, and each line that could not be understood; nothing for a text in prose."""
    dependencies: list[Dependency] = []
    problems: list[Unread] = []
    direct, scope = not _CONSTRAINTS.fullmatch(path), _scope(path)
    sentences = 0
    for region, text in _lines(data):
        # Behind a requirement stand options of its own: --hash=… and the like.
        plain = [] if text.startswith("-") else [re.split(r"\s+-", text, maxsplit=1)[0]]
        for piece in plain or _options(path, region, text, problems):
            found = pip_requirement(data, region, piece, scope, direct=direct)
            if isinstance(found, Dependency):
                dependencies.append(found)
            elif found is not None:
                problems.append(found)
                sentences += len(piece.split()) >= _SENTENCE
    if sentences > max(_PROSE, len(dependencies)):
        return Manifest()  # prose, which pip refuses as a whole
    return in_order(dependencies, problems)


def _options(path: str, region: Region, text: str, problems: list[Unread]) -> list[str]:
    """The requirements (`-e …`) among the options of a line; what is wrong with the others is added to `problems`."""
    import shlex

    requirements: list[str] = []
    try:
        words = shlex.split(text)
    except ValueError as error:
        problems.append(Unread(*region, f"'{text}': {error}"))
        return requirements
    while words:
        word = words.pop(0)
        name, value = word.split("=", maxsplit=1) if word.startswith("--") and "=" in word else (word, "")
        if not word.startswith("--"):
            name, value = word[:2], word[2:]
        if not value and words and not _FLAGS.fullmatch(name):
            value = words.pop(0)
        if _EDITABLE.fullmatch(name) and value:
            requirements.append(value)
        elif _INCLUDING.fullmatch(name) and value:
            if "://" in value or not is_requirements(posixpath.normpath(posixpath.join(posixpath.dirname(path), value))):
                why = "it is on the web" if "://" in value else "its name does not say that it is a requirements file"
                problems.append(Unread(*region, f"'{value}' is not read: {why}", elsewhere=True))
        elif not _FLAGS.fullmatch(name) and not _VALUED.fullmatch(name):
            problems.append(Unread(*region, f"'{word}' is not an option that requirements files have", elsewhere=True))
    return requirements


def _scope(path: str) -> Scope:
    folder_and_file = "/".join(path.lower().rsplit("/", maxsplit=2)[-2:])
    return "development" if _DEVELOPMENT.fullmatch(folder_and_file) else "runtime"


def _lines(data: bytes) -> Iterator[tuple[Region, str]]:
    """Logical lines as pip makes them, with their place: continued ones joined, comments and blank ones left out."""
    at = start = 0
    parts: list[str] = []
    for piece in [*data.decode().splitlines(keepends=True), ""]:
        line = piece.rstrip(_LINE_ENDS) if at else piece.rstrip(_LINE_ENDS).removeprefix("\ufeff")
        if not parts:
            start = at
        at += len(piece.encode())
        comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            parts.append(line.rstrip("\\"))
            continue
        logical = _COMMENT.sub("", "".join([*parts, " " + line if comment else line])).strip()
        parts = []
        if logical:
            begin = max(start, data.find(logical.split(maxsplit=1)[0].encode(), start, at))
            yield (begin, begin + len(data[begin:at].rstrip())), logical
