"""Content cache: what a process makes of a municipality's public content, until that changes.

Its values are kept under the stamp of the host's row, as fragments are: that was read before the
first statement of the transaction, so no value is older than the last acknowledged write of what
citizens see. When not to use it: for what a fact changes that is not public, for what is a
person's, for rows of a session that is open.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.fragments import content_stamp
from obshto.platform.web.request_uow import current_uow

Made = TypeVar("Made")


class ContentCache(Generic[Made]):
    """At most so many values; threads share them, so nobody changes one."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()

    def get_or_make(self, uow: UnitOfWork, make: Callable[[], Made], *key: Hashable) -> Made:
        """What is kept under the key; else what `make` reads in this work, kept from then on.

        Nothing is kept outside of a request, of work that has written, nor of work that a request
        opened beside its own: that may be another municipality's.
        """
        stamp = content_stamp()
        if stamp is None or uow.session is not current_uow().session:
            return make()
        whole = *stamp, *key
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        made = make()
        with self._lock:
            self._kept[whole] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
