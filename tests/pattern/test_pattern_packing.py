"""Patterns that were kept with a plan are what parsing them again would give."""

from __future__ import annotations

import json

import pytest
from rule_world import check
from support_probes import LANGUAGES as PROBES

from ospec_guard.languages import LANGUAGES
from ospec_guard.pattern.packing import pack, unpack
from ospec_guard.pattern.parse import parse_pattern
from ospec_guard.pattern.reading import PatternError
from ospec_guard.values import replace


def patterns() -> list[tuple[str, str]]:
    return [(language, probe[0]) for language, (_, probes) in PROBES.items() for probe in probes.values()]


@pytest.mark.parametrize("language", PROBES)
def test_what_was_packed_is_unpacked(language: str) -> None:
    count = 0
    for text in [text for of, text in patterns() if of == language]:
        try:
            pattern = parse_pattern(text, LANGUAGES[language])
        except PatternError:
            continue
        again = unpack(json.loads(json.dumps(pack(pattern))))
        assert repr(again.root) == repr(pattern.root)
        assert replace(again, root=pattern.root) == pattern
        count += 1
    assert count


def test_a_kept_pattern_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from finding import rule_of

    rule = rule_of("python", "eval($X)")
    monkeypatch.setattr("ospec_guard.pattern.finder.parse_pattern", None)
    assert [finding.span.line for finding in check("a.py", "eval(1)\n", rule).findings if finding.span] == [1]


def test_a_file_read_by_another_grammar_takes_patterns_by_that_one() -> None:
    from finding import lines

    assert lines("c", "f($X)", "template <class T> void g() { f(1); }\n") == [1]
