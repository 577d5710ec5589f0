"""What literals stand for, in the spellings of many languages."""

from __future__ import annotations

import re

Literal = str | int | float | bool

_INTEGER = re.compile(
    r"(?P<sign>[+-]?)\s*(?:0[xX](?P<hex>[0-9A-Fa-f_']+?)|0[oO](?P<octal>[0-7_]+)|0[bB](?P<binary>[01_']+)|(?P<decimal>[0-9][0-9_']*))"
    r"(?:[uU]?[lLnN]{0,2}|[lL]{1,2}[uU]|[iu](?:8|16|32|64|128|size))?"
)
_FLOAT = re.compile(r"[+-]?\s*(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?(?:[fFdDmM]|f32|f64)?")
_QUOTED = re.compile(
    r"""(?P<before>[A-Za-z@$]{0,2}\#*)(?P<quote>\"{3}|'{3}|["'`])(?P<content>.*)(?P=quote)\#*""",
    re.DOTALL,
)
_BASES = {"hex": 16, "octal": 8, "binary": 2, "decimal": 10}
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def integer(text: str, *, legacy_octal: bool = False) -> int | None:
    """The whole number that a text is, else None. `legacy_octal`: one that begins with a zero is octal."""
    match = _INTEGER.fullmatch(text.strip())
    if match is None:
        return None
    base = _BASES[str(match.lastgroup)]
    digits = match[str(match.lastgroup)].replace("_", "").replace("'", "")
    if match["decimal"] and legacy_octal and re.fullmatch("0[0-7]+", digits):
        base = 8
    number = int(digits, base) if digits else None
    return -number if number is not None and match["sign"] == "-" else number


def number(text: str) -> int | float | None:
    """The number that a text of code is, else None."""
    whole = integer(text, legacy_octal=True)
    if whole is not None:
        return whole
    if _FLOAT.fullmatch(text.strip()) is None:
        return None
    return float(re.sub(r"[\s_]|[fFdDmM].*$", "", text.strip()))


def quoted(text: str) -> str | None:
    """What stands between the quotes of a string literal, escapes as they are; None for what is no single literal.

    Not of strings that are put together as they are read (f"{x}", `${x}`).
    """
    match = _QUOTED.fullmatch(text.strip())
    if match is None:
        return None
    content, quote, before = match["content"], match["quote"], match["before"]
    if quote in re.sub(r"\\.", "", content, flags=re.DOTALL):
        return None
    if ("f" in before.lower() and "{" in content) or ("$" in before and "{" in content) or (quote == "`" and "${" in content):
        return None
    return content


def read(text: str) -> Literal | None:
    """What a text of code stands for if it is a literal: number, string, boolean; else None."""
    word = _WORDS.get(text.strip())
    if word is not None:
        return word
    known = number(text)
    return known if known is not None else quoted(text)
