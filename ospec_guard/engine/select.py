"""What becomes of one file: it is checked, left out by policy, or a gap.

Owns the decision, made from name and bytes alone, and the tables it rests on; `docs/files.md` explains them. Reading is the
tree's part. The order of the questions matters: policy first, so that a minified bundle of 6 MB is no gap.
"""

from __future__ import annotations

import os

from ospec_guard.config.settings import BASELINE_FILE, Limits
from ospec_guard.engine.git import HEAD_BYTES
from ospec_guard.engine.trees import IrregularFileError, Tree
from ospec_guard.languages import Language, identify
from ospec_guard.model import FileRecord, FileStatus, Gap
from ospec_guard.source import DecodeError, Source, decode
from ospec_guard.values import value

GENERATED_NAMES = (
    *("_pb2.py", "_pb2.pyi", "_pb2_grpc.py", "_pb2_grpc.pyi", ".pb.go", ".pb.gw.go", ".pb.cc", ".pb.h", ".pb.swift"),
    *("_pb.js", "_pb.d.ts", "_grpc_pb.js", "_grpc_pb.d.ts", ".g.dart", ".freezed.dart", ".mocks.dart"),
    *(".designer.cs", ".g.cs", ".g.i.cs", ".generated.cs"),
    *(".js.map", ".mjs.map", ".cjs.map", ".ts.map", ".css.map"),
)
"""Ends of lower-case names that only generators give."""

MINIFIED_NAMES = (".min.js", ".min.mjs", ".min.cjs", ".min.css")

_BUNDLED = (".js", ".mjs", ".cjs", ".css")
MINIFIED_BYTES = 5_000
MINIFIED_MEAN = 500
"""JavaScript and CSS of at least MINIFIED_BYTES, in lines of more than MINIFIED_MEAN bytes on average, is a machine's."""

_GENERATED_WITHIN = 2048
"""Bytes from the start in which a file can call itself generated."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BINARY_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".bmp": (b"BM",),
    ".ico": (b"\0\0\1\0",),
    ".webp": (b"RIFF",),
    ".tif": (b"II*\0", b"MM\0*"),
    ".tiff": (b"II*\0", b"MM\0*"),
    ".psd": (b"8BPS",),
    ".pdf": (b"%PDF-",),
    ".ai": (b"%PDF-",),
    **dict.fromkeys(
        (".zip", ".jar", ".war", ".whl", ".egg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".apk", ".nupkg"), _ZIP
    ),
    ".gz": (b"\x1f\x8b",),
    ".tgz": (b"\x1f\x8b",),
    ".bz2": (b"BZh",),
    ".xz": (b"\xfd7zXZ",),
    ".zst": (b"\x28\xb5\x2f\xfd",),
    ".7z": (b"7z\xbc\xaf",),
    ".rar": (b"Rar!",),
    ".woff": (b"wOFF",),
    ".woff2": (b"wOF2",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO",),
    ".mp3": (b"ID3", b"\xff\xfb"),
    ".ogg": (b"OggS",),
    ".flac": (b"fLaC",),
    ".wav": (b"RIFF",),
    ".so": (b"\x7fELF",),
    ".o": (b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe"),
    ".a": (b"!<arch>",),
    ".exe": (b"MZ",),
    ".dll": (b"MZ",),
    ".class": (b"\xca\xfe\xba\xbe",),
    ".wasm": (b"\0asm",),
    ".mo": (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"),
    ".sqlite": (b"SQLite format 3",),
    ".sqlite3": (b"SQLite format 3",),
}
"""Formats whose first 8 KB need not hold a NUL byte: extension, and how such a file starts."""

_MAYBE_BINARY = ("unknown", "key")
"""Languages besides prose whose files may hold NUL bytes and be what they should: certificates, for one, come either way."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@value
class Selected:
    """A file that is to be checked."""

    source: Source
    language: Language
    size: int
    """Bytes on disk."""
    notes: tuple[str, ...] = ()

    @property
    def record(self) -> FileRecord:
        """Its account."""
        return FileRecord(self.source.path, FileStatus.CHECKED, "", self.language.name, self.size, self.notes)


def select(tree: Tree, path: str, limits: Limits) -> Selected | FileRecord | Gap:
    """Reads a file, never more of it than `limits.file_size`, and decides what becomes of it."""
    try:
        raw, size = tree.load(path, limits.file_size)
    except IrregularFileError as error:
        return FileRecord(path, FileStatus.LEFT_OUT, error.kind.value)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return Gap("gap/vanished", path, "the file was there when files were listed and was gone when it was to be read")
    except OSError as error:
        return Gap("gap/unreadable", path, f"the file could not be read: {error.strerror}")
    return classify(path, raw, size, limits)


def classify(path: str, raw: bytes, size: int, limits: Limits) -> Selected | FileRecord | Gap:
    """What becomes of a file of `size` bytes that holds `raw`; of one larger than the limit `raw` is only the start."""
    reason = _reason_to_leave_out(path, raw)
    if reason:
        return FileRecord(path, FileStatus.LEFT_OUT, reason, size=size)
    if size > limits.file_size:
        return Gap("gap/size", path, f"the file has {size} bytes, and the limit is {limits.file_size}: see limits.file_size")
    try:
        data, encoding = decode(raw)
    except DecodeError as error:
        return Gap("gap/decode", path, f"the file cannot be read as text: {error}")
    first_line = data[:256].split(b"\n", 1)[0]
    notes = ("read as Latin-1",) if encoding == "latin-1" else ()
    return Selected(Source(path, data, encoding), identify(path, first_line), size, notes)


def _reason_to_leave_out(path: str, raw: bytes) -> str:
    if path == BASELINE_FILE:  # names definitions and rules, which rules about words would find in it
        return "baseline"
    name = path[path.rfind("/") + 1 :].lower()
    if name.endswith(MINIFIED_NAMES):
        return "minified"
    if name.endswith(GENERATED_NAMES) or name.startswith("zz_generated."):
        return "generated"
    extension = os.path.splitext(name)[1]
    if raw.startswith(BINARY_MAGIC.get(extension, ())):
        return "binary"
    if b"\0" in raw[:HEAD_BYTES] and not raw.startswith(_UTF16_MARKS) and not _is_source(path):
        return "binary"
    if extension in _BUNDLED and len(raw) >= MINIFIED_BYTES and len(raw) > MINIFIED_MEAN * (raw.count(b"\n") + 1):
        return "minified"
    start = raw[:_GENERATED_WITHIN]
    if b"generated" in start.lower() and _says_generated(start) and not _names_dependencies(path):
        return "generated"
    return ""


def _is_source(path: str) -> bool:
    """Whether a name promises text that is there to be run or obeyed, so that anything else in it is worth a gap."""
    language = identify(path, b"")
    return not language.prose and language.name not in _MAYBE_BINARY


def _says_generated(start: bytes) -> bool:
    """Whether the comments a file starts with say that a machine wrote it and nobody is to edit it."""
    import re

    text = _leading_comments(start)
    made = rb"(?:code|auto(?:matically)?|machine)[\s-]*generated"
    weakly_made = rb"generated\s+(?:by|from|with|using)"
    hands_off = rb"do\s+not\s+(?:manually\s+|hand[\s-]*)?(?:edit|modify|change)"
    both = rb"(?is)\b(?:%b|%b)\b.{0,200}\b%b\b|\b%b\b.{0,200}\b%b\b" % (made, weakly_made, hands_off, hands_off, made)
    return re.search(rb"(?<![\w@-])@generated(?![\w-])", text) is not None or re.search(both, text) is not None


def _leading_comments(start: bytes) -> bytes:
    """The comments before the first line of code, in any language: a text in a string further down says nothing of its file."""
    kept = []
    closing = b""
    for line in start.splitlines():
        text = line.strip().removeprefix(b"\xef\xbb\xbf")
        if closing:
            closing = b"" if closing in text else closing
        else:
            opened = next((pair for pair in _BLOCK_COMMENTS if text.startswith(pair[0])), None)
            if opened:
                closing = b"" if opened[1] in text[len(opened[0]) :] else opened[1]
            elif text and not text.startswith(_LINE_COMMENTS):
                break
        kept.append(text)
    return b"\n".join(kept)


_BLOCK_COMMENTS = ((b"/*", b"*/"), (b"<!--", b"-->"), (b'"""', b'"""'), (b"'''", b"'''"), (b"{-", b"-}"), (b"(*", b"*)"))
_LINE_COMMENTS = (b"#", b"//", b"--", b";", b"%", b"*", b"<?", b"<!", b"@echo off", b"rem ", b"REM ")


def _names_dependencies(path: str) -> bool:
    """Lock files call themselves generated, and are what dependency rules read."""
    from ospec_guard.ecosystems import reader_for

    return path.endswith((".lock", ".lockfile")) or reader_for(path) is not None
