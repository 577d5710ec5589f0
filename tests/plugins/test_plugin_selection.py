"""Which file an entry of `enabled` means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugin_world import HOME, ROOT, SETTINGS, MemoryFiles, load, refusals, settings

from ospec_guard.errors import Problem
from ospec_guard.plugins.places import origin
from ospec_guard.plugins.selection import Selection, look_up, select

RULES = "plugin_type: guardrails\nrules: [{}]\n"
WANTED = "@company/compliance-guardrails"
NAMED = f"plugins: {{local_paths: [plugins], enabled: ['{WANTED}']}}"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("plugins/@company/compliance-guardrails/plugin.yaml", RULES, id="folder of the scope"),
        pytest.param("plugins/@company/compliance-guardrails/plugin.yml", RULES, id="folder of the scope, yml"),
        pytest.param("plugins/@company/compliance-guardrails.yaml", RULES, id="file in the folder of the scope"),
        pytest.param("plugins/@Company/compliance_guardrails.yaml", RULES, id="file in the folder of the scope, folded"),
        pytest.param("plugins/compliance-guardrails/plugin.yaml", RULES, id="folder"),
        pytest.param("plugins/compliance_guardrails/plugin.yaml", RULES, id="folder, folded"),
        pytest.param("plugins/compliance-guardrails.yaml", RULES, id="file"),
        pytest.param("plugins/compliance-guardrails.yml", RULES, id="file, yml"),
        pytest.param("plugins/x.yaml", RULES + "name: compliance_guardrails\n", id="plain name"),
        pytest.param("plugins/x.yaml", RULES + f"name: '{WANTED}'\n", id="scoped name"),
        pytest.param("plugins/x.yaml", RULES + "name: compliance_guardrails\nscope: Company\n", id="scope and name"),
        pytest.param("plugins/x/plugin.yaml", f"# Plugin: {WANTED}\n" + RULES + "name: company_compliance\n", id="comment, as in the specification"),
        pytest.param("plugins/plugin.yaml", f"# Plugin: {WANTED}\n" + RULES, id="the local path is itself the plugin's folder"),
    ],
)  # fmt: skip
def test_a_scoped_name_finds(path: str, text: str) -> None:
    (plugin,) = load(NAMED, {path: text}).plugins
    assert plugin.info.place.path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("plugins/compliance-guardrails.yaml", "# Plugin: @other/compliance-guardrails\n" + RULES, id="a comment states another scope"),
        pytest.param("plugins/compliance-guardrails.yaml", RULES + "name: compliance-guardrails\nscope: other\n", id="the manifest states another scope"),
        pytest.param("plugins/@other/compliance-guardrails/plugin.yaml", RULES, id="its folder states another scope"),
        pytest.param("plugins/a/compliance-guardrails/plugin.yaml", RULES, id="too deep"),
        pytest.param("plugins/compliance-guardrails.txt", RULES, id="not YAML by its name"),
        pytest.param("plugins/.compliance-guardrails.yaml", RULES, id="hidden"),
        pytest.param("other/compliance-guardrails.yaml", RULES, id="elsewhere"),
    ],
)  # fmt: skip
def test_a_scoped_name_does_not_find(path: str, text: str) -> None:
    (problem,) = refusals(NAMED, {path: text, "plugins/z.yaml": RULES})
    assert problem.startswith(f"ospec-guard.yaml:1:46: error: plugin '{WANTED}' is not there; looked in plugins")


@pytest.mark.parametrize(
    ("written", "path", "settings_path"),
    [
        pytest.param("./plugins/custom", "plugins/custom/plugin.yaml", SETTINGS, id="folder"),
        pytest.param("plugins/custom", "plugins/custom/plugin.yml", SETTINGS, id="folder, without the dot, yml"),
        pytest.param("custom", "custom/plugin.yaml", SETTINGS, id="folder beside the settings"),
        pytest.param("./custom.yaml", "custom.yaml", SETTINGS, id="file"),
        pytest.param("./custom/plugin.yaml", "custom/plugin.yaml", SETTINGS, id="the manifest itself"),
        pytest.param("./custom", "conf/custom/plugin.yaml", "conf/guard.yaml", id="settings in a folder"),
        pytest.param("../custom", "custom/plugin.yaml", "conf/guard.yaml", id="up from the settings' folder"),
        pytest.param("../shared/custom", "/work/shared/custom/plugin.yaml", SETTINGS, id="out of the root"),
        pytest.param("/opt/custom", "/opt/custom/plugin.yaml", SETTINGS, id="absolute"),
        pytest.param(f"{ROOT}/custom", "custom/plugin.yaml", SETTINGS, id="absolute, in the root"),
        pytest.param("~/custom", f"{HOME}/custom/plugin.yaml", SETTINGS, id="home"),
    ],
)
def test_a_path_finds(written: str, path: str, settings_path: str) -> None:
    (plugin,) = load(f"plugins: {{enabled: ['{written}']}}", {path: RULES}, settings_path=settings_path).plugins
    assert plugin.folder == path.rpartition("/")[0] or plugin.folder == "."
    assert plugin.info.place.path == path.replace(HOME, "~")
    assert plugin.info.scoped_name == ""


@pytest.mark.parametrize(
    ("text", "files", "problem"),
    [
        pytest.param(
            "plugins: {local_paths: [plugins, ~/.ospec/plugins, gone], enabled: ['@a/b']}",
            {"plugins/c.yaml": RULES, f"{HOME}/.ospec/plugins/d.yaml": RULES},
            "ospec-guard.yaml:1:70: error: plugin '@a/b' is not there; looked in plugins, ~/.ospec/plugins, gone (does not exist)\n"
            "  hint: put it into one of the local paths, as @a/b/plugin.yaml, b/plugin.yaml or b.yaml",
            id="every place looked at",
        ),
        pytest.param(
            "plugins: {enabled: ['@a/b']}", {}, "looked in nowhere, as plugins.local_paths is empty", id="no place to look at",
        ),
        pytest.param(
            "plugins: {local_paths: [p], enabled: ['@company/complaince']}",
            {"p/@company/compliance.yaml": RULES},
            "hint: did you mean '@company/compliance'?",
            id="did you mean",
        ),
        pytest.param(
            "plugins: {local_paths: [p/x.yaml], enabled: ['@a/b']}", {"p/x.yaml": RULES}, "p/x.yaml (not a folder)", id="a file as a local path",
        ),
        pytest.param(
            "plugins: {local_paths: [one, two], enabled: ['@a/b']}",
            {"one/b.yaml": RULES, "two/x.yaml": "# Plugin: @a/b\n" + RULES},
            "ospec-guard.yaml:1:47: error: '@a/b' is more than one plugin: one/b.yaml and two/x.yaml\n  hint: enable one of them by its path",
            id="two files for one name",
        ),
        pytest.param(
            "plugins: {local_paths: [one], enabled: ['@a/b']}",
            {"one/b.yaml": RULES, "one/b/plugin.yaml": RULES},
            "more than one plugin: one/b/plugin.yaml and one/b.yaml",
            id="a folder and a file",
        ),
        pytest.param(
            "plugins: {enabled: [./b]}", {"b/plugin.yaml": RULES, "b/plugin.yml": RULES}, "b: error: the folder holds both plugin.yaml and plugin.yml", id="two manifests in a folder",
        ),
        pytest.param("plugins: {enabled: [./b]}", {"b/README.md": ""}, "no plugin at './b': the folder b holds no plugin.yaml", id="a folder without a manifest"),
        pytest.param("plugins: {enabled: [./b]}", {}, "ospec-guard.yaml:1:21: error: no plugin at './b': b does not exist", id="nothing at the path"),
        pytest.param(
            "plugins: {local_paths: [p], enabled: [b, '@a/b']}", {"p/@a/b.yaml": RULES}, "hint: did you mean '@a/b'?", id="a name without its scope",
        ),
        pytest.param("plugins: {enabled: ['@a']}", {}, "'@a' is not a scoped name; expected @scope/name", id="half a name"),
        pytest.param("plugins: {enabled: ['~bob/x']}", {}, "ospec-guard.yaml:1:22: error: '~bob' is not known here", id="somebody else's home"),
        pytest.param("plugins: {local_paths: [~bob/x], enabled: ['@a/b']}", {"b.yaml": RULES}, "'~bob' is not known here", id="somebody else's home to look in"),
        pytest.param(
            "plugins: {local_paths: [p], enabled: ['@a/b', './p/b.yaml']}",
            {"p/b.yaml": RULES},
            "ospec-guard.yaml:1:48: error: './p/b.yaml' is p/b.yaml, which '@a/b' at ospec-guard.yaml:1:40 enables already",
            id="enabled twice",
        ),
    ],
)  # fmt: skip
def test_refused(text: str, files: dict[str, str], problem: str) -> None:
    assert any(problem in found for found in refusals(text, files)), refusals(text, files)


def test_without_a_home_a_local_path_there_is_one_more_place_that_is_not_there() -> None:
    text = "plugins: {local_paths: [p, ~/.ospec/plugins], enabled: ['@a/b']}"
    (plugin,) = load(text, {"p/b.yaml": RULES}, environ={}).plugins
    assert plugin.info.place.path == "p/b.yaml"
    (problem,) = refusals(text, {"p/c.yaml": RULES}, environ={})
    assert "looked in p, ~/.ospec/plugins (the environment has no HOME)" in problem


def test_bundled_plugins_are_looked_for_last_and_shown_without_the_machine_s_paths() -> None:
    text = "plugins: {local_paths: [p], enabled: ['@ospec/quality']}"
    files = {"/usr/lib/guard/plugins/quality/plugin.yaml": RULES, "p/x.yaml": RULES}
    (plugin,) = load(text, files, bundled=["/usr/lib/guard/plugins"]).plugins
    assert plugin.info.place.path == "(bundled)/quality/plugin.yaml"
    (problem,) = refusals(text, {"p/x.yaml": RULES}, bundled=["/usr/lib/guard/plugins"])
    assert "looked in p, (bundled) (does not exist)" in problem
    (plugin,) = load(text, files | {"p/quality.yaml": RULES}, bundled=["/usr/lib/guard/plugins"]).plugins
    assert plugin.info.place.path == "p/quality.yaml"


def test_two_bundled_plugins_of_one_name_are_refused_like_any() -> None:
    files = {"/usr/lib/b/quality.yaml": RULES, "/usr/lib/b/quality/plugin.yaml": RULES}
    (problem,) = refusals("plugins: {enabled: ['@ospec/quality']}", files, bundled=["/usr/lib/b"])
    assert "more than one plugin: (bundled)/quality/plugin.yaml and (bundled)/quality.yaml" in problem


def test_in_a_checkout_of_the_product_its_plugins_are_local_and_bundled_at_once() -> None:
    text = "plugins: {local_paths: [plugins], enabled: ['@ospec/quality']}"
    (plugin,) = load(text, {"plugins/quality/plugin.yaml": RULES}, bundled=[f"{ROOT}/plugins"]).plugins
    assert plugin.info.place.path == "plugins/quality/plugin.yaml"


def test_one_folder_reached_by_two_local_paths_is_one_place() -> None:
    text = "plugins: {local_paths: [p, ./p/, ../project/p], enabled: ['@a/b']}"
    assert len(load(text, {"p/b.yaml": RULES}).plugins) == 1


def test_a_folder_that_cannot_be_read_is_a_problem() -> None:
    block, _ = settings("plugins: {local_paths: [p], enabled: ['@a/b']}")
    files = MemoryFiles({"p/b.yaml": RULES}, unreadable=["p"])
    found = select(block, files=files, root=ROOT, settings_path=SETTINGS, environ={})
    assert "p: error: the folder cannot be read: Permission denied" in [str(problem) for problem in found.problems]


def test_a_manifest_that_cannot_be_read_is_a_problem_of_its_own() -> None:
    selection = everything({"p/b.yaml": RULES}, unreadable=["p/b.yaml"])
    (found,) = selection.discovery.found
    assert [str(problem) for problem in found.reading.problems] == [
        "p/b.yaml: error: the manifest cannot be read: Permission denied"
    ]


def everything(files: dict[str, str], unreadable: list[str] | None = None) -> Selection:
    block, _ = settings("plugins: {local_paths: [p]}")
    world = MemoryFiles(files, unreadable or [])
    return select(block, files=world, root=ROOT, settings_path=SETTINGS, environ={}, everything=True)


def test_everything_under_the_local_paths_is_found_broken_or_not() -> None:
    files = {
        "p/b.yaml": RULES,
        "p/a/plugin.yaml": "nonsense",
        "p/@s/c/plugin.yaml": RULES,
        "p/@s/notes.txt": "",
        "p/docs/x.md": "",
    }
    selection = everything(files)
    assert [(found.spot.shown, bool(found.reading.problems)) for found in selection.discovery.found] == [
        ("p/@s/c/plugin.yaml", False),
        ("p/a/plugin.yaml", True),
        ("p/b.yaml", False),
    ]
    assert selection.problems == ()


def test_a_broken_plugin_that_is_not_enabled_hurts_nobody() -> None:
    text = "plugins: {local_paths: [p], enabled: ['@a/b']}"
    assert (
        len(load(text, {"p/b.yaml": RULES, "p/broken.yaml": "rules: [", "p/other.yaml": "plugin_type: nonsense"}).plugins) == 1
    )


@given(st.permutations(["a.yaml", "b/plugin.yaml", "@s/c.yaml", "d.yml", "plugin.yaml"]))
def test_the_order_of_files_does_not_matter(names: list[str]) -> None:
    files = {f"p/{name}": RULES for name in names}
    shown = [found.spot.shown for found in everything(files).discovery.found]
    assert shown == ["p/plugin.yaml", "p/@s/c.yaml", "p/a.yaml", "p/b/plugin.yaml", "p/d.yml"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        pytest.param("p/my rules.yaml", "p/my rules.yaml: error: 'my rules' cannot be the name of a plugin\n  hint: give it a 'name'", id="a space"),
        pytest.param("plugin.yaml", "plugin.yaml: error: '.' cannot be the name of a plugin", id="the root"),
    ],
)  # fmt: skip
def test_a_place_that_is_no_name(path: str, problem: str) -> None:
    (found,) = refusals(f"plugins: {{enabled: ['./{path}']}}", {path: RULES})
    assert problem in found
    assert refusals(f"plugins: {{enabled: ['./{path}']}}", {path: RULES + "name: x\n"}) == []


@pytest.mark.parametrize("path", ["p/@a/b.yaml", "p/@a/b/plugin.yaml"])
def test_a_plugin_enabled_by_its_path_keeps_the_scope_of_its_folder(path: str) -> None:
    (plugin,) = load(f"plugins: {{enabled: ['./{path}']}}", {path: RULES}).plugins
    assert plugin.info.scoped_name == "@a/b"


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        pytest.param("@a/one", "p/@a/one.yaml", id="scoped"),
        pytest.param("first_name", "p/@a/one.yaml", id="plain name"),
        pytest.param("First-Name", "p/@a/one.yaml", id="plain name, folded"),
        pytest.param("./q/plugin.yaml", "q/plugin.yaml", id="path"),
        pytest.param("q", "q/plugin.yaml", id="enabled by its path, asked for by name"),
        pytest.param("twin", "no plugin at 'twin': twin does not exist", id="a name that two have"),
        pytest.param("nobody", "no plugin at 'nobody': nobody does not exist", id="a name that none has"),
    ],
)
def test_looking_up(written: str, outcome: str) -> None:
    world = {
        "p/@a/one.yaml": RULES + "name: first_name\n",
        "p/x.yaml": RULES + "name: twin\n",
        "p/y.yaml": RULES + "name: twin\n",
    }
    files = MemoryFiles({**world, "q/plugin.yaml": RULES})
    block, _ = settings("plugins: {local_paths: [p], enabled: [./q]}")
    selection = select(block, files=files, root=ROOT, settings_path=SETTINGS, environ={}, everything=True)
    found = look_up(written, selection, files, origin(ROOT, SETTINGS, {}))
    assert outcome == (found.message if isinstance(found, Problem) else found.spot.shown)
