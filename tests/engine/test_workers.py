"""Shared-out work: order, faults and deaths, in forked and in spawned processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ospec_guard.engine.workers import Pool, tidying_between, usable_jobs

LOST = -1


def start(deadly: frozenset[int], faulty: frozenset[int]) -> Callable[[int], int]:
    def work(task: int) -> int:
        if task in deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if task in faulty:
            raise ValueError(f"task {task}")
        return task * task

    return work


def spawned(jobs: int, initializer: Callable[..., None], arguments: tuple[object, ...]) -> Executor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=initializer, initargs=arguments)


def threads(jobs: int, initializer: Callable[..., None], arguments: tuple[object, ...]) -> Executor:
    """Any executor will do; its initializer runs in this thread, for signals are the main thread's."""
    initializer(*arguments)
    return ThreadPoolExecutor(jobs)


def squares(tasks, *, jobs, deadly=(), faulty=(), make=None, sizes=None):
    pool = Pool(start, (frozenset(deadly), frozenset(faulty)), jobs=jobs, lost=lambda task: LOST, make_executor=make)
    return list(pool.map(tasks, sizes or [1] * len(tasks)))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_results_come_in_the_order_of_the_tasks(jobs, count):
    tasks = list(range(count))[::-1]
    assert squares(tasks, jobs=jobs) == [task * task for task in tasks]


@pytest.mark.parametrize(
    "deadly",
    [
        pytest.param({0}, id="first"),
        pytest.param({17}, id="middle"),
        pytest.param({39}, id="last"),
        pytest.param({3, 4, 30}, id="several"),
        pytest.param(set(range(4)), id="all-of-a-chunk"),
    ],
)
def test_a_task_that_kills_its_process_costs_that_task(deadly):
    tasks = list(range(40))
    assert squares(tasks, jobs=2, deadly=deadly) == [LOST if task in deadly else task * task for task in tasks]


def test_a_task_alone_that_kills_its_process():
    assert squares([7], jobs=2, deadly={7}) == [LOST]


@pytest.mark.parametrize("jobs", [1, 2])
def test_exceptions_reach_the_caller(jobs):
    with pytest.raises(ValueError, match="task 5"):
        squares(list(range(20)), jobs=jobs, faulty={5})


def test_exceptions_reach_the_caller_after_a_death_too():
    with pytest.raises(ValueError, match="task 5"):
        squares(list(range(20)), jobs=2, deadly={1}, faulty={5})


def test_spawned_processes_work_too():
    assert squares([3, 5], jobs=2, deadly={5}, make=spawned) == [9, LOST]


class Falling(ThreadPoolExecutor):
    """A pool whose worker dies while tasks are still handed out."""

    taken = 0

    def submit(self, *task, **options):
        self.taken += 1
        if self.taken > 3 and self._max_workers > 1:
            raise BrokenProcessPool("a worker died")
        return super().submit(*task, **options)


def test_a_death_before_everything_is_handed_out():
    def make(jobs, initializer, arguments):
        initializer(*arguments)
        return Falling(jobs)

    tasks = list(range(20))
    assert squares(tasks, jobs=2, make=make) == [task * task for task in tasks]


def test_any_executor_works():
    assert squares([3, 1, 2], jobs=2, make=threads) == [9, 1, 4]


def test_nothing_is_left_running_when_the_caller_stops():
    pool = Pool(start, (frozenset(), frozenset()), jobs=2, lost=lambda task: LOST)
    results = pool.map(list(range(100)), [1] * 100)
    assert next(results) == 0
    results.close()
    for child in multiprocessing.active_children():
        child.join(10)
    assert multiprocessing.active_children() == []


@given(st.lists(st.integers(0, 1000), max_size=30), st.integers(1, 4))
def test_tasks_of_any_sizes_are_all_done_once(sizes, jobs):
    tasks = list(range(len(sizes)))
    pool = Pool(start, (frozenset(), frozenset()), jobs=jobs, lost=lambda task: LOST, make_executor=threads)
    assert list(pool.map(tasks, sizes)) == [task * task for task in tasks]


@pytest.mark.parametrize(
    ("wanted", "size", "least"),
    [
        pytest.param(3, 0, 3, id="as-wanted"),
        pytest.param(0, 0, 1, id="at-least-one"),
        pytest.param(-2, 10**9, 1, id="at-least-one-always"),
        pytest.param(None, 10, 1, id="one-for-little"),
    ],
)
def test_usable_jobs(wanted, size, least):
    assert usable_jobs(wanted, size) == least


def test_as_many_jobs_as_cores_for_much():
    assert usable_jobs(None, 10**9) == len(os.sched_getaffinity(0))


class Loop:
    """Garbage that only the collector finds."""

    alive = 0

    def __init__(self) -> None:
        self.me = self
        Loop.alive += 1

    def __del__(self) -> None:
        Loop.alive -= 1


def test_garbage_goes_between_tasks_and_the_collector_is_as_it_was_afterwards() -> None:
    was = gc.isenabled()
    with tidying_between() as tidy:
        assert not gc.isenabled()
        loops = [Loop() for _ in range(30_000)]
        del loops
        assert Loop.alive == 30_000
        tidy()
        assert Loop.alive == 0
    assert gc.isenabled() == was
