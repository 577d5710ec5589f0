"""Files of the work tree written anew: in their own encoding and line ends, all at once, and or not at all."""

from __future__ import annotations

import codecs
import os
import stat
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress

from ospec_guard.app.aside import replace_file
from ospec_guard.app.fixing import applied
from ospec_guard.engine.trees import load_regular
from ospec_guard.model import Edit
from ospec_guard.source import DecodeError, decode
from ospec_guard.values import replace

_MARKS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def edited(text: bytes, rounds: Iterable[Iterable[Edit]]) -> bytes:
    """The text after rounds of edits in offsets of the text with line feeds alone. Every line keeps its own end; what is new
    has the end that most lines have.
    """
    newline = _newline(text)
    for edits in rounds:
        pairs = _pairs(text)
        placed = [
            replace(
                edit,
                start=edit.start + bisect_left(pairs, edit.start),
                end=edit.end + bisect_left(pairs, edit.end),
                text=edit.text.replace("\n", newline),
            )
            for edit in edits
        ]
        text = applied(text, placed)
    return text


def encoded(text: bytes, encoding: str) -> bytes:
    """The bytes of a file that `source.decode` reads as this text. Raises ValueError where the encoding cannot hold it."""
    codec = encoding.removesuffix("-sig")
    raw = _MARKS.get(encoding, b"") + (text if codec == "utf-8" else text.decode().encode(codec))
    try:
        if decode(raw)[0] == text:
            return raw
    except DecodeError:
        pass
    raise ValueError(f"not {encoding}")


def rewrite(root: str, path: str, old: bytes, new: bytes) -> str:
    """Puts `new` in the place of `old` into a file below `root`; answers with what is in the way, having changed nothing."""
    full = os.path.join(root, path)
    try:
        if os.path.realpath(full) != os.path.join(os.path.realpath(root), os.path.normpath(path)):
            return "it stands behind a link"
        found = os.lstat(full)
        if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(full, os.W_OK):
            return "it is read-only"
        if load_regular(full)[0] != old:
            return "it was changed meanwhile"
        replace_file(full, new, lambda aside: _as_it_was(aside, found))
    except OSError as error:
        return f"it cannot be written: {error.strerror}"
    return ""


def _as_it_was(path: str, found: os.stat_result) -> None:
    """Gives a file the permissions of the one whose place it takes, and the owner where that is ours to give."""
    with suppress(OSError, AttributeError):
        os.chown(path, found.st_uid, found.st_gid)
    os.chmod(path, stat.S_IMODE(found.st_mode))


def _pairs(text: bytes) -> list[int]:
    """The offsets, with line feeds alone, of those line feeds that have a carriage return before them."""
    offsets: list[int] = []
    at = text.find(b"\r\n")
    while at >= 0:
        offsets.append(at - len(offsets))
        at = text.find(b"\r\n", at + 2)
    return offsets


def _newline(text: bytes) -> str:
    pairs = text.count(b"\r\n")
    alone = text.count(b"\n") - pairs
    if pairs > alone:
        return "\r\n"
    return "\r" if not alone and not pairs and b"\r" in text else "\n"
