"""Programs of their own, for tests of how they start, end, and live beside each other."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds, on a busy machine


class Started:
    """A program that was started, and what it told."""

    def __init__(self, project: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.acceptance.started", "--practice", *arguments]
        self.process = subprocess.Popen(
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )
        self._told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told.put(json.loads(line))
        self._told.put({"what": "end"})

    def next(self, what: str) -> dict[str, Any]:
        """Wait until it tells this; what it tells before is passed over."""
        return self.next_of({what})

    def next_of(self, what: Collection[str]) -> dict[str, Any]:
        """Wait until it tells one of these."""
        while (told := self._told.get(timeout=PATIENCE))["what"] not in what:
            assert told["what"] != "end", f"it ended before: {self.process.communicate()}"
        return told

    def ended(self) -> tuple[int, str]:
        """Wait for its end: exit code and stderr."""
        code = self.process.wait(PATIENCE)
        self._reading.join()
        assert self.process.stderr is not None
        return code, self.process.stderr.read()

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reading.join()
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()


Start = Callable[..., Started]
