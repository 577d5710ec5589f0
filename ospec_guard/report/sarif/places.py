"""Artifacts, locations and regions of the SARIF log (§3.24 and §3.28 to §3.30). Columns are code points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ospec_guard.model import FileRecord, FileStatus, Place
from ospec_guard.report.sarif.objects import om

if TYPE_CHECKING:
    from ospec_guard.model import Excerpt, Finding, Span

ROOT = "%SRCROOT%"
_CUT = 400
"""An excerpt's line of that many code points may have lost its end."""


def artifact(record: FileRecord) -> om.Artifact:
    """One file or folder of the account; those left out say why."""
    folder = record.path.endswith("/")
    roles = [] if record.status is FileStatus.LEFT_OUT else ["analysisTarget"]
    roles += ["directory"] if folder else []
    facts: dict[str, object] = {"ospec:status": record.status.value}
    facts |= {"ospec:reason": record.reason} if record.reason else {}
    facts |= {"ospec:notes": list(record.notes)} if record.notes else {}
    return om.Artifact(
        location=om.ArtifactLocation(uri=uri(record.path), uri_base_id=ROOT),
        length=-1 if folder else record.size,
        roles=roles or None,
        source_language=record.language or None,
        properties=facts,
    )


def location(path: str, region: om.Region, index: dict[str, int], **more: object) -> om.Location:
    """A physical location in a file of the tree; `index` gives the artifact's place in the log."""
    physical = om.PhysicalLocation(artifact_location=artifact_location(path, index), region=region, **more)
    return om.Location(physical_location=physical)


def artifact_location(path: str, index: dict[str, int]) -> om.ArtifactLocation:
    """A file of the tree; `index` as for `location`."""
    return om.ArtifactLocation(uri=uri(path), uri_base_id=ROOT, index=index.get(path, -1))


def exact_region(span: Span) -> om.Region:
    """The piece that an edit replaces; an empty one is the place before its column (§3.30.2)."""
    return om.Region(start_line=span.line, start_column=span.column, end_line=span.end_line, end_column=span.end_column)


def place_location(place: Place, index: dict[str, int]) -> om.Location:
    """The location of something a person wrote; lines and columns where known."""
    region = om.Region(start_line=place.line, start_column=place.column or None) if place.line else None
    return location(place.path, region, index)


def region(span: Span | None, excerpt: Excerpt | None = None) -> om.Region:
    """A span, with its text where the excerpt holds it whole. GitHub wants numbers for a whole file too: nothing at 1:1."""
    if span is None:
        return om.Region(start_line=1, start_column=1, end_line=1, end_column=1)
    text = _text(span, excerpt) if excerpt else None
    return om.Region(
        start_line=span.line,
        start_column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        snippet=om.ArtifactContent(text=text) if text else None,
    )


def context(span: Span, excerpt: Excerpt) -> om.Region | None:
    """The lines around; None when the excerpt does not hold all of the span's lines."""
    last = excerpt.first_line + len(excerpt.lines) - 1
    if not (excerpt.first_line <= span.line and span.end_line <= last):
        return None
    if any(len(line) >= _CUT for line in excerpt.lines):
        return None
    text = "\n".join(excerpt.lines)
    snippet = om.ArtifactContent(text=text) if text else None
    return om.Region(start_line=excerpt.first_line, end_line=last, snippet=snippet)


def finding_location(finding: Finding, index: dict[str, int]) -> om.Location:
    """Where a finding is: file, piece, lines around, and the definition it stands in."""
    around = context(finding.span, finding.excerpt) if finding.span and finding.excerpt else None
    found = location(finding.path, region(finding.span, finding.excerpt), index, context_region=around)
    if finding.definition:
        name = finding.definition.rpartition(".")[2]
        found.logical_locations = [om.LogicalLocation(name=name, fully_qualified_name=finding.definition)]
    return found


def uri(path: str) -> str:
    """A path as a relative URI: percent-encoded, byte by byte where it is not UTF-8; `.` for the root."""
    path = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", path)  # no byte of a name; cannot come from a file system
    return quote(path.encode("utf-8", "surrogateescape"), safe="/") or "."


def _text(span: Span, excerpt: Excerpt) -> str | None:
    first, last = span.line - excerpt.first_line, span.end_line - excerpt.first_line
    if first < 0 or last >= len(excerpt.lines):
        return None
    lines = list(excerpt.lines[first : last + 1])
    if any(len(line) >= _CUT for line in lines):
        return None
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
