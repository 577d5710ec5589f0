from __future__ import annotations

from ospec_guard import sdk


def test_every_name_is_there_and_the_list_is_sorted() -> None:
    assert [name for name in sdk.__all__ if not hasattr(sdk, name)] == []
    assert sorted(sdk.__all__) == sorted(set(sdk.__all__))


def test_nothing_is_exported_by_accident() -> None:
    public = {name for name in vars(sdk) if not name.startswith("_") and name != "annotations"}
    assert public == set(sdk.__all__)


def test_a_plugin_can_be_written_with_the_names_of_the_sdk_alone() -> None:
    said: list[str] = []

    class Listener:
        def info(self, message: str) -> None:
            said.append(message)

        def warning(self, message: str) -> None:
            said.append(message)

    class Mine:
        def initialize(self, context: sdk.PluginContext) -> None:
            message = f"OSpec {context.ospec_version} on {context.runtime.engine} {context.runtime.engine_version}"
            context.logger.info(message)

        def configure(self, config: sdk.Secret) -> None:
            said.append(f"region {config.reveal()['region']}")

        def activate(self) -> sdk.Contribution:
            return sdk.Contribution()

        def deactivate(self) -> None:
            said.append("bye")

    runtime = sdk.Runtime("ospec-guard", "0.1.0")
    context = sdk.PluginContext(sdk.OSPEC_VERSION, runtime, Listener(), sdk.Secret({"region": "eu"}))
    with sdk.activate_all([(sdk.Life("mine", Mine()), context)]) as activation:
        assert activation.contributions == (sdk.Contribution(),)
    assert said == ["OSpec 1.0.0 on ospec-guard 0.1.0", "region eu", "bye"]
