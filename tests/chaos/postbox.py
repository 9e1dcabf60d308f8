"""A mail server that remembers: one line for each letter that it has taken."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import UnthreadedController

from obshto.platform.notify.letter import letter_of

ITEM = re.compile(r"/news/([0-9a-f-]{36})")


class Postbox:
    """Letters by Message-ID: how often each came, of which item it tells."""

    def __init__(self):
        self.taken, self.items = Counter(), {}

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        letter = letter_of(envelope.content)
        self.taken[letter.message_id] += 1
        if item := ITEM.search(letter.text):
            self.items[letter.message_id] = item[1]
        return "250 OK"

    def letters_of_each_item(self):
        """How many different letters tell of an item."""
        return Counter(self.items.values())


@contextmanager
def postbox():
    """The postbox with its address; it stands outside of all that is killed."""
    loop, box = asyncio.new_event_loop(), Postbox()
    controller = UnthreadedController(box, "127.0.0.1", 0, loop)
    controller.begin()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield box, f"smtp://127.0.0.1:{controller.server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        controller.end()
        loop.close()
