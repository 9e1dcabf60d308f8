"""From a registration on the phone to a vote in the booth: the list, the frozen roll, the printed
letter of a trial, read from its paper."""

import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from support.belenios.tool import INSTALLED, MISSING, Tool
from support.booth_visits import asked_for, downloaded, upload, vote_by_code
from support.pdf_text import pages_of
from support.unscripted import send

from obshto.modules.voting.models import Election
from obshto.platform.clock import SOFIA, now, today
from obshto.platform.permissions import Role

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not INSTALLED, reason=MISSING)]
VILLAGE, EGN = "gorno-selo", "5003150019"
TEXT = {
    "title": "Чешмата",
    "intro": "Питаме за чешмата.",
    "question_1": "Да се премести ли чешмата?",
    "answers_1": "Да\nНе",
    "places": "Читалището, 9:00–17:00 ч.",
    "decision": "Решение № 7",
    "is_trial": "y",
}


@pytest.fixture
def base(site):
    site.switch_to(VILLAGE, ["news", "voting", "voters"])
    yield site.at(VILLAGE)
    site.switch_to(VILLAGE, ["news"])


def test_who_registers_gets_a_letter_and_votes_with_its_code(
    base, person, visit, time_passes, work_off, tmp_path
):
    secretary, voter, phone = person(Role.SECRETARY), person(), visit()
    listed(secretary, base, tmp_path)
    registered(voter, base)
    desk = written(secretary, base)
    election_id = desk.rpartition("/")[2]
    roll = f"{base}/console/voters/votes/{election_id}"
    send(secretary, roll, to="/freeze")
    expect(secretary.locator("main")).to_contain_text(re.compile(r"Хора в списъка\s+1\s"))
    letters = printed(secretary, desk, roll, tmp_path)
    announced(secretary, desk, tmp_path, work_off)
    opened = now() - timedelta(minutes=1)
    time_passes(Election, election_id, opens_at=opened, closes_at=opened + timedelta(days=1))
    [mine] = [page for page in letters if "Опитка Опитова" in page]
    assert "ПРОБА. Този глас не се брои." in mine
    secretary.goto(desk)
    seen = secretary.get_by_role("link", name="Страницата, която всички виждат")
    phone.goto(f"{base}{seen.get_attribute('href')}")
    tracker = vote_by_code(phone, re.findall(r"Група \d (\d{5})", mine), "Да")
    expect(asked_for(phone, tracker)).to_contain_text("Бюлетината е в списъка и се брои.")


def listed(secretary, base, folder):
    """Who may vote, as ГРАО gives it."""
    (folder / "list.csv").write_text(f"ЕГН;Населено място\n{EGN};с. Опитово\n")
    upload(secretary, f"{base}/console/voters/list", folder / "list.csv")


def registered(voter, base):
    """By a phone, signed in with a passkey: accepted at once."""
    told = {"name": "Опитка Опитова", "egn": EGN, "delivery": "office", "language": "bg"}
    send(voter, f"{base}/voters/new", **told)
    expect(voter.locator("main")).to_contain_text("Регистрирани сте.")


def written(secretary, base):
    """A trial: its letters may be made on a computer that has a network."""
    begins = (now() + timedelta(days=1)).astimezone(SOFIA)
    days = {"opens_at": begins, "closes_at": begins + timedelta(days=2)}
    days = {name: day.strftime("%Y-%m-%dT%H:%M") for name, day in days.items()}
    return send(secretary, f"{base}/console/voting/new", **TEXT, **days)


def printed(secretary, desk, roll, folder):
    """The house's program over what the house gives; what stands on each letter."""
    taken = {
        "vote.json": (f"{desk}/roll", "vote.json"),
        "voters.csv": (roll, "Изтеглете таблицата за писмата", "button"),
        "letters.typ": (f"{desk}/roll", "letters.typ"),
        "letters.py": (f"{desk}/roll", "letters.py"),
    }
    for name, (page, *link) in taken.items():
        (folder / name).write_bytes(downloaded(secretary, page, *link).read_bytes())
    command = [sys.executable, "letters.py", "make", "vote.json", "voters.csv", "made", "--trial"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Писма: 1, резервни: 1." in done.stdout
    return pages_of(folder / "made" / "letters-001.pdf")


def announced(secretary, desk, folder, work_off):
    """Of the letters only what is public comes back."""
    upload(secretary, f"{desk}/roll", folder / "made" / "public_creds.json")
    Tool().hold_ceremony(folder)
    done = dict.fromkeys(("made_keys", "opened", "threw_away"), "y")
    send(secretary, f"{desk}/practice", practised_on=today().isoformat(), **done)
    upload(secretary, f"{desk}/trustees", folder / "trustees.json")
    secretary.goto(f"{desk}/announce")
    told = re.compile(r"Хора в списъка от регистрации\s+1\s")
    expect(secretary.locator("main")).to_contain_text(told)
    send(secretary, f"{desk}/announce")
    work_off()
    assert json.loads((folder / "made" / "lists.json").read_text())["voters"] == 1
