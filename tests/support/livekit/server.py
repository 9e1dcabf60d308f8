"""Starts a LiveKit server with the settings that docs/video.md asks for, and stops it."""

import asyncio
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import requests

from obshto.platform.video.livekit import LiveKitRooms

ROOT = Path(__file__).parents[3]
KEY, SECRET = "obshto", "a-secret-of-tests-that-is-long-enough"


def find_server():
    """The path of the program; fails where nobody brought it."""
    said = subprocess.run([ROOT / ".ci/livekit"], capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0, "bring the server: make livekit"
    return said.stdout.strip()


@contextmanager
def running_server(port, folder):
    """The port's adapter before a server of its own; media go over one UDP port of the loopback."""
    settings = folder / "livekit.yaml"
    settings.write_text(
        f"port: {port}\nbind_addresses: ['127.0.0.1']\nkeys: {{{KEY}: {SECRET}}}\n"
        f"rtc: {{tcp_port: 0, udp_port: {port + 1}, use_external_ip: false,"
        " enable_loopback_candidate: true, interfaces: {includes: [lo]}}\n"
        "room: {auto_create: false}\nlogging: {level: warn}\n"
    )
    with (folder / "livekit.log").open("w") as log:
        command = [find_server(), "--config", settings]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for_server(process, f"http://127.0.0.1:{port}/", folder / "livekit.log")
        yield LiveKitRooms(f"ws://127.0.0.1:{port}", KEY, SECRET)
    finally:
        process.kill()  # told to end, it waits until its rooms are empty
        process.wait()


def wait_for_server(process, address, log):
    """Until it answers; fails with what it said where it ended."""
    for _ in range(2400):
        assert process.poll() is None, log.read_text()
        try:
            if requests.get(address, timeout=1).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())


class Connections:
    """Those who connect with a token, over the websocket that browsers use; no media."""

    def __init__(self, address):
        self._address, self._held = address, []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._session = self._run(self._begin())

    async def _begin(self):
        return aiohttp.ClientSession()

    def _run(self, what):
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(20)

    def connect(self, token):
        """True when the server lets them in."""

        async def ask():
            asked = {"access_token": token, "protocol": "15", "auto_subscribe": "1"}
            try:
                held = await self._session.ws_connect(f"{self._address}/rtc", params=asked)
            except aiohttp.WSServerHandshakeError:
                return False
            self._held.append(held)
            return (await held.receive()).type == aiohttp.WSMsgType.BINARY

        return self._run(ask())

    def close(self):
        """All leave."""
        for held in self._held:
            self._run(held.close())
        self._run(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
