"""The facts name only what the grammars know, and every grammar has facts."""

from __future__ import annotations

from dataclasses import fields

import pytest

from ospec_guard.languages import LANGUAGES
from ospec_guard.languages.facts import BODY_FIELDS, HEAD_FIELDS
from ospec_guard.languages.grammar import facts_of, parser_of

GRAMMARS = sorted(key for key, language in LANGUAGES.items() if language.grammar)


@pytest.mark.parametrize("name", GRAMMARS)
def test_every_node_type_in_the_facts_is_one_of_the_grammar(name: str) -> None:
    facts, language = facts_of(name), parser_of(name).language
    assert language is not None
    known = {language.node_kind_for_id(number) for number in range(language.node_kind_count)}
    used = {
        kind
        for field in fields(facts)
        if field.name != "unbound_in" and isinstance(value := getattr(facts, field.name), frozenset | dict)
        for kind in value
    }
    used |= {kind for parents in facts.unbound_in for kind in parents.split(">")}
    assert sorted(used - known) == []


@pytest.mark.parametrize("name", GRAMMARS)
def test_every_field_in_the_facts_is_one_of_the_grammar(name: str) -> None:
    facts, language = facts_of(name), parser_of(name).language
    assert language is not None
    known = {language.field_name_for_id(number) for number in range(1, language.field_count + 1)}
    used = {field for field in facts.definitions.values() if isinstance(field, str)}
    used |= {field for binding in facts.bindings.values() if binding.pairs is None for field in (binding.target, binding.value)}
    assert sorted(used - known) == []


def test_the_shared_fields_occur_in_some_grammar() -> None:
    known = set()
    for name in GRAMMARS:
        language = parser_of(name).language
        assert language is not None
        known |= {language.field_name_for_id(number) for number in range(1, language.field_count + 1)}
    assert sorted((HEAD_FIELDS | BODY_FIELDS) - known) == []
