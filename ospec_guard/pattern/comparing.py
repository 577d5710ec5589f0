"""`metavariable-comparison`: expressions in Python's syntax over metavariables, worked out by nothing but what is here.

What cannot be worked out, because a metavariable stands for nothing or for code that is no constant, or because the kinds of
the values do not fit, is not true: of the expression as a whole, whatever its `or`s.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ospec_guard.pattern.formula import Comparison
from ospec_guard.pattern.hits import Bindings, Bound
from ospec_guard.pattern.literals import integer, number, read
from ospec_guard.pattern.textual import anchored
from ospec_guard.protocols import CompileError
from ospec_guard.regular import InvalidRegexError

_NAMES = re.compile(r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\$(?P<dots>\.\.\.)?(?P<name>\w+)""", re.DOTALL)
_PREFIX = "metavariable_"
_PREFIX_OF_DOTS = "metavariables_"
_SHOWN = 80
"""Characters of an expression in a message."""
_LONGEST_POWER = 4096
"""Bits: the result of `**` is not worked out beyond."""


class _Code(str):
    """Code that is no constant; nothing can be done with it but `str`."""

    __slots__ = ()


class _UnknownError(Exception):
    """There is no value."""


def true_of(condition: Comparison, bindings: Bindings) -> bool:
    """Whether the expression is `True` of what the metavariables stand for. `base` means nothing, as in Semgrep."""
    try:
        return _value(_tree(condition.expression), _Operands(bindings, as_numbers=condition.strip)) is True
    except (_UnknownError, ArithmeticError, ValueError, TypeError):
        return False


def check(expression: str) -> None:
    """Raises CompileError for what is no expression, or one that can never be worked out here."""
    for node in ast.walk(_tree(expression)):
        if not isinstance(node, _KNOWN):
            raise CompileError(f"'{ast.unparse(node)}' cannot be worked out in a comparison")
        if isinstance(node, ast.Call) and (_called(node) not in _FUNCTIONS or node.keywords):
            known = ", ".join(sorted(_FUNCTIONS))
            raise CompileError(f"'{ast.unparse(node.func)}' is not known in comparisons; expected one of {known}")
        if isinstance(node, ast.Call) and node.args and _called(node) == "re.match":
            _check_expression(node.args[0])


def _check_expression(given: ast.expr) -> None:
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        try:
            anchored(given.value)
        except InvalidRegexError as error:
            raise CompileError(f"invalid regular expression: {error}") from error


@lru_cache(maxsize=512)
def _tree(expression: str) -> ast.expr:
    def named(match: re.Match[str]) -> str:
        if match["string"] is not None:
            return match[0]
        return (_PREFIX_OF_DOTS if match["dots"] else _PREFIX) + match["name"]

    try:
        return ast.parse(_NAMES.sub(named, expression).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CompileError(f"'{expression[:_SHOWN]}' is no expression in Python's syntax") from error


class _Operands:
    """What the metavariables of an expression stand for."""

    def __init__(self, bindings: Bindings, as_numbers: bool) -> None:
        self._bindings = bindings
        self._as_numbers = as_numbers

    def of(self, name: str) -> Any:
        if name.startswith(_PREFIX_OF_DOTS):
            bound = self._bindings.get(f"$...{name.removeprefix(_PREFIX_OF_DOTS)}")
        else:
            bound = self._bindings.get(f"${name.removeprefix(_PREFIX)}")
        if bound is None:
            raise _UnknownError
        return _int(_operand(bound)) if self._as_numbers else _operand(bound)


def _operand(bound: Bound) -> Any:
    if bound.value is not None:
        return bound.value
    known = read(bound.text)
    if known is not None:
        return known
    try:
        # Sums of constants and the like.
        return _value(_tree(bound.text), _Operands({}, as_numbers=False))
    except (_UnknownError, CompileError, ArithmeticError, ValueError, TypeError, RecursionError, MemoryError):
        return _Code(bound.text)


def _value(node: ast.expr, operands: _Operands) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
        return node.value
    if isinstance(node, ast.Name):
        return operands.of(node.id) if node.id.startswith((_PREFIX, _PREFIX_OF_DOTS)) else _missing()
    if isinstance(node, ast.List | ast.Tuple):
        return [_value(element, operands) for element in node.elts]
    if isinstance(node, ast.BoolOp):
        values = [_boolean(_value(part, operands)) for part in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.UnaryOp):
        given = _value(node.operand, operands)
        if isinstance(node.op, ast.Not):
            return not _boolean(given)
        return _UNARY[type(node.op)](_number(given))
    if isinstance(node, ast.BinOp):
        return _calculated(type(node.op), _value(node.left, operands), _value(node.right, operands))
    if isinstance(node, ast.Compare):
        values = [_value(each, operands) for each in (node.left, *node.comparators)]
        # Each of them is worked out, so that one that cannot be spoils the whole.
        found = [_compared(type(op), *pair) for op, pair in zip(node.ops, pairwise(values), strict=True)]
        return all(found)
    if isinstance(node, ast.Call):
        function = _FUNCTIONS.get(_called(node)) or _missing()
        subject = [node.func.value] if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value) else []
        return function(*(_value(argument, operands) for argument in (*subject, *node.args)))
    return _missing()


def _missing() -> Any:
    raise _UnknownError


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "re"


def _called(call: ast.Call) -> str:
    """The name of a function, of a method with its dot."""
    if isinstance(call.func, ast.Attribute):
        return f"{'re' if _is_module(call.func.value) else ''}.{call.func.attr}"
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _boolean(given: Any) -> bool:
    return given if isinstance(given, bool) else _missing()


def _number(given: Any) -> Any:
    return given if isinstance(given, int | float) and not isinstance(given, bool) else _missing()


def _text(given: Any) -> str:
    return given if isinstance(given, str) and not isinstance(given, _Code) else _missing()


def _calculated(op: type[ast.operator], left: Any, right: Any) -> Any:
    if op is ast.Add and isinstance(left, str) and isinstance(right, str):
        return _text(left) + _text(right)
    left, right = _number(left), _number(right)
    if op is ast.Pow and isinstance(left, int) and abs(right) * left.bit_length() > _LONGEST_POWER:
        raise _UnknownError
    if op in (ast.Div, ast.FloorDiv) and isinstance(left, int) and isinstance(right, int):
        # Whole numbers are divided as in C, not as in Python.
        quotient = abs(left) // abs(right)
        return quotient if (left < 0) == (right < 0) else -quotient
    return _BINARY.get(op, _missing_of)(left, right)


def _missing_of(*_: Any) -> Any:
    return _missing()


def _compared(op: type[ast.cmpop], left: Any, right: Any) -> bool:
    if isinstance(left, _Code) or isinstance(right, _Code):
        # Only `str` compares the text of code: else equal names would pass for equal values.
        raise _UnknownError
    if op in (ast.Eq, ast.NotEq, ast.Is, ast.IsNot):
        return _same(left, right) == (op in (ast.Eq, ast.Is))
    if op in (ast.In, ast.NotIn):
        if isinstance(right, list):
            return any(_same(left, each) for each in right) == (op is ast.In)
        return isinstance(left, str) and isinstance(right, str) and (left in right) == (op is ast.In)
    return bool(_ORDER.get(op, _missing_of)(_number(left), _number(right)))


def _same(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _int(given: Any) -> int:
    if isinstance(given, str):
        known = integer(_text(given))
        return _missing() if known is None else known
    return int(_number(given))


def _float(given: Any) -> float:
    if isinstance(given, str):
        known = number(_text(given))
        return _missing() if known is None else float(known)
    return float(_number(given))


def _str(given: Any) -> str:
    if isinstance(given, list):
        raise _UnknownError
    return str(given).lower() if isinstance(given, bool) else str(given)


def _match(expression: Any, subject: Any) -> bool:
    return anchored(_text(expression)).search(_text(subject).encode(errors="replace")) is not None


def _seconds_of_date(given: Any) -> float:
    from datetime import datetime

    return datetime.strptime(_text(given), "%Y-%m-%d").timestamp()  # noqa: DTZ007 - days of here, as `today` counts them


def _now() -> float:
    from time import time

    return time()


def _milliseconds(given: Any) -> int:
    """Of a duration in Prometheus' spelling: 1h30m."""
    units = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
    if not re.fullmatch(r"(\d+(ms|[smhdwy]))+", _text(given)):
        raise _UnknownError
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)(ms|[smhdwy])", given))


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "int": _int,
    "float": _float,
    "str": _str,
    "len": lambda given: len(given) if isinstance(given, list) else len(_text(given)),
    "abs": lambda given: abs(_number(given)),
    "re.match": _match,
    "today": _now,
    "strptime": _seconds_of_date,
    "parse_promql_duration": _milliseconds,
    ".lower": lambda given: _text(given).lower(),
    ".upper": lambda given: _text(given).upper(),
    ".strip": lambda given: _text(given).strip(),
    ".startswith": lambda given, start: _text(given).startswith(_text(start)),
    ".endswith": lambda given, end: _text(given).endswith(_text(end)),
}
_UNARY: Mapping[type, Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert}
_BINARY: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_ORDER: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_KNOWN = (
    ast.Constant,
    ast.Name,
    ast.List,
    ast.Tuple,
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.Call,
    ast.Attribute,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
    ast.expr_context,
)
