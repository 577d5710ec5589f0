from __future__ import annotations

import pytest

from ospec_guard.plugins.places import NoHomeError, Spot, UnknownHomeError, inside, origin

HOME = {"HOME": "/home/ada"}


@pytest.mark.parametrize(
    ("root", "settings", "written", "spot"),
    [
        pytest.param("/p", "ospec-guard.yaml", "./plugins", Spot("plugins", "plugins"), id="beside the settings"),
        pytest.param("/p", "", "./plugins/", Spot("plugins", "plugins"), id="no settings: the root"),
        pytest.param("/p", "sub/s.yaml", "plugins", Spot("sub/plugins", "sub/plugins"), id="settings in a folder"),
        pytest.param("/p", "sub/s.yaml", "../plugins", Spot("plugins", "plugins"), id="up, and still in the root"),
        pytest.param("/p", "/p/sub/s.yaml", "x", Spot("sub/x", "sub/x"), id="settings given absolutely"),
        pytest.param("/p", "s.yaml", ".", Spot(".", "."), id="the root itself"),
        pytest.param("/p", "s.yaml", "/p/x", Spot("x", "x"), id="absolute, in the root"),
        pytest.param("/p", "s.yaml", "../q/x", Spot("/q/x", "/q/x"), id="out of the root"),
        pytest.param("/p", "s.yaml", "/pq/x", Spot("/pq/x", "/pq/x"), id="a name that only starts alike"),
        pytest.param("/p", "s.yaml", "~/.ospec/plugins", Spot("/home/ada/.ospec/plugins", "~/.ospec/plugins"), id="home"),
        pytest.param("/p", "s.yaml", "~", Spot("/home/ada", "~"), id="home itself"),
        pytest.param("/home/ada/p", "s.yaml", "~/p/x", Spot("x", "x"), id="home, and in the root"),
        pytest.param(".", "s.yaml", "plugins", Spot("plugins", "plugins"), id="the root is the working directory"),
        pytest.param(".", "s.yaml", "../x", Spot("../x", "../x"), id="out of the working directory"),
        pytest.param("p", "s.yaml", "../x", Spot("../x", "../x"), id="out of a relative root"),
        pytest.param("/", "s.yaml", "x", Spot("x", "x"), id="the root of all"),
    ],
)
def test_where_paths_lead(root: str, settings: str, written: str, spot: Spot) -> None:
    assert origin(root, settings, HOME).spot(written) == spot


@pytest.mark.parametrize(
    ("environ", "written", "error", "message"),
    [
        pytest.param({}, "~/x", NoHomeError, "no HOME", id="no home"),
        pytest.param(HOME, "~bob/x", UnknownHomeError, "'~bob' is not known", id="somebody else's"),
    ],
)
def test_homes_that_are_not_known(environ: dict[str, str], written: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        origin("/p", "s.yaml", environ).spot(written)


@pytest.mark.parametrize("written", ["../etc", "a/../../b", "/etc/passwd", "..", "", "~/x", "..\\x", "./../x"])
def test_ways_out_of_a_plugin(written: str) -> None:
    assert inside(Spot("plugins/a", "plugins/a"), written) is None


@pytest.mark.parametrize("written", ["schemas/c.json", "./schemas/c.json", "x/../schemas/c.json"])
def test_ways_within_a_plugin(written: str) -> None:
    assert inside(Spot("plugins/a", "~/a"), written) == Spot("plugins/a/schemas/c.json", "~/a/schemas/c.json")
