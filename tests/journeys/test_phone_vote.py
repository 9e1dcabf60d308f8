"""A vote by phone from its text to the sums: the commission without scripts, a voter on a phone,
two trustees and an observer on computers of their own."""

import json
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from support.belenios.tool import INSTALLED, MISSING, Tool, keys_by_number
from support.booth_visits import asked_for, downloaded, upload, vote_by_code
from support.unscripted import send

from obshto.modules.voting.distribution.letters import new_code, public_of
from obshto.modules.voting.models import Election
from obshto.modules.voting.services.stages import advance_all
from obshto.platform.clock import SOFIA, now, today
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not INSTALLED, reason=MISSING)]
VILLAGE = "gorno-selo"
TEXT = {
    "title": "Чешмата",
    "intro": "Питаме за чешмата.",
    "question_1": "Да се премести ли чешмата?",
    "answers_1": "Да\nНе",
    "places": "Читалището, 9:00–17:00 ч.",
    "decision": "Решение № 7",
}


@pytest.fixture
def base(site):
    site.switch_to(VILLAGE, ["news", "voting"])
    yield site.at(VILLAGE)
    site.switch_to(VILLAGE, ["news"])


@pytest.fixture
def job(site):
    """job(advance_all): what the clock would begin."""

    def run(work):
        who = Principal.system("test")
        with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
            work(uow)
            uow.commit()

    return run


@pytest.fixture
def offline(tmp_path):
    """The computer without a network: three keys, and two codes of which one is used."""
    tool = Tool()
    keys = tool.hold_ceremony(tmp_path)
    (tmp_path / "order.json").write_text(json.dumps(keys))
    return SimpleNamespace(tool=tool, folder=tmp_path, keys=keys, codes=[new_code(), new_code()])


def test_a_vote_from_its_text_to_an_audited_result(
    base, person, visit, time_passes, job, work_off, offline
):
    secretary, reader, phone = person(Role.SECRETARY), person(), visit()
    desk = announced(secretary, base, offline, work_off)
    election_id = desk.rpartition("/")[2]
    opened = now() - timedelta(minutes=1)
    time_passes(Election, election_id, opens_at=opened, closes_at=opened + timedelta(days=1))
    page, first, last = voted_twice(secretary, phone, desk, offline.codes[0])
    heads = downloaded(reader, page, "отпечатъци на списъка за свидетели")
    time_passes(Election, election_id, closes_at=now())
    ended(secretary, desk, job, work_off)
    opened_together(secretary, reader, desk, page, offline, work_off)
    reader.goto(page)
    for told in ("Да0 (по телефона 0, на хартия 0)", "Не1 (по телефона 1, на хартия 0)"):
        expect(reader.locator("main")).to_contain_text(told)
    reader.get_by_role("link", name="Не вярвате? Вижте как се проверява").click()
    expect(reader.locator("h1")).to_have_text("Как се проверява")
    audited(reader, reader.url, offline.folder, heads, (first, last))


def announced(secretary, base, offline, work_off):
    """The wizard's steps; only what is public leaves the other computer."""
    begins = (now() + timedelta(days=1)).astimezone(SOFIA)
    days = {"opens_at": begins, "closes_at": begins + timedelta(days=2)}
    days = {name: day.strftime("%Y-%m-%dT%H:%M") for name, day in days.items()}
    desk = send(secretary, f"{base}/console/voting/new", **TEXT, **days)
    uuid = json.loads(downloaded(secretary, f"{desk}/roll", "vote.json").read_text())["uuid"]
    roll = sorted((public_of(uuid, code) for code in offline.codes), key=int)
    (offline.folder / "public_creds.json").write_text(json.dumps(roll, separators=(",", ":")))
    upload(secretary, f"{desk}/roll", offline.folder / "public_creds.json")
    done = dict.fromkeys(("made_keys", "opened", "threw_away"), "y")
    send(secretary, f"{desk}/practice", practised_on=today().isoformat(), **done)
    upload(secretary, f"{desk}/trustees", offline.folder / "trustees.json")
    send(secretary, f"{desk}/announce")
    work_off()
    return desk


def voted_twice(secretary, phone, desk, code):
    """Typed from the letter, then again otherwise: both are on the list, the last one counts."""
    secretary.goto(desk)
    page = secretary.get_by_role("link", name="Страницата, която всички виждат")
    phone.goto(f"{desk.partition('/console')[0]}{page.get_attribute('href')}")
    address = phone.url
    first = vote_by_code(phone, code, "Да")
    expect(asked_for(phone, first)).to_contain_text("Бюлетината е в списъка и се брои.")
    phone.goto(address)
    last = vote_by_code(phone, code, "Не")
    expect(asked_for(phone, last)).to_contain_text("Бюлетината е в списъка и се брои.")
    expect(asked_for(phone, first)).to_contain_text("затова се брои по-късната")
    return address, first, last


def ended(secretary, desk, job, work_off):
    """What is due every five minutes; staff see that nothing is open yet."""
    job(advance_all)
    work_off()
    secretary.goto(f"{desk}/opening")
    expect(secretary.locator("main")).to_contain_text("Дошли са 0 от нужните 2")


def opened_together(secretary, reader, desk, page, offline, work_off):
    """Two of three take the board to the other computer and bring back what opens the sums."""
    board = downloaded(reader, page, "Изтеглете целия списък на шифрованите бюлетини")
    (offline.folder / board.name).write_bytes(board.read_bytes())
    for number, name in keys_by_number(offline.folder, offline.keys[1:]):
        files = ["--key", f"{name}.key", "--decryption-key", f"{name}.dkey"]
        asked = ["election", "decrypt-threshold", *files, "--trustee-id", str(number)]
        share = offline.folder / f"share-{number}.json"
        share.write_bytes(offline.tool(*asked, cwd=offline.folder))
        upload(secretary, f"{desk}/opening", share)
    work_off()


def audited(reader, page, folder, heads, trackers):
    """The observer's program, as the house gives it, over everything that is public."""
    program = downloaded(reader, page, "audit.py")
    board = downloaded(reader, page, "Изтеглете целия списък на шифрованите бюлетини")
    lists = downloaded(reader, page.removesuffix("/check"), "анулирани и резервни")
    (folder / "trackers").write_text("\n".join(trackers))
    more = ["--heads", heads, "--lists", lists, "--trackers", folder / "trackers"]
    command = [sys.executable, "-I", "-S", program, board, *more]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Бюлетини: 2. Гласували: 1." in done.stdout
    assert done.stdout.endswith("Всичко е наред: нито една проверка не намери грешка.\n")
