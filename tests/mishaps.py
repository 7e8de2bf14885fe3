"""Runs that come to grief, for real: killed at a moment or at an operation on the disk, refused by the disk.

They are forked from the process that calls, so that the language models are loaded once.
"""

from __future__ import annotations

import errno
import mmap
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from diplograph.model import DiplographError

#: Exit codes of a forked run: an error for users, any other.
TOLD, UNTOLD = 3, 1
#: What changes a disk, as Python announces it to audit hooks.
_OPERATIONS = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "sqlite3.connect")


def forked(work: Callable[[], object], told: Path | None = None) -> int:
    """Start `work` in a fork of this process, whose id comes back; an error for users goes to the file `told`."""
    process = os.fork()
    if process:
        return process
    code = 0
    try:
        work()
    except DiplographError as error:
        code = TOLD
        if told:
            told.write_text(str(error), "utf-8")
    except BaseException:
        code = UNTOLD
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for its end: the exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killed_after(seconds: float, work: Callable[[], object]) -> int:
    """Kill a run after that time; how it ended."""
    process = forked(work)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return ended(process)


def killed_at(operations: Operations, number: int, work: Callable[[], object]) -> int:
    """Kill a run once it has begun that many operations; how it ended."""
    operations.forget()
    process = forked(lambda: (operations.watch(), work()))
    while operations.count < number:
        if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break  # it had less to do this time
        time.sleep(0.0005)
    os.kill(process, signal.SIGKILL)
    return ended(process)


class Operations:
    """Counts the operations on the disk below a folder, in all processes of a run; something may happen at one."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._count = mmap.mmap(-1, 8)  # shared with the forks

    @property
    def count(self) -> int:
        return int.from_bytes(self._count[:8], "little")

    def forget(self) -> None:
        """Count from nought."""
        self._count[:8] = bytes(8)

    def watch(self, at: int = 0, happens: Callable[[], None] = lambda: None) -> None:
        """Count from here on in this process and its forks, for good: to be called in a fork."""
        self.forget()

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event == "open":
                written = isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            else:
                written = event in _OPERATIONS
            if written and any(self._folder in str(argument) for argument in arguments[:2]):
                self._count[:8] = (self.count + 1).to_bytes(8, "little")
                if self.count == at:
                    happens()

        sys.addaudithook(hook)


def die() -> None:
    """End this process as the kernel does."""
    os.kill(os.getpid(), signal.SIGKILL)


def disk_is_full() -> None:
    """Have the operation fail."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
