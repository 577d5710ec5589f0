"""Whether a text looks like a secret: how much there is in it that nobody who knows English could have guessed.

Decides as Semgrep's analyzer `entropy` does, by a smaller table: for about 98 of 100 texts the same.
"""

from __future__ import annotations

import math

_SPARSE = math.log2(62)
"""Bits of a character that is no letter: as many as if it had been drawn from letters and digits."""
_THREE = 3
_LEAST_BITS = 64.0
_LEAST_DENSITY = 0.6
"""Bits for each bit that the text takes."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# How rare letters and pairs of letters are in English prose, in half bits: counted over the documentation of free software.
_LETTERS = "8b9a6bca7if9a889i877aedfck"
_PAIRS = (
    "qihionjqhtmegdrivefdjkopks"  # A
    "ktlqhutvklnirvgrAmepiwxwjy"  # B
    "hslpeqshjtjfprdhpkmgjtrsqv"  # C
    "hklkdlpmfrslnohmtljhkolwox"  # D
    "fgeehgjkgpoghdhgkccekjjgks"  # E
    "jrmpklsrgwumpogowjmgjtqymy"  # F
    "lqmngopiitulnlknxjkklsoxsu"  # G
    "groocqsqgvupmpghxlngluqAry"  # H
    "ieejihhrouoficektiderjwmvm"  # I
    "nxuvkwyxtAzyxwouxyqxpAxDAB"  # J
    "lrqrjqrrmvumqqorwsmoqvrxty"  # K
    "glkjemmlctqgoohkvniigpovjv"  # L
    "flnmfoqpistmkpigvqjlkqqwry"  # M
    "flfegjfmgqnkmkgltmedjlmvks"  # N
    "ljhhlfkplomifcggwdgggjjrqs"  # O
    "hunpgsslixteqsieygjijtqxhA"  # P
    "znyyAzByrBBwzzAAzxuuksBCCD"  # Q
    "fmijcljnesklhjfkvjggkllxiv"  # R
    "gkhjdjjhernjikfgpjfcinkrkt"  # S
    "fkhkdjmbdppkjleisfgfipiqit"  # T
    "likgjpnskxshihpkAhggsvrqvs"  # U
    "jwtvgwrxjzxtovprAutvwwzAzA"  # V
    "ivrpltsjhAvqtoktynoquwnzxz"  # W
    "kulrntwrnywsqusmxvqkvywsty"  # X
    "lnmlonnpkutmmmijwikippnysw"  # Y
    "nxwxnwzwqzzttytyAxxwwBACwu"  # Z
)


def looks_random(text: str) -> bool:
    """Whether a text has at least 64 bits of what cannot be guessed, and they are dense."""
    plain = text.encode(errors="replace").upper().decode("latin-1")
    if len(set(plain)) <= 1:
        return False
    bits = _bits(plain)
    return bits > _LEAST_BITS and bits / (8 * len(plain)) > _LEAST_DENSITY


def _bits(plain: str) -> float:
    """Three letters in a row are worth what the first pair is and the last letter after the second one."""
    single = [_half_bits(_LETTERS, ord(sign) - 65) if "A" <= sign <= "Z" else _SPARSE for sign in plain]
    total = 0.0
    for at in range(len(plain)):
        three = plain[at : at + 3]
        if len(three) == _THREE and three.isalpha() and three.isascii():
            total += (_pair(three[:2]) + _pair(three[1:]) - single[at + 1]) / 3
        else:
            total += sum(single[at : at + 3]) / len(three)
    return total


def _pair(two: str) -> float:
    return _half_bits(_PAIRS, (ord(two[0]) - 65) * 26 + ord(two[1]) - 65)


def _half_bits(table: str, at: int) -> float:
    return _DIGITS.index(table[at]) / 2
