"""Fixes applied to one text, and taken back where they do harm. Pure: texts and findings in, texts and findings out.

A fix stays only when the text still parses wherever it did, its own finding is gone, and no other finding or gap came in.
Offsets are those of the text with line feeds alone, as everywhere in the product.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice, takewhile

from ospec_guard.engine.check import FileResult
from ospec_guard.languages import Language, parse
from ospec_guard.model import Edit, Finding, Fix
from ospec_guard.values import value

ROUNDS = 10
"""How often what is left of a text's fixes is tried again: fixes inside one another take a round each."""

ENOUGH = 3
"""Fixes of one rule that were taken back one by one for the same reason; others that show it too go without a trial."""

Check = Callable[[bytes], FileResult]
Slot = tuple[str, str, int]
"""A rule, and where its finding starts in the new text: at a byte (`at`), or inside of the edit of that number (`in`)."""


@value
class Fixed:
    """A text with fixes applied."""

    text: bytes
    edits: tuple[Edit, ...]
    """Those that were applied: each once, ascending."""
    left: tuple[int, ...]
    """Positions of the fixes that overlap one before them, for another round."""


@value
class Mended:
    """What became of one text."""

    text: bytes
    rounds: tuple[tuple[Edit, ...], ...] = ()
    """The edits of each round, in offsets of the text that the round before left."""
    fixed: tuple[Finding, ...] = ()
    undone: tuple[tuple[Finding, str], ...] = ()
    """Findings whose fix was taken back, and why."""


def fixed(data: bytes, fixes: Sequence[Fix]) -> Fixed:
    """The text with the fixes applied: of those that overlap the first, of equal edits one."""
    taken: list[tuple[int, int, str]] = []
    left = []
    for position, fix in enumerate(fixes):
        wanted = [(edit.start, edit.end, edit.text) for edit in fix.edits]
        new = [edit for edit in wanted if not _holds(taken, edit)]
        if any(_clashes(taken, edit) for edit in new):
            left.append(position)
        else:
            for edit in new:
                insort(taken, edit)
    edits = tuple(Edit(*edit) for edit in taken)
    return Fixed(applied(data, edits), edits, tuple(left))


def _holds(taken: list[tuple[int, int, str]], edit: tuple[int, int, str]) -> bool:
    at = bisect_left(taken, edit)
    return at < len(taken) and taken[at] == edit


def _clashes(taken: list[tuple[int, int, str]], edit: tuple[int, int, str]) -> bool:
    """Whether an edit wants bytes of those taken (ascending, apart from one another), or the place where something new goes."""
    at = bisect_left(taken, edit)
    following = takewhile(lambda other: other[0] <= edit[1], islice(taken, at, None))
    return any(_clash(edit, other) for other in (*taken[max(0, at - 1) : at], *following))


def _clash(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    if one[0] == one[1] and other[0] == other[1]:
        return one[0] == other[0]
    return one[0] < other[1] and other[0] < one[1]


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with edits applied that are ascending and do not overlap."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [data[done : edit.start], edit.text.encode()]
        done = edit.end
    return b"".join([*pieces, data[done:]])


def mended(data: bytes, language: Language, check: Check, wanted: Callable[[Finding], bool]) -> Mended:
    """The text with the fixes of the wanted findings applied, round after round until none is left that holds."""
    return _Mending(data, language, check, wanted).run()


@value
class _Harm:
    """What is wrong with a text that fixes were applied to; nothing, where `why` is empty."""

    why: str
    suspects: frozenset[int] = frozenset()
    """The findings at whose fixes it shows; empty where it shows elsewhere."""


class _Mending:
    """One text on its way through the rounds. Findings are known by their position in the latest check."""

    def __init__(self, data: bytes, language: Language, check: Check, wanted: Callable[[Finding], bool]) -> None:
        self._text, self._language, self._check = data, language, check
        self._now = check(data)
        self._open = {i for i, finding in enumerate(self._now.findings) if wanted(finding) and finding.fix}
        self._refused: set[int] = set()
        self._done = Mended(data)
        self._tried: dict[tuple[int, ...], tuple[Fixed, FileResult]] = {}

    def run(self) -> Mended:
        rounds, mended_findings, undone = [], [], []
        for _ in range(ROUNDS):
            todo = sorted(self._open - self._refused)
            left = set(fixed(self._text, self._fixes(todo)).left)
            batch = [i for position, i in enumerate(todo) if position not in left]
            whys: dict[int, str] = {}
            good = self._settled([], batch, whys)
            undone += [(self._now.findings[i], why) for i, why in whys.items()]
            self._refused |= whys.keys()
            if not good:
                if not whys:
                    break
                continue
            mended_findings += [self._now.findings[i] for i in good]
            rounds.append(self._accept(good))
        undone += [(self._now.findings[i], f"not done after {ROUNDS} rounds") for i in sorted(self._open - self._refused)]
        return Mended(self._text, tuple(rounds), tuple(mended_findings), tuple(undone))

    def _settled(self, good: list[int], candidates: list[int], whys: dict[int, str]) -> list[int]:
        """Those of the candidates that hold together with the good ones: all; or the unsuspected and then the suspects; or
        each half's.
        """
        if not candidates:
            return good
        together = sorted([*good, *candidates])
        harm = self._harm(together)
        if not harm.why:
            return together
        suspects = [i for i in candidates if i in harm.suspects]
        if len(candidates) == 1:
            whys[candidates[0]] = harm.why
            return good
        if suspects:
            seen = Counter((self._now.findings[i].rule_id, why) for i, why in whys.items())
            known = [i for i in suspects if seen[self._now.findings[i].rule_id, harm.why] >= ENOUGH]
            whys.update(dict.fromkeys(known, harm.why))
            suspects = [i for i in suspects if i not in whys]
            candidates = [i for i in candidates if i not in whys]
        rest = sorted({*candidates}.difference(suspects))
        if not suspects or not rest:
            middle = (len(candidates) + 1) // 2
            rest, suspects = candidates[:middle], candidates[middle:]
        return self._settled(self._settled(good, rest, whys), suspects, whys)

    def _harm(self, chosen: list[int]) -> _Harm:
        """Why the fixes of these findings cannot stay, and which of them it shows at; nothing when they can."""
        attempt = fixed(self._text, self._fixes(chosen))
        moves = _Moves(attempt.edits)
        broken = _broken(self._language, self._text, attempt, moves)
        if broken is not None:
            return _Harm("the text would not parse any more", self._owners(chosen, attempt, moves.touched(broken)))
        after = self._check(attempt.text)
        before = Counter(moves.slot(finding) for finding in self._now.findings)
        gone = Counter(moves.slot(self._now.findings[i]) for i in chosen)
        now = Counter(moves.new_slot(finding) for finding in after.findings)
        more = sorted(slot for slot, count in now.items() if count > before[slot] - gone[slot])
        if more:
            stays = gone[more[0]] and now[more[0]] <= before[more[0]]
            why = "its finding would stay" if stays else f"it would bring in a finding of rule '{more[0][0]}'"
            return _Harm(why, self._owners(chosen, attempt, {number for _, where, number in more if where == "in"}))
        new_gaps = Counter((g.id, g.rule_id) for g in after.gaps) - Counter((g.id, g.rule_id) for g in self._now.gaps)
        if new_gaps:
            return _Harm(f"the new text could not be checked: {min(gap_id for gap_id, _ in new_gaps)}")
        self._tried[tuple(chosen)] = attempt, after
        return _Harm("")

    def _owners(self, chosen: list[int], attempt: Fixed, numbers: Collection[int]) -> frozenset[int]:
        """Those of the findings whose fixes hold one of the numbered edits."""
        edits = {(attempt.edits[n].start, attempt.edits[n].end) for n in numbers}
        fixes = zip(chosen, self._fixes(chosen), strict=True)
        return frozenset(i for i, fix in fixes if any((edit.start, edit.end) in edits for edit in fix.edits))

    def _accept(self, good: list[int]) -> tuple[Edit, ...]:
        """Goes on from the text with these fixes. What was open stays so where it can be told from what was not."""
        attempt, after = self._tried[tuple(good)]
        moves = _Moves(attempt.edits)
        before: dict[Slot, list[int]] = defaultdict(list)
        for i, finding in enumerate(self._now.findings):
            if i not in good:
                before[moves.slot(finding)].append(i)
        still, refused = set(), set()
        for i, finding in enumerate(after.findings):
            earlier = before[moves.new_slot(finding)]
            if finding.fix and earlier and self._open.issuperset(earlier):
                still.add(i)
            if not self._refused.isdisjoint(earlier):
                refused.add(i)
        self._text, self._now, self._open, self._refused, self._tried = attempt.text, after, still, refused, {}
        return attempt.edits

    def _fixes(self, chosen: Collection[int]) -> list[Fix]:
        return [fix for fix in (self._now.findings[i].fix for i in chosen) if fix is not None]


class _Moves:
    """Where positions of a text are after edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._ends = [edit.end for edit in edits]
        self._shifts = [0]
        for edit in edits:
            self._shifts.append(self._shifts[-1] + len(edit.text.encode()) - (edit.end - edit.start))
        self._new = [
            (edit.start + shift, edit.start + shift + len(edit.text.encode()))
            for edit, shift in zip(edits, self._shifts, strict=False)
        ]
        self._new_ends = [end for _, end in self._new]

    def slot(self, finding: Finding) -> Slot:
        """Where a finding of the old text is to be looked for."""
        if finding.span is None:
            return finding.rule_id, "file", 0
        number = bisect_right(self._ends, finding.span.start)
        if number < len(self._edits) and self._edits[number].start <= finding.span.start:
            return finding.rule_id, "in", number
        return finding.rule_id, "at", finding.span.start + self._shifts[number]

    def new_slot(self, finding: Finding) -> Slot:
        """The same of a finding of the new text."""
        if finding.span is None:
            return finding.rule_id, "file", 0
        number = bisect_right(self._new_ends, finding.span.start)
        inside = number < len(self._new) and self._new[number][0] <= finding.span.start
        return (finding.rule_id, "in", number) if inside else (finding.rule_id, "at", finding.span.start)

    def touched(self, piece: tuple[int, int]) -> set[int]:
        """The numbers of the edits in a piece of the new text."""
        start, end = piece
        return {n for n, (first, last) in enumerate(self._new) if first <= end and start <= last}

    def region(self, start: int, end: int) -> tuple[int, int]:
        """A piece of the old text in the new one, with all of the edits that it touches."""
        first, last = bisect_right(self._ends, start - 1), bisect_right(self._ends, end)
        touched = self._new[first : last + 1]
        moved = (start + self._shifts[bisect_right(self._ends, start)], end + self._shifts[last])
        touching = [new for new, edit in zip(touched, self._edits[first : last + 1], strict=True) if edit.start <= end]
        return min([moved[0], *(s for s, _ in touching)]), max([moved[1], *(e for _, e in touching)])


def _broken(language: Language, old: bytes, new: Fixed, moves: _Moves) -> tuple[int, int] | None:
    """Where the new text does not parse and the old one did; all of it where that cannot be told, None where nowhere."""
    if not language.grammar:
        return None
    known = [moves.region(*piece) for piece in parse(language, old).broken]
    for start, end in parse(language, new.text).broken:
        if not any(start < last and first < end for first, last in known):
            return start, end
    if language.name != "python" or _is_python(new.text) or not _is_python(old):
        return None
    return 0, len(new.text)


def _is_python(text: bytes) -> bool:
    """Whether Python reads it: the grammar forgives indentation that Python does not."""
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
