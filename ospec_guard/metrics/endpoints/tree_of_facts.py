"""The facts of all files, indexed: which routers a mount means, which views a reference means, and which prefixes a router has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ospec_guard.metrics.endpoints.facts import Mount, Route, View, module_of

Facts = Sequence[Route | Mount | View]

Router = tuple[str, str]
"""Reference to a module, and the name in it that routes are registered on."""


class Tree:
    """An index over (path, facts) of all files; references are looked up nearest to the file that uses them."""

    def __init__(self, files: Iterable[tuple[str, Facts]]) -> None:
        self.routes: list[tuple[str, Route]] = []
        self._files: dict[str, str] = {}
        """Module and file."""
        self._ending: dict[str, list[str]] = defaultdict(list)
        """Last word of a module's reference, and the modules."""
        self._routers: dict[str, set[str]] = defaultdict(set)
        self._views: dict[str, list[tuple[str, View]]] = defaultdict(list)
        """Last word of a view's name; modules and views."""
        mounts: list[tuple[str, Mount]] = []
        for path, facts in sorted(files, key=lambda pair: pair[0]):
            module = module_of(path)
            self._files[module] = path
            self._ending[module.rpartition(".")[2]].append(module)
            for fact in facts:
                if isinstance(fact, Route):
                    self.routes.append((path, fact))
                    self._routers[module].add(fact.router)
                elif isinstance(fact, Mount):
                    mounts.append((path, fact))
                    self._routers[module].add(fact.router)
                else:
                    self._views[fact.name.rpartition(".")[2]].append((module, fact))
        self.routes.sort()
        self.missing = 0
        """Mounts of OpenAPI path items whose file is not among the files."""
        self._parents: dict[Router, list[tuple[Router, Mount]]] = defaultdict(list)
        self._mount(mounts)

    def prefixes(self, path: str, router: str) -> list[str]:
        """What goes before the paths of a router, sorted; one empty text for a router that is mounted nowhere, none if hidden."""
        return sorted(set(self._prefixes((module_of(path), router), ())))

    def views(self, reference: str, path: str) -> list[tuple[str, View]]:
        """File and facts of the function or class that a reference in the file at `path` means; empty if there is none."""
        words = reference.split(".")
        for count in (1, 2):
            name = ".".join(words[-count:])
            for module in self._modules(".".join(words[:-count]), path):
                found = [(self._files[module], view) for m, view in self._views[words[-1]] if m == module and view.name == name]
                if found:
                    return found
        # A package hands out what its modules define; an instance of a class its methods.
        parent = f".{'.'.join(words[:-1]).strip('.')}."
        anchored = reference.startswith(".")
        within = [
            (m, view) for m, view in self._views[words[-1]] if (f"{m}.".startswith(parent) if anchored else parent in f"{m}.")
        ]
        same = {(m, view.name) for m, view in within}
        return [(self._files[m], view) for m, view in within] if len(same) == 1 else []

    def knows(self, reference: str, path: str) -> bool:
        """Whether a reference leads to a file of the tree, though perhaps not to a view in it."""
        words = reference.split(".")
        return reference.startswith(".") or any(self._modules(".".join(words[:-count]), path) for count in (1, 2))

    def _modules(self, reference: str, path: str) -> list[str]:
        """The module a reference means; of several with its ending the nearest to `path`."""
        if reference.startswith(".") or not reference:
            return [reference] if reference in self._files else []
        ending = f".{reference}"
        found = [module for module in self._ending.get(reference.rpartition(".")[2], ()) if module.endswith(ending)]
        return [max(found, key=lambda module: (_shared(module, module_of(path)), -len(module)))] if found else []

    def _mount(self, mounts: list[tuple[str, Mount]]) -> None:
        local: set[Router] = set()
        """Routers that their own module mounts, so that whoever mounts the module does not."""
        later = []
        for path, mount in mounts:
            module, _, name = mount.target.rpartition(".")
            exact = [(m, name) for m in self._modules(module, path) if name in self._routers.get(m, ())]
            for router in exact:
                self._adopt(router, path, mount)
                if router[0] == module_of(path):
                    local.add(router)
            if not exact:
                later.append((path, mount))
        for path, mount in later:
            found = self._whole(mount, path, local)
            for router in found:
                self._adopt(router, path, mount)
            self.missing += not found and mount.target.endswith(".item")

    def _whole(self, mount: Mount, path: str, local: set[Router]) -> list[Router]:
        """The routers of a module that is mounted as a whole, or the one that a package or a class hands out."""
        for module in self._modules(mount.target, path):
            return [(module, name) for name in sorted(self._routers.get(module, ())) if (module, name) not in local]
        parent, _, name = mount.target.rpartition(".")
        for reference in (parent, parent.rpartition(".")[0]):
            for module in self._modules(reference, path):
                tops = [(module, one) for one in sorted(self._routers.get(module, ())) if (module, one) not in local]
                if len(tops) == 1 and module != module_of(path):
                    return tops
        below = f".{parent.strip('.')}."
        within = [(m, name) for m in sorted(self._routers) if below in f"{m}." and name in self._routers[m]]
        return within if len(within) == 1 else []

    def _adopt(self, router: Router, path: str, mount: Mount) -> None:
        parent = (module_of(path), mount.router)
        if parent != router:
            self._parents[router].append((parent, mount))

    def _prefixes(self, router: Router, seen: tuple[Router, ...]) -> list[str]:
        if router not in self._parents or router in seen:  # a circle mounts nothing
            return [""]
        found = []
        for parent, mount in self._parents[router]:
            if not mount.hidden:
                found += [_under(above, mount.prefix) for above in self._prefixes(parent, (*seen, router))]
        return found


def _shared(one: str, other: str) -> int:
    """How many leading words two references share."""
    count = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        count += 1
    return count


def _under(above: str, prefix: str) -> str:
    return f"{above.rstrip('/')}/{prefix.lstrip('/')}" if above and prefix else above or prefix
