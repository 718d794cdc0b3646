"""Programs that a test needs beside itself: begun, and ended with it."""

import subprocess
from collections.abc import Mapping
from contextlib import ExitStack

SECONDS = 60  # how long a program may take to end when it is told to


def begin(stack: ExitStack, command: list[str], environment: Mapping[str, str]) -> str:
    """Start a program; the first line that it prints, which says that it is ready."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # complains about limits in containers
        text=True,
    )
    stack.callback(end, process)
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"{command[0]} did not start"
    return line


def end(process: "subprocess.Popen[str]") -> None:
    """End a program, one that does not listen as well, and close its pipes."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
