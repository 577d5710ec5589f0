"""Semgrep's `options:`, one by one: which are obeyed here, and which change nothing here. Any other makes a rule a gap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ospec_guard.errors import nearest
from ospec_guard.values import value

OBEYED, IDLE = "obeyed", "no effect"


@value
class Option:
    """What becomes of an option."""

    fate: str
    """OBEYED or IDLE."""
    default: bool | str | int | None
    """What is done where a rule does not say."""
    why: str
    """What the option does; of an idle one, why it changes nothing here."""


def _obeyed(default: bool | str | int | None, why: str) -> Option:
    return Option(OBEYED, default, why)


OPTIONS: Mapping[str, Option] = {
    # What is equal to what.
    "constant_propagation": _obeyed(True, "names stand for the constants they hold"),
    "symbolic_propagation": _obeyed(False, "names stand for the expressions they were given"),
    "ac_matching": _obeyed(True, "operands of `and`, `or`, `|`, `&`, `^` in any grouping"),
    "commutative_boolop": _obeyed(False, "operands of `and` and `or` in any order"),
    "commutative_compop": _obeyed(False, "operands of `==` and `!=` in any order"),
    "symmetric_eq": _obeyed(False, "`a == b` is `b == a`"),
    "vardef_assign": _obeyed(True, "`$X = ...` matches declarations"),
    "flddef_assign": _obeyed(False, "`$X = function () { ... }` matches methods of classes and objects"),
    "attr_expr": _obeyed(True, "patterns of expressions match attributes"),
    "unify_ids_strictly": _obeyed(True, "a metavariable that stands for a variable equals only the same variable"),
    "arrow_is_function": _obeyed(True, "patterns of functions match arrow functions"),
    "let_is_var": _obeyed(True, "`var` matches `let` and `const`"),
    "implicit_return": _obeyed(True, "the last expression of a body is what it returns, in languages where it is"),
    "decorators_order_matters": _obeyed(False, "decorators must stand in the order of the pattern"),
    # Where patterns are looked for.
    "go_deeper_expr": _obeyed(True, "a statement pattern matches inside of expressions"),
    "go_deeper_stmt": _obeyed(True, "`...` between statements passes into blocks"),
    "implicit_deep_exprstmt": _obeyed(True, "a pattern of a call as a statement matches inside of statements"),
    "implicit_ellipsis": _obeyed(True, "objects may have more members than the pattern"),
    "xml_singleton_loose_matching": _obeyed(False, "`<a />` matches `<a></a>`"),
    "xml_attrs_implicit_ellipsis": _obeyed(True, "elements may have more attributes than the pattern"),
    "xml_children_ordered": _obeyed(True, "children of elements must stand in the order of the pattern"),
    # Plain text.
    "generic_engine": _obeyed("spacegrep", "`spacegrep` or `aliengrep`"),
    "generic_ellipsis_max_span": _obeyed(10, "lines that `...` passes over at most"),
    "generic_comment_style": _obeyed(None, "comments of the text count for nothing: `c`, `cpp` or `shell`"),
    "generic_multiline": _obeyed(True, "aliengrep: `...` passes over line ends"),
    "generic_caseless": _obeyed(False, "aliengrep: upper and lower case are the same"),
    "generic_braces": _obeyed(None, "aliengrep: the brackets there are"),
    "generic_extra_braces": _obeyed(None, "aliengrep: further brackets"),
    "generic_extra_word_characters": _obeyed(None, "aliengrep: further characters of words"),
    # Rules in taint mode.
    "taint_unify_mvars": _obeyed(False, "metavariables that a source and a sink share must stand for the same"),
    "taint_assume_safe_functions": _obeyed(False, "calls do not pass the taint of their arguments on"),
    "taint_assume_safe_indexes": _obeyed(False, "`a[i]` is clean where only `i` is tainted"),
    "taint_assume_safe_comparisons": _obeyed(False, "comparisons are clean"),
    "taint_assume_safe_booleans": _obeyed(False, "truth values are clean"),
    "taint_assume_safe_numbers": _obeyed(False, "numbers are clean"),
    "taint_only_propagate_through_assignments": _obeyed(False, "only assignments pass taint on"),
    "taint_focus_on": _obeyed("sink", "`source`: a finding stands at the source"),
    "taint_match_on": _obeyed("sink", "an older name of `taint_focus_on`"),
    # What changes nothing.
    "interfile": Option(IDLE, False, "files are looked at one by one, as by Semgrep's open engine"),
    "cpp_parsing_pref": Option(IDLE, None, "chooses between two parsers of Semgrep's"),
    "taint_intrafile": Option(IDLE, False, "functions are followed one by one, as by Semgrep's open engine"),
}
"""By name."""


def refusal(name: str, given: Any) -> str:
    """Why a rule with this option cannot run; empty: it can."""
    option = OPTIONS.get(name)
    if option is None:
        hint = nearest(name, tuple(OPTIONS))
        return f"the option '{name}' is not known" + (f": {hint}" if hint else "")
    if option.fate == OBEYED and isinstance(option.default, bool) and not isinstance(given, bool):
        return f"the option '{name}' must be true or false, not {given!r}"
    return ""
