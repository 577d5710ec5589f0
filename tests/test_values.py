"""`@value` against the dataclass it stands in for."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.values import field, replace, value


@value(order=True)
class Ours:
    name: str
    count: int = 3
    items: tuple[int, ...] = field(default_factory=tuple)
    note: str = field(default="", compare=False)

    @property
    def doubled(self) -> int:
        return 2 * self.count


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Theirs:
    name: str
    count: int = 3
    items: tuple[int, ...] = dataclasses.field(default_factory=tuple)
    note: str = dataclasses.field(default="", compare=False)


@value
class Longer(Ours):
    extra: bool = True


ARGUMENTS = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"count": st.integers(0, 3), "items": st.tuples(st.integers(0, 2)), "note": st.text(max_size=2)},
)


@given(ARGUMENTS, ARGUMENTS)
def test_behaves_as_the_dataclass_does(one: dict, other: dict):
    ours, theirs = (Ours(**one), Ours(**other)), (Theirs(**one), Theirs(**other))
    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert (ours[0] < ours[1], ours[0] >= ours[1]) == (theirs[0] < theirs[1], theirs[0] >= theirs[1])
    assert (hash(ours[0]) == hash(ours[1])) or ours[0] != ours[1]
    assert repr(ours[0]).replace("Ours", "Theirs") == repr(theirs[0])
    assert dataclasses.asdict(ours[0]) == dataclasses.asdict(theirs[0])
    assert dataclasses.astuple(replace(ours[0], count=9)) == dataclasses.astuple(dataclasses.replace(theirs[0], count=9))
    assert pickle.loads(pickle.dumps(ours[0])) == ours[0]  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("arguments", "keywords"),
    [
        pytest.param((), {}, id="nothing"),
        pytest.param(("a", 1, (), "", 2), {}, id="too many"),
        pytest.param(("a",), {"name": "b"}, id="one twice"),
        pytest.param(("a",), {"size": 1}, id="unknown name"),
        pytest.param(("a", 1, (), ""), {"name": "b"}, id="all and one more by name"),
    ],
)
def test_refuses_what_the_dataclass_refuses(arguments: tuple, keywords: dict):
    with pytest.raises(TypeError):
        Theirs(*arguments, **keywords)
    with pytest.raises(TypeError):
        Ours(*arguments, **keywords)


def test_is_frozen_and_has_slots():
    one = Ours("a")
    with pytest.raises(AttributeError):
        one.count = 4  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del one.count
    assert not hasattr(one, "__dict__")


def test_inherits_fields_in_order():
    assert [f.name for f in dataclasses.fields(Longer)] == ["name", "count", "items", "note", "extra"]
    assert Longer("a", extra=False).doubled == 6
    assert Longer("a") != Ours("a")


def test_is_matched_by_position():
    match Ours("a", 5):
        case Ours(name, count):
            assert (name, count) == ("a", 5)


def test_is_a_dataclass_to_those_who_ask():
    assert dataclasses.is_dataclass(Ours)
    assert dataclasses.replace(Ours("a"), name="b") == Ours("b")


def test_unknown_changes_are_refused():
    with pytest.raises(TypeError, match="no size"):
        replace(Ours("a"), size=1)
