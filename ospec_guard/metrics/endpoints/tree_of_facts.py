"""The facts of all files, indexed: which views a reference means, and which prefixes a router has.

A router that is mounted is one fact in the file that makes it, and another in the file that mounts it, which may name it, the
module that hands it out, or a package above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ospec_guard.metrics.endpoints.facts import Mount, Route, Router, View, module_of
from ospec_guard.metrics.endpoints.references import References, parents

Facts = Sequence[Route | Router | Mount | View]


class Tree:
    """An index over (path, facts) of all files."""

    def __init__(self, files: Iterable[tuple[str, Facts]]) -> None:
        self.routes: list[tuple[str, Route]] = []
        """With the file they are written in, sorted."""
        self._own: dict[str, Router] = {}
        self._of_module: dict[str, set[str]] = defaultdict(set)
        """Module, and references to the routers it uses by names of its own."""
        self._views: dict[str, list[tuple[str, View]]] = defaultdict(list)
        """Reference; file and facts."""
        mounts: list[tuple[str, Mount]] = []
        modules = []
        for path, facts in sorted(files, key=lambda pair: pair[0]):
            module = module_of(path)
            modules.append(module)
            for fact in facts:
                if isinstance(fact, View):
                    self._views[f"{module}.{fact.name}"].append((path, fact))
                    continue
                reference = fact.reference if isinstance(fact, Router) else fact.router
                if reference.startswith(f"{module}."):
                    self._of_module[module].add(reference)
                if isinstance(fact, Route):
                    self.routes.append((path, fact))
                elif isinstance(fact, Router):
                    self._own[reference] = fact
                else:
                    mounts.append((path, fact))
        self.routes.sort()
        self._modules = References(modules)
        self._routers = References(reference for known in self._of_module.values() for reference in known)
        self._named = References(self._views)
        self.missing = 0
        """Mounts of OpenAPI path items whose file is not among the files."""
        self._mounts: dict[str, list[tuple[str, Mount]]] = defaultdict(list)
        """Router; file and facts of what mounts it."""
        self._inner: set[str] = set()
        """Routers that their own module mounts, so that whoever mounts the module as a whole does not."""
        self._mount(mounts)

    def prefixes(self, path: str, router: str) -> list[str]:
        """What goes before the paths of a router as referred to in a file, sorted; none for a hidden router."""
        return sorted(set(self._prefixes(self._router(router, path), ())))

    def views(self, reference: str, path: str) -> list[tuple[str, View]]:
        """File and facts of the function or class that a reference in the file at `path` means; empty if there is none."""
        return self._views.get(self._named.find(reference, path) or self._named.below(reference), [])

    def knows(self, reference: str, path: str) -> bool:
        """Whether a reference leads to a file of the tree, though perhaps not to a view in it."""
        return reference.startswith(".") or any(self._modules.find(parent, path) for parent in parents(reference, 2))

    def _mount(self, mounts: list[tuple[str, Mount]]) -> None:
        by_name = [(path, mount, self._routers.find(mount.target, path)) for path, mount in mounts]
        self._inner.update(found for path, _, found in by_name if found in self._of_module[module_of(path)])
        for path, mount, found in by_name:
            routers = [found] if found else self._handed_out(mount.target, path)
            for router in routers:
                if router != mount.router:
                    self._mounts[router].append((path, mount))
            self.missing += not routers and mount.target.endswith(".item")

    def _handed_out(self, reference: str, path: str) -> list[str]:
        """The routers of a module that is mounted as a whole; else the one that a module, class or package hands out."""
        module = self._modules.find(reference, path)
        if module:
            return self._outer(module)
        # Middleware is handed out by modules too; only the name tells.
        for parent in parents(reference, 2) if "rout" in reference.rpartition(".")[2].lower() else ():
            module = self._modules.find(parent, path)
            if module and module != module_of(path) and len(self._outer(module)) == 1:
                return self._outer(module)
        below = self._routers.below(reference)
        return [below] if below else []

    def _outer(self, module: str) -> list[str]:
        return sorted(self._of_module.get(module, set()) - self._inner)

    def _router(self, reference: str, path: str) -> str:
        """The router that a route or mount is registered on, made in this file or imported."""
        found = self._routers.find(reference, path)
        if found:
            return found
        module = self._modules.find(reference, path)
        outer = self._outer(module) if module else []
        return outer[0] if len(outer) == 1 else reference

    def _prefixes(self, router: str, seen: tuple[str, ...]) -> list[str]:
        own = self._own.get(router, Router(router))
        if own.hidden:
            return []
        if router not in self._mounts or router in seen:  # a circle mounts nothing
            return [own.prefix]
        found = []
        for path, mount in self._mounts[router]:
            if not mount.hidden:
                inside = mount.prefix if mount.instead else _under(mount.prefix, own.prefix)
                above = self._prefixes(self._router(mount.router, path), (*seen, router))
                found += [_under(one, inside) for one in above]
        return found


def _under(above: str, prefix: str) -> str:
    return f"{above.rstrip('/')}/{prefix.lstrip('/')}" if above and prefix else above or prefix
