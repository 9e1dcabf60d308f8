"""Fixtures of votes: the commission's computer, an election on the server, its clock."""

import json
import shutil
import subprocess
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import count
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from obshto.modules.voting.models import Election
from obshto.modules.voting.services import tool
from obshto.modules.voting.services.stages import advance
from obshto.platform import clock
from obshto.platform.clock import SOFIA, now, today
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
GROUP = ("--group", "BELENIOS-2048")
THRESHOLD = ("setup", "generate-trustee-key-threshold", *GROUP)
QUESTION = ("Да се затвори ли площадът?", ("Да", "Не"), 1)


def run(*arguments, folder, given=""):
    """The tool as people run it on a computer of their own."""
    asked = {"input": given, "capture_output": True, "text": True, "check": True}
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "BELENIOS_USE_URANDOM": "1"}
    return subprocess.run(
        ["belenios-tool", *arguments], cwd=folder, env=environment, **asked
    ).stdout


class Commission:
    """A computer without a network: makes codes and keys, plays voters and trustees."""

    def __init__(self, folder, keys):
        self.folder, self.keys = Path(folder), keys
        for name in Path(keys.folder).iterdir():
            shutil.copy(name, self.folder)

    def codes(self, uuid, number):
        """So many codes; leaves the public file beside."""
        run(
            *("setup", "generate-credentials", "--uuid", uuid, *GROUP, "--count", str(number)),
            folder=self.folder,
        )
        secret = next(self.folder.glob("*.privcreds"))
        listed = json.loads(next(self.folder.glob("*.pubcreds")).read_text())
        self.public = [line.partition(",")[0] for line in listed]
        self.credentials = json.dumps(sorted(self.public, key=int), separators=(",", ":"))
        self.secrets = [line.split(" ", 1)[1] for line in secret.read_text().splitlines()]
        secret.unlink()
        return self.secrets

    def take(self, board, uuid):
        """The board as anybody downloads it."""
        (self.folder / f"{uuid}.bel").write_bytes(board)

    def ballot(self, code, *choices):
        (self.folder / "code").write_text(f"{code}\n")
        (self.folder / "choice").write_text(json.dumps(choices) + "\n")
        asked = ("--privcred", "code", "--ballot", "choice")
        return run("election", "generate-ballot", *asked, folder=self.folder).rstrip("\n")

    def share(self, number):
        key, secret = self.keys.pairs[number - 1]
        named = ("--key", key, "--decryption-key", secret, "--trustee-id", str(number))
        return run("election", "decrypt-threshold", *named, folder=self.folder)

    def add(self, kind, text):
        """An event put by the tool itself on the board that was taken last."""
        run("archive", "add-event", f"--type={kind}", folder=self.folder, given=f"{text}\n")

    def verify(self):
        """Every check of the tool over the board that was taken last."""
        run("election", "verify", folder=self.folder)


class Keys:
    """A ceremony of three trustees, two of whom open the result."""

    def __init__(self, folder):
        self.folder, names = folder, []
        for _ in range(3):
            known = set(folder.glob("*.cert"))
            run(*THRESHOLD, "--step", "1", folder=folder)
            names.append(next(iter(set(folder.glob("*.cert")) - known)).stem)
        self._write("certs.jsons", [(folder / f"{name}.cert").read_text() for name in names])
        certs = ("--certs", "certs.jsons")
        run(*THRESHOLD, *certs, "--step", "2", folder=folder)
        third = (*THRESHOLD, *certs, "--threshold", "2", "--step", "3")
        polynomials = [run(*third, "--key", f"{name}.key", folder=folder) for name in names]
        self._write("polynomials.jsons", polynomials)
        both = (*certs, "--polynomials", "polynomials.jsons")
        run(*THRESHOLD, *both, "--step", "4", folder=folder)
        outputs = ""
        for name in names:
            given = (folder / f"{name}.vinput").read_text()
            fifth = (*THRESHOLD, *certs, "--key", f"{name}.key", "--step", "5")
            outputs += run(*fifth, folder=folder, given=given)
        told = run(*THRESHOLD, *both, "--step", "6", folder=folder, given=outputs)
        self._write("threshold.json", [told])
        self._write("public_keys.jsons", [])
        run("setup", "make-trustees", folder=folder)
        (folder / "threshold.json").unlink()
        self.pairs = [(f"{name}.key", f"{name}.dkey") for name in names]
        self.trustees = (folder / "trustees.json").read_text()

    def _write(self, name, texts):
        (self.folder / name).write_text("".join(texts))


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    if not tool.is_here():
        pytest.skip("belenios-tool is not installed")
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def commission(tmp_path, keys):
    return Commission(tmp_path, keys)


@pytest.fixture
def staff(sign_in, owner, config):
    """Somebody of the commission, in a village where votes are switched on."""
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/voting", to="/on").status_code == 303
    return secretary


@pytest.fixture
def set_clock(monkeypatch):
    """The clock of ballots and stages."""

    def stand_at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return stand_at


class Server:
    """The wizard, the booth's addresses and the jobs, over HTTP as people use them."""

    def __init__(self, staff, client, at, uow_in):
        self.staff, self.client, self.base, self.uow_in = staff, client, at(VILLAGE), uow_in
        self.key = count(1)

    def begin(self, *questions, first=None, last=None, is_trial=False, **more):
        first = first or now() + timedelta(days=1)
        last = last or first + timedelta(days=2)
        typed = {
            "title": "Площадът",
            "intro": "Питаме за площада.",
            "places": "Общината, 9:00–17:00 ч.",
            "decision": "Решение № 1",
            "opens_at": first.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M:%S"),
            "closes_at": last.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M:%S"),
            "request_id": uuid4(),
        }
        for number, (asked, answers, most) in enumerate(questions or (QUESTION,), start=1):
            typed[f"question_{number}"] = asked
            typed[f"answers_{number}"] = "\r\n".join(answers)
            typed[f"most_{number}"] = most
        if is_trial:
            typed["is_trial"] = "y"
        answer = self.staff.post("/console/voting/new", typed | more)
        assert answer.status_code == 303, answer.text
        self.id = UUID(answer.location.partition("?")[0].rpartition("/")[2])
        return self

    @property
    def row(self):
        with self.uow_in(VILLAGE) as uow:
            found = uow.session.get(Election, self.id)
            uow.session.expunge(found)
            return found

    @property
    def page(self):
        return f"/console/voting/{self.id}"

    def upload(self, where, text, **typed):
        file = (BytesIO(text.encode()), "file.json")
        return self.staff.press(f"{self.page}/{where}", where, file=file, **typed)

    def advance(self):
        """What the worker would do, until nothing is due."""
        while True:
            with self.uow_in(VILLAGE) as uow:
                advance(uow, self.id)
                more = bool(uow.jobs)
                uow.commit()
            if not more:
                return

    def practise(self):
        """The trustees have been through a trial."""
        done = dict.fromkeys(("made_keys", "opened", "threw_away"), "y")
        day = today().isoformat()
        return self.staff.press(f"{self.page}/practice", "practice", practised_on=day, **done)

    def announce(self, commission, number=3):
        codes = commission.codes(self.row.uuid, number)
        assert self.upload("roll", commission.credentials).status_code == 303
        assert self.upload("trustees", commission.keys.trustees).status_code == 303
        assert self.practise().status_code == 303
        assert self.staff.press(f"{self.page}/announce", "announce").status_code == 303
        self.advance()
        assert self.row.stage == "Setup", self.row.fault
        self.slug, self.uuid = self.row.slug, self.row.uuid
        commission.take(self.board(), self.uuid)
        return codes

    def get(self, name, **more):
        return self.client.get(
            f"/voting/{self.slug}/{name}".rstrip("/"), base_url=self.base, **more
        )

    def board(self):
        answer = self.get("board.bel")
        assert answer.status_code == 200
        return answer.data

    def cast(self, ballot, **more):
        data = ballot if isinstance(ballot, bytes) else ballot.encode()
        sent = {"data": data, "content_type": "application/json", "base_url": self.base}
        return self.client.post(f"/voting/{self.slug}/cast", **(sent | more))


@pytest.fixture
def vote(staff, client, at, uow_in):
    return Server(staff, client, at, uow_in)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing is told on the screen."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serves whatever board is put."""
    folder = tmp_path_factory.mktemp("site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(
        address=f"http://127.0.0.1:{server.server_port}/",
        put=(folder / "board.bel").write_bytes,
        take=(folder / "board.bel").unlink,
    )
    server.shutdown()
    server.server_close()
