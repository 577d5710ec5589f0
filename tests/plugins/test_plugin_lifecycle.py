from __future__ import annotations

import pytest

from ospec_guard.document import Document, read_yaml
from ospec_guard.plugins.lifecycle import Contribution, Life, LifecycleError, PluginContext, Runtime, Stage, activate_all
from ospec_guard.plugins.types import TYPES, plugin_type
from ospec_guard.plugins.types.base import Declared
from ospec_guard.plugins.variables import Secret


class Silent:
    def info(self, message: str) -> None: ...

    def warning(self, message: str) -> None: ...


CONTEXT = PluginContext("1.0.0", Runtime("ospec-guard", "0.1.0"), Silent(), Secret({"a": 1}))
STEPS = ("initialize", "configure", "activate", "deactivate")


class Recorder:
    """A plugin that writes down what is asked of it, and fails at the steps it is told to."""

    def __init__(self, name: str, log: list[str], fails: tuple[str, ...] = ()) -> None:
        self.name, self.log, self.fails = name, log, fails

    def initialize(self, context: PluginContext) -> None:
        self._step("initialize")

    def configure(self, config: Secret) -> None:
        assert config == CONTEXT.config
        self._step("configure")

    def activate(self) -> Contribution:
        self._step("activate")
        return Contribution(rules=(read_yaml(b"id: " + self.name.encode(), self.name),))

    def deactivate(self) -> None:
        self._step("deactivate")

    def _step(self, step: str) -> None:
        self.log.append(f"{self.name} {step}")
        if step in self.fails:
            raise OSError(f"{self.name} failed to {step}")


def step(life: Life, name: str) -> None:
    arguments = {"initialize": (CONTEXT,), "configure": (CONTEXT.config,)}
    getattr(life, name)(*arguments.get(name, ()))


def test_a_whole_life() -> None:
    log: list[str] = []
    life = Life("a", Recorder("a", log))
    stages = [life.stage]
    for name in STEPS:
        step(life, name)
        stages.append(life.stage)
    assert stages == [Stage.CREATED, Stage.INITIALIZED, Stage.CONFIGURED, Stage.ACTIVE, Stage.INACTIVE]
    assert log == [f"a {name}" for name in STEPS]


@pytest.mark.parametrize(
    ("before", "wrong", "message"),
    [
        pytest.param((), "activate", "plugin 'a': activate needs it to be configured, it is created; the order is initialize, configure, activate, deactivate", id="activate at once"),
        pytest.param((), "configure", "configure needs it to be initialized, it is created", id="configure at once"),
        pytest.param((), "deactivate", "deactivate needs it to be initialized or configured or active, it is created", id="deactivate at once"),
        pytest.param(("initialize",), "initialize", "initialize needs it to be created, it is initialized", id="initialize twice"),
        pytest.param(("initialize",), "activate", "activate needs it to be configured, it is initialized", id="activate unconfigured"),
        pytest.param(STEPS[:3], "activate", "it is active", id="activate twice"),
        pytest.param(STEPS, "deactivate", "it is inactive", id="deactivate twice"),
        pytest.param(STEPS, "initialize", "it is inactive", id="begin again"),
    ],
)  # fmt: skip
def test_steps_out_of_order(before: tuple[str, ...], wrong: str, message: str) -> None:
    log: list[str] = []
    life = Life("a", Recorder("a", log))
    for name in before:
        step(life, name)
    with pytest.raises(LifecycleError, match=message):
        step(life, wrong)
    assert log == [f"a {name}" for name in before]


@pytest.mark.parametrize("failing", STEPS[:3])
def test_a_step_that_fails_has_not_been_taken(failing: str) -> None:
    life = Life("a", Recorder("a", [], fails=(failing,)))
    for name in STEPS[: STEPS.index(failing)]:
        step(life, name)
    with pytest.raises(OSError, match=f"failed to {failing}"):
        step(life, failing)
    assert life.stage is list(Stage)[STEPS.index(failing)]


def lives(log: list[str], **fails: str) -> list[tuple[Life, PluginContext]]:
    return [(Life(name, Recorder(name, log, tuple(fails.get(name, "").split()))), CONTEXT) for name in "abc"]


def test_plugins_live_one_after_the_other_and_end_in_reverse_order() -> None:
    log: list[str] = []
    with activate_all(lives(log)) as activation:
        assert [rule.value["id"] for each in activation.contributions for rule in each.rules] == ["a", "b", "c"]
        del log[:]
    assert log == ["c deactivate", "b deactivate", "a deactivate"]


def test_all_are_deactivated_even_when_one_raises() -> None:
    log: list[str] = []
    activation = activate_all(lives(log, b="deactivate"))
    del log[:]
    with pytest.raises(OSError, match="b failed to deactivate"):
        activation.deactivate()
    assert log == ["c deactivate", "b deactivate", "a deactivate"]
    activation.deactivate()
    assert len(log) == 3


@pytest.mark.parametrize(
    ("failing", "expected"),
    [
        pytest.param("initialize", ["b initialize", "a deactivate"], id="not begun: nothing of its own to end"),
        pytest.param("configure", ["b initialize", "b configure", "b deactivate", "a deactivate"], id="begun"),
        pytest.param(
            "activate", ["b initialize", "b configure", "b activate", "b deactivate", "a deactivate"], id="all but active"
        ),
    ],
)
def test_when_one_cannot_live_those_begun_are_deactivated(failing: str, expected: list[str]) -> None:
    log: list[str] = []
    with pytest.raises(OSError, match=f"b failed to {failing}"):
        activate_all(lives(log, b=failing))
    assert log == ["a initialize", "a configure", "a activate", *expected]


@pytest.mark.parametrize("name", TYPES)
def test_every_type_lives(name: str) -> None:
    document: Document = read_yaml(f"plugin_type: {name}\n{plugin_type(name).EXAMPLE}".encode(), "plugin.yaml")
    activation = activate_all([(Life(name, Declared(plugin_type(name), document)), CONTEXT)])
    (contribution,) = activation.contributions
    activation.deactivate()
    expected = "1 rule, 0 metrics" if name == "guardrails" else "contributes nothing to a check yet"
    assert str(contribution) == expected
