"""Asking for several things at the same time, and for each thing only once."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def together(*calls: Callable[[], V]) -> list[V]:
    """The results of the calls, made side by side. All are waited for; then the first failure, if any, is raised."""
    results: dict[int, V] = {}
    failures: dict[int, Exception] = {}

    def run(number: int) -> None:
        try:
            results[number] = calls[number]()
        except Exception as error:  # handed to the caller's thread below
            failures[number] = error

    threads = [threading.Thread(target=run, args=(n,), name="desk-look-up", daemon=True) for n in range(1, len(calls))]
    for thread in threads:
        thread.start()
    if calls:
        run(0)
    for thread in threads:
        thread.join()
    for number in sorted(failures):
        raise failures[number]
    return [results[number] for number in range(len(calls))]


class Memo(Generic[K, V]):
    """Answers that are kept. Threads that ask for the same thing at the same time share one question; failures are not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[K, V] = {}
        self._asking: dict[K, threading.Lock] = {}

    def get(self, key: K, ask: Callable[[], V]) -> V:
        """The kept answer, or the one that ``ask`` gives."""
        with self._lock:
            if key in self._values:
                return self._values[key]
            turn = self._asking.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            value = ask()
            with self._lock:
                self._values[key] = value
            return value

    def forget(self, key: K | None = None) -> None:
        """Forget one answer, or all of them."""
        with self._lock:
            if key is None:
                self._values.clear()
            else:
                self._values.pop(key, None)
