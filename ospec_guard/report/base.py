"""What all formats share: how a finding stands in the chosen environment, and text that is safe to show.

Owns no format. Nothing here drops a finding: formats that leave excused ones out say so and count them.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from ospec_guard.model import Excuse, FileStatus, Gap, Judged, JudgedGap, Notice, Refusal, Ruling, RunResult, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable


class Standing(StrEnum):
    """What the chosen environment makes of one finding or gap."""

    FAILS = "fails"
    """The verdict suffers from it."""
    REPORTED = "reported"
    """Nothing excuses it, and it fails nothing here."""
    EXISTING = "existing"
    """Under `--diff`: it is there at the base too."""
    EXCUSED = "excused"


OPEN = (Standing.FAILS, Standing.REPORTED)
"""The standings of violations; the others are somebody's decision."""


def ruling(result: RunResult, judged: Judged | JudgedGap) -> Ruling:
    """The ruling of the chosen environment."""
    return next(ruling for ruling in judged.rulings if ruling.environment == result.environment)


def standing(result: RunResult, judged: Judged | JudgedGap) -> Standing:
    """How a finding or gap stands in the chosen environment."""
    here = ruling(result, judged)
    if here.fails:
        return Standing.FAILS
    if here.excuse:
        return Standing.EXCUSED
    if isinstance(judged, Judged) and judged.existing:
        return Standing.EXISTING
    return Standing.REPORTED


def annotation_level(result: RunResult, judged: Judged) -> str:
    """`error` for what fails the chosen environment, `note` for mere information and what is excused, else `warning`."""
    stands = standing(result, judged)
    if stands is Standing.FAILS:
        return "error"
    return "note" if stands not in OPEN or judged.finding.severity is Severity.INFO else "warning"


def verdict(result: RunResult) -> Verdict:
    """The verdict of the chosen environment."""
    return next(verdict for verdict in result.verdicts if verdict.environment == result.environment)


def verdict_line(result: RunResult) -> str:
    """All verdicts in one line, the chosen one first: `staging failed (exit code 1); development passed; …`."""
    chosen = verdict(result)
    others = [f"{other.environment} {other.outcome}" for other in result.verdicts if other is not chosen]
    return "; ".join([f"{chosen.environment} {chosen.outcome} (exit code {int(result.exit_code)})", *others])


def failing_environments(judged: Judged | JudgedGap) -> list[str]:
    """The environments whose verdict suffers from it, in the run's order."""
    return [ruling.environment for ruling in judged.rulings if ruling.fails]


def refusals(judged: Judged | JudgedGap) -> dict[Refusal, list[str]]:
    """Every excuse that is not obeyed somewhere, with the environments that refuse it for the same reason."""
    refused: dict[Refusal, list[str]] = {}
    for ruling in judged.rulings:
        for refusal in ruling.refused:
            refused.setdefault(refusal, []).append(ruling.environment)
    return refused


EXCUSES = {"inline": "inline suppression", "waiver": "waiver", "baseline": "baseline entry"}


def excuse_words(excuse: Excuse) -> str:
    """An excuse for people, in one line: `waiver at guard.yaml:12:3: legacy code (approved by Jo, until 2026-12-31)`."""
    terms = [f"approved by {excuse.approved_by}"] if excuse.approved_by else []
    terms += [f"until {excuse.until}"] if excuse.until else []
    reason = f": {one_line(excuse.reason)}" if excuse.reason else ""
    limits = f" ({one_line(', '.join(terms))})" if terms else ""
    return f"{EXCUSES.get(excuse.kind, visible(excuse.kind))} at {visible(str(excuse.place))}{reason}{limits}"


def notice_message(notice: Notice) -> str:
    """What to know, and the next action in a line of its own."""
    return f"{notice.message}\nhint: {notice.hint}" if notice.hint else notice.message


def gap_message(gap: Gap) -> str:
    """What was not analysed, and by which rule if by one only; may have several lines."""
    return f"{gap.message} (rule {gap.rule_id})" if gap.rule_id else gap.message


def files_line(result: RunResult) -> str:
    """The account of files in one line: `12 checked, 3 left out (2 ignored, 1 binary), 1 gap`."""
    status = Counter(record.status for record in result.files)
    reasons = Counter(record.reason or "no reason given" for record in result.files if record.status is FileStatus.LEFT_OUT)
    left_out = f"{status[FileStatus.LEFT_OUT]} left out"
    if reasons:
        left_out += f" ({', '.join(f'{count} {visible(reason)}' for reason, count in _ranked(reasons))})"
    # A file that was checked, but not all of it, counts here too.
    incomplete = {judged.gap.path for judged in result.gaps}
    gaps = [record for record in result.files if record.status is FileStatus.GAP or record.path in incomplete]
    return f"{status[FileStatus.CHECKED]} checked, {left_out}, {counted(len(gaps), 'with a gap', 'with gaps')}"


def _ranked(counts: Counter[str]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def counted(number: int, one: str, many: str = "") -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSEEN = (
    "\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
"""Beyond the C0 controls: what a terminal obeys, what reorders or hides text, and what XML cannot hold."""
_HIDDEN = re.compile(f"[\x00-\x1f\ud800-\udfff{_UNSEEN}]")
_HIDDEN_IN_JSON = re.compile(f"[{_UNSEEN}]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""`text` with everything that controls, reorders or hides shown as an escape (`\x1b`, `\u202e`), line ends too."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(_escape, text)


def one_line(text: str) -> str:
    """`visible` text in one line: every run of white space is one space."""
    return visible(" ".join(text.split()))


def visible_lines(text: str) -> list[str]:
    """The lines of a text, each `visible`; tabs are spaces, blank lines at the ends are gone."""
    return [visible(line.replace("\t", "    ").rstrip()) for line in re.split(r"\r\n|\n|\r", text.strip())]


def encodable(text: str) -> str:
    r"""`text` with bytes that were no text, and lone surrogates, shown as escapes (`\xff`); the rest as it is."""
    return str(text) if text.isascii() else _SURROGATES.sub(_escape, text)


def json_text(value: object, indent: int | None = None) -> str:
    """JSON of `encodable` values, ending in a line end; what a terminal would obey or hide is written as a JSON escape."""
    import json

    written = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _HIDDEN_IN_JSON.sub(_json_escape, written) + "\n"


def shown_path(path: str) -> str:
    """A path for people and for formats without an encoding of their own; `.` for the root."""
    return visible(path) or "."


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if "\udc80" <= character <= "\udcff":  # a byte of a name that was not UTF-8, see os.fsdecode
        return f"\\x{code - 0xDC00:02x}"
    if character <= "\xff":
        return _NAMED.get(character, f"\\x{code:02x}")
    return f"\\u{code:04x}" if character <= "\uffff" else f"\\U{code:08x}"


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
