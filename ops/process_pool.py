"""Processes that share the work of one command."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context

LOOK_SECONDS = 0.2


@contextmanager
def process_pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """A pool that ends with the block: at once where the block fails, and with this process.

    Where that is safe its processes are copies of this one: a copy spares two seconds of imports.
    It is not safe beside threads, nor on macOS, whose libraries do not live through a fork.
    """
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    context = get_context("fork" if is_safe else "spawn")
    pool = ProcessPoolExecutor(
        processes, mp_context=context, initializer=_follow, initargs=(os.getpid(),)
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown()


def _follow(parent: int) -> None:
    """Leave signals to the parent, and end with it.

    The standard library's processes wait for work for ever when their parent was killed, and a
    copy holds the locks that it held.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)
