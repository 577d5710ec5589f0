"""Putting a control-flow graph together: blocks, branches, loops, jumps, and what catches exceptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ospec_guard.pattern.flow.ir import Block, Graph, Op

Body = Callable[[], None]
"""Emits the ops of a part of the graph."""


class Builder:
    """Emits ops into the current block. Code that nothing leads to gets a block without a way in."""

    def __init__(self, start: int, end: int) -> None:
        self.graph = Graph(start, end)
        self._current = self._block()
        self._loops: list[tuple[str, int, int]] = []
        """Label, where `continue` and where `break` lead."""
        self._exits: list[int] = []
        """Where `return` leads in functions that are a part of this graph."""
        self._handlers: list[int] = []
        """Where what is thrown leads."""
        self._temporaries = 0

    def _block(self) -> int:
        self.graph.blocks.append(Block())
        return len(self.graph.blocks) - 1

    def _link(self, one: int, other: int) -> None:
        following = self.graph.blocks[one].next
        if other not in following:
            following.append(other)

    def emit(self, op: Op) -> None:
        """Runs an op; what runs in a `try` may lead to its handlers before and after."""
        self.graph.blocks[self._current].ops.append(op)
        if self._handlers:
            self._link(self._current, self._handlers[-1])
            after = self._block()
            self._link(self._current, after)
            self._current = after

    def temporary(self, start: int, end: int) -> Op:
        """A variable that no code can name."""
        self._temporaries += 1
        return Op("name", start, end, (), f"%{self._temporaries}")

    def branch(self, *bodies: Body) -> None:
        """One of several."""
        before, after = self._current, self._block()
        for body in bodies:
            self._current = self._block()
            self._link(before, self._current)
            body()
            self._link(self._current, after)
        self._current = after

    def fall(self, bodies: Sequence[Body], *, through: bool, total: bool) -> None:
        """The cases of a switch: `through` runs into the next one, `total` means that one of them is taken."""
        before, after = self._current, self._block()
        last: int | None = None
        self._loops.append(("", -1, after))
        for body in bodies:
            self._current = self._block()
            self._link(before, self._current)
            if through and last is not None:
                self._link(last, self._current)
            body()
            last = self._current
            if not through:
                self._link(last, after)
        self._loops.pop()
        if last is not None:
            self._link(last, after)
        if not total or not bodies:
            self._link(before, after)
        self._current = after

    def loop(
        self,
        test: Body,
        body: Body,
        update: Body | None = None,
        *,
        label: str = "",
        first: bool = False,
        otherwise: Body | None = None,
    ) -> None:
        """Test, body, update, again; `first`: the body runs before the first test; `otherwise`: what a `break` passes over."""
        head, inside, after = self._block(), self._block(), self._block()
        again = self._block() if update is not None else head
        self._link(self._current, inside if first else head)
        self._current = head
        test()
        done = self._block() if otherwise is not None else after
        self._link(self._current, inside)
        self._link(self._current, done)
        self._current = inside
        self._loops.append((label, again, after))
        body()
        self._loops.pop()
        self._link(self._current, again)
        if update is not None:
            self._current = again
            update()
            self._link(self._current, head)
        if otherwise is not None:
            self._current = done
            otherwise()
            self._link(self._current, after)
        self._current = after

    def guarded(self, body: Body, handlers: Sequence[Body], last: Body | None) -> None:
        """What may throw, what catches it, and what runs in any case."""
        caught, after = self._block(), self._block()
        self._link(self._current, caught)
        inside = self._block()  # What is there before anything ran may be there when something is thrown.
        self._link(self._current, inside)
        self._current = inside
        self._handlers.append(caught)
        body()
        self._handlers.pop()
        self._link(self._current, after)
        for handler in handlers:
            self._current = self._block()
            self._link(caught, self._current)
            handler()
            self._link(self._current, after)
        if not handlers or last is not None:
            self._link(caught, after)  # What runs in any case runs after what nobody caught, and after every `return`.
        self._current = after
        if last is not None:
            last()

    def inline(self, body: Body) -> None:
        """A function where it stands: it may run there, or not."""
        before, inside, after = self._current, self._block(), self._block()
        self._link(before, inside)
        self._link(before, after)
        self._current = inside
        self._exits.append(after)
        loops, self._loops = self._loops, []
        handlers, self._handlers = self._handlers, []
        body()
        self._loops, self._handlers = loops, handlers
        self._exits.pop()
        self._link(self._current, after)
        self._current = after

    def leave(self) -> None:
        """After a `return`, or what is thrown and not caught."""
        if self._exits:
            self._link(self._current, self._exits[-1])
        self._current = self._block()

    def throw(self) -> None:
        """To what catches it."""
        if self._handlers:
            self._link(self._current, self._handlers[-1])
            self._current = self._block()
        else:
            self.leave()

    def jump(self, label: str, *, again: bool) -> None:
        """`continue` (`again`) or `break`, out of the loop with a label or the nearest."""
        for name, head, after in reversed(self._loops):
            target = head if again else after
            if target >= 0 and label in ("", name):
                self._link(self._current, target)
                break
        self._current = self._block()
