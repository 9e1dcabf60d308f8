"""A real mail server on the loopback that says what it is told."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import UnthreadedController


class Mailbox:
    """What a mail server does with a letter; `answers` puts other words into its mouth, at a
    step or (`refusals`) for an address.
    """

    def __init__(self):
        self.taken, self.envelopes, self.answers, self.refusals = [], [], {}, {}

    def _answer(self, step, server, usual="250 OK"):
        answer = self.answers.get(step, usual)
        if answer == "close":
            server.transport.abort()
        return "421 closing" if answer == "close" else answer

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self._answer("MAIL", server)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return self._answer("RCPT", server)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self._answer("DATA", server)
        if answer.startswith("250"):
            encrypted = server.transport.get_extra_info("ssl_object") is not None
            self.taken.append(envelope.content)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, encrypted))
        return answer

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self._answer("QUIT", server, "221 Bye")


@contextmanager
def serve(mailbox, port=0, **options):
    """A mail server on the loopback, in a thread of its own; yields its port, a free one if 0."""
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(mailbox, "127.0.0.1", port, loop, **options)
    controller.begin()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield controller.server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        controller.end()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()
        asyncio.set_event_loop(None)


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def serving(mailbox):
    """Start the server, on a port or with options of aiosmtpd: `with serving(tls_context=…)`."""
    return lambda **options: serve(mailbox, **options)
