"""A rule in taint mode on a file: its matches, the graphs they are in, and the findings with their ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from ospec_guard.languages.facts import types
from ospec_guard.pattern.code import Code
from ospec_guard.pattern.evaluate import Finder, agree
from ospec_guard.pattern.flow.lowering import Flows, graphs
from ospec_guard.pattern.flow.marks import Matches
from ospec_guard.pattern.flow.spec import Taint
from ospec_guard.pattern.flow.state import State
from ospec_guard.pattern.flow.taint import Analysis, Arrival, relevant
from ospec_guard.pattern.hits import Bindings, Hit
from ospec_guard.values import value

_LASTING = frozenset(("const", "final", "readonly", "val"))
"""Modifiers of variables that are given a value once."""

_CHANGING = types("assign augmented_assignment augmented_assignment_expression unary")
"""Kinds that give a variable another value."""

Steps = tuple[tuple[int, int], ...]


@value
class Flow:
    """A sink that taint reaches."""

    hit: Hit
    """The place of the sink's match; bindings of the sink, and those of the source that it has not."""
    steps: Steps
    """Bytes of the source, of what the value went through, and of the sink."""


def follow(taint: Taint, finder: Finder, code: Code, options: Mapping[str, Any]) -> list[Flow]:
    """The flows of a file, by the places of their sinks."""
    matches = Matches(taint, finder)
    if not matches.sources.all:
        return []
    found: dict[tuple[int, int], Flow] = {}
    lasting = State()
    """What functions see of the top level of the file and of its classes, which come before them."""

    def wanted(start: int, end: int) -> bool:
        # Nothing is found where there is no sink. What comes in from outside is a source somewhere else.
        return matches.sinks.touch(start, end) and bool(lasting.cells or matches.sources.touch(start, end))

    for graph in graphs(code.tree, flows_of(code.grammar), wanted):
        analysis = Analysis(graph, matches, options, properties=code.grammar == "java")
        end = analysis.run(lasting)
        if not graph.is_function and end.cells:
            lasting.join(_lasting(end, code))
        for arrival in analysis.arrivals.values():
            flow = _flow(arrival, matches, options)
            if flow is not None:
                found.setdefault((flow.hit.start, flow.hit.end), flow)
    return list(_outermost(found))


def _flow(arrival: Arrival, matches: Matches, options: Mapping[str, Any]) -> Flow | None:
    sink = arrival.mark.hit
    for key, trail in relevant(arrival):
        sources = matches.sources_at.get(key[1:], ())
        for source in sources:
            if options.get("taint_unify_mvars") and not agree(sink, source):
                continue
            bindings: Bindings = {**source.bindings, **sink.bindings}
            steps = [*trail.steps()]
            if steps[-1] != (sink.start, sink.end):
                steps.append((sink.start, sink.end))
            at = source if "source" in (options.get("taint_focus_on"), options.get("taint_match_on")) else sink
            return Flow(Hit(at.start, at.end, bindings), tuple(steps))
    return None


def _outermost(found: Mapping[tuple[int, int], Flow]) -> Iterator[Flow]:
    """Those that are not inside of another."""
    reach = -1
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if end > reach:
            reach = end
            yield found[start, end]


def _lasting(state: State, code: Code) -> State:
    """What the functions of a file see of its top level: variables that are given a value once."""
    changed = {
        node.kids[0].text
        for node in code.nodes(_CHANGING)
        if node.kids and node.kids[0] is not None and (node.kind != "unary" or node.text.strip("_ after") in ("++", "--"))
    }
    names = set()
    for node in code.nodes(frozenset(("var",))):
        target, words = node.kids[1], {one.text for one in (node.kids[0].kids if node.kids[0] is not None else ()) if one}
        if target is not None and (words & _LASTING or ("let" in words and target.text not in changed)):
            names.add(target.text)
    known = {name: cell for name, cell in state.cells.items() if name in names}
    return State({**known, **{f"this.{name}": cell for name, cell in known.items()}})


def flows_of(grammar: str) -> Flows:
    """What a language does in its own way; nothing where nobody said so."""
    name = _SHARED.get(grammar, grammar)
    if name not in LANGUAGES:
        return Flows()
    found: Flows = import_module(f"ospec_guard.pattern.flow.languages.{name}").FLOWS
    return found


LANGUAGES = types("python javascript java go ruby php csharp kotlin scala c rust swift lua solidity bash")
_SHARED = {"typescript": "javascript", "tsx": "javascript", "cpp": "c"}
