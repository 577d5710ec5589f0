"""Sharing work out to processes, so that one that dies costs its file a gap and not the run.

Results come back in the order of the tasks, whatever the number of workers. Trees hold the interpreter lock while they are
made, hence processes; anything with the interface of `concurrent.futures.Executor` can take their place.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")

CHUNKS_PER_WORKER = 8
"""More chunks balance better, fewer cost less; beyond 8 nothing was gained on Django's tree."""


class Pool(Generic[Task, Result]):
    """Runs `work(task)` for many tasks in `jobs` processes; `start` makes `work` once in each process."""

    def __init__(
        self,
        start: Callable[..., Callable[[Task], Result]],
        arguments: tuple[Any, ...],
        *,
        jobs: int,
        lost: Callable[[Task], Result],
        make_executor: Callable[[int, Callable[..., None], tuple[Any, ...]], Executor] | None = None,
    ) -> None:
        self._start, self._arguments, self._jobs, self._lost = start, arguments, jobs, lost
        self._make = make_executor or processes

    def map(self, tasks: Sequence[Task], sizes: Sequence[int]) -> Iterator[Result]:
        """Results in the order of `tasks`; `sizes` are bytes, by which the chunks are balanced."""
        if self._jobs <= 1 or not tasks:
            work = self._start(*self._arguments)
            with tidying_between() as tidy:
                for task in tasks:
                    yield work(task)
                    tidy()
            return
        chunks = list(_chunks(tasks, sizes, self._jobs * CHUNKS_PER_WORKER))
        done: dict[int, list[Result]] = {}
        with self._workers(min(self._jobs, len(chunks))) as executor:
            with _interrupts_later():
                futures = [_submitted(executor, chunk) for chunk in chunks]
            for position, future in enumerate(futures):
                try:
                    done[position] = _answer(executor, future)
                except _broken():
                    break
                yield from done.pop(position)
            else:
                return
            # A worker died. Finished chunks keep their results; the rest is tried again, apart.
            for position, future in enumerate(futures):
                if future.done() and not future.cancelled() and future.exception() is None and position not in done:
                    done[position] = future.result()
            remaining = range(next(p for p, f in enumerate(futures) if f.exception() is not None), len(chunks))
        for position in remaining:
            yield from done[position] if position in done else self._apart(chunks[position])

    def _apart(self, chunk: list[Task]) -> list[Result]:
        """The results of a chunk that may kill its worker: halved until the deadly task is alone, and given up."""
        with self._workers(1) as executor:
            with _interrupts_later():
                future = executor.submit(_work_all, chunk)
            try:
                return _answer(executor, future)
            except _broken():
                if len(chunk) == 1:
                    return [self._lost(chunk[0])]
        middle = len(chunk) // 2
        return self._apart(chunk[:middle]) + self._apart(chunk[middle:])

    @contextmanager
    def _workers(self, jobs: int) -> Iterator[Executor]:
        """An executor that is gone afterwards: at once, whatever it does, when there is an error or an interrupt."""
        executor = self._make(jobs, _initialize, (self._start, self._arguments))
        try:
            yield executor
        except BaseException:
            end(executor)
            raise
        # Nothing may be left of it: threads make the next fork unsafe, and its end gets into the way of the interpreter's.
        executor.shutdown(wait=True, cancel_futures=True)


def _answer(executor: Executor, future: Future[list[Result]]) -> list[Result]:
    """The result of a future, once it is there. Raises BrokenProcessPool when a worker died."""
    while True:
        try:
            return future.result(timeout=_PATIENCE)
        except TimeoutError:
            if future.done():
                return future.result()
            # Of a worker that dies in the middle of an answer an executor learns nothing: it waits for the other half.
            if any(process.exitcode is not None for process in _processes(executor)):
                _kill(executor)


def _submitted(executor: Executor, chunk: list[Any]) -> Future[list[Any]]:
    """The chunk's future; a worker may be dead before everything is handed out, and then it is one that failed."""
    from concurrent.futures import Future

    try:
        return executor.submit(_work_all, chunk)
    except _broken() as error:
        failed: Future[list[Any]] = Future()
        failed.set_exception(error)
        return failed


def processes(jobs: int, initializer: Callable[..., None], arguments: tuple[Any, ...]) -> Executor:
    """Worker processes, forked where the system can."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=initializer, initargs=arguments)


def end(executor: Executor) -> None:
    """Ends an executor at once, without waiting for what its processes do."""
    _kill(executor)
    executor.shutdown(wait=True, cancel_futures=True)


def _kill(executor: Executor) -> None:
    """Ends the processes of an executor, and lets it know even if that cuts an answer in two."""
    for process in _processes(executor):
        process.kill()
        process.join()
    answers = getattr(executor, "_result_queue", None)
    if answers is not None:
        answers._writer.close()  # noqa: SLF001 - with the last writer gone, whoever reads the rest of an answer sees its end


def _processes(executor: Executor) -> list[Any]:
    """The processes of an executor that has any of its own."""
    return list((getattr(executor, "_processes", None) or {}).values())


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Holds Ctrl-C back while workers are forked: one that it hits before it is set up would go on as a second parent."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def usable_jobs(wanted: int | None, size: int) -> int:
    """How many workers are worth starting for `size` bytes: 1 for little, else as wanted or as many as there are cores."""
    if wanted is not None:
        return max(1, wanted)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores if size > _WORTH_IT else 1


_PATIENCE = 1.0
"""Seconds between two looks at whether the workers live."""

_WORTH_IT = 400_000
"""Bytes; starting two workers costs about as much as checking this."""

_work: Callable[[Any], Any] | None = None
"""In a worker process: what it does. Set once by the initializer, the only way to hand a process something it keeps."""


def _initialize(start: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]) -> None:
    global _work  # noqa: PLW0603 - see _work
    _settle_in()
    _work = start(*arguments)


def _settle_in() -> None:
    """Makes a process of its own a good child: Ctrl-C is its parent's to answer, and when that is killed it ends too."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return  # a thread, say, of the program itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _work_all(chunk: list[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("the worker was not initialized")
    results = []
    with tidying_between() as tidy:
        for task in chunk:
            results.append(_work(task))
            tidy()
    return results


_UNTIDY = 20_000
"""Objects made and not yet gone after which the collector is worth its time."""


@contextmanager
def tidying_between() -> Iterator[Callable[[], None]]:
    """No garbage is looked for during a task; what is yielded looks for it afterwards.

    The trees of a file are one great heap of objects that refer to one another and go all at once: Python's collector would
    walk them again and again while they grow, a fifth of all time.
    """
    enabled = gc.isenabled()
    gc.disable()

    def tidy() -> None:
        if gc.get_count()[0] > _UNTIDY:
            gc.collect(1)  # What is older, rules for the most part, is not walked again.

    try:
        yield tidy
    finally:
        if enabled:
            gc.enable()


def _chunks(tasks: Sequence[Task], sizes: Sequence[int], count: int) -> Iterator[list[Task]]:
    """At most about `count` runs of neighbouring tasks of about equal bytes."""
    share = max(1, sum(sizes) // max(1, count))
    chunk: list[Task] = []
    weight = 0
    for task, size in zip(tasks, sizes, strict=True):
        chunk.append(task)
        weight += size
        if weight >= share:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def _broken() -> type[Exception]:
    from concurrent.futures.process import BrokenProcessPool

    return BrokenProcessPool
