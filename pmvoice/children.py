"""How a child process of the program is started, from a checkout and from a frozen program alike.

A role is a word that ``__main__`` knows (``speech``, ``transcription``). Children are new processes
(never forks), so they share no locks, threads or sound devices with the window.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TextIO


def command(role: str) -> list[str]:
    """The command line of the child process with this role."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "pmvoice"]
    return [*program, "--child", role]


def claim_stdout() -> TextIO:
    """Keep the real standard output for events, and send what libraries print to standard error.

    Called first thing in a child; returns the stream that the parent reads.
    """
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n", buffering=1)
    os.dup2(2, 1)
    return events


def end_with_parent(stdin: TextIO, on_line: Callable[[str], object]) -> None:
    """Read ``stdin`` in a thread, hand each line to ``on_line``, and end the process at its end.

    The end of standard input means that the parent is gone, however it went; the child may be deep in
    a native call by then, so the process ends at once.
    """

    def read() -> None:
        for line in stdin:
            on_line(line)
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
