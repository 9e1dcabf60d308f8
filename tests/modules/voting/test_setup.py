"""Set-up by the commission: what the wizard asks for and what it refuses to take."""

import json
import re
import subprocess
import tarfile
from datetime import timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from obshto.modules.voting.distribution import letters
from obshto.modules.voting.models import Election
from obshto.modules.voting.services import elections
from obshto.modules.voting.services.addresses import booth_address
from obshto.modules.voting.services.commission_guide import GUIDE
from obshto.modules.voting.services.elections import new_uuid
from obshto.platform.clock import now
from obshto.platform.errors import DomainError
from obshto.platform.permissions import Role
from obshto.platform.web.separate_origin import BOOTH_HOST

BOARD_BY_3_0 = Path(__file__).parent / "booth/data/board-3.0.bel"
ROLL = json.dumps(["2", "3", "5"], separators=(",", ":"))


def error(answer):
    assert answer.status_code in (409, 422), answer.status_code
    return answer.text


def test_a_question_has_2_to_20_answers_each_its_own(vote):
    typed = {
        "title": "Площадът",
        "question_1": "Кога?",
        "answers_1": "Днес",
        "question_2": "Къде?",
        "most_1": "1",
        "request_id": "x",
    }
    page = error(vote.staff.post("/console/voting/new", typed))
    assert "Напишете от 2 до 20 отговора" in page
    assert "Попълнете и въпроса, и отговорите му" in page
    assert "Къде?" in page  # what was typed stays
    for answers, told in (
        ("Да\nДа", "Два отговора са еднакви"),
        ("\n".join(map(str, range(21))), "Напишете от 2 до 20 отговора"),
        ("Да\n" + "а" * 121, "Съкратете всеки отговор"),
    ):
        typed["answers_1"] = answers
        assert told in error(vote.staff.post("/console/voting/new", typed))
    typed |= {"answers_1": "Да\nНе", "most_1": "3"}
    assert "до броя на отговорите" in error(vote.staff.post("/console/voting/new", typed))


@pytest.mark.parametrize(
    "sent",
    [
        "12345 67890 12345 67890 12345",
        '["12345-ABCDEF-12345-ABCDEF"]',
        '{"10001":"2"}',
        '["3","2"]',
        '["2","2"]',
        '["02"]',
        "[]",
        "[2]",
        '["2", "3"]',
        '["2"',
        '["0"]',
    ],
)
def test_only_public_credentials_are_taken_for_a_roll(vote, owner, sent):
    vote.begin()
    assert "не е публичният списък" in error(vote.upload("roll", sent))
    assert owner("select credentials, roll_size from t_gorno_selo.voting_election") == [("", 0)]


def test_neither_private_keys_nor_one_trustee_alone_are_taken(vote, owner, keys):
    vote.begin()
    body = json.loads(keys.trustees)[0][1]
    private = json.dumps([["Pedersen", {**body, "secret": "7"}]])
    one = json.dumps([["Pedersen", {**body, "coefexps": [], "verification_keys": []}]])
    for sent in ("x", "[]", '{"a":1}', private, one, (keys.folder / keys.pairs[0][0]).read_text()):
        assert "не е публичният файл" in error(vote.upload("trustees", sent)), sent[:40]
    found = owner("select trustees, trustee_count from t_gorno_selo.voting_election")
    assert found == [("", 0)]
    assert vote.upload("trustees", keys.trustees).status_code == 303
    assert (vote.row.trustee_count, vote.row.threshold) == (3, 2)


def test_nothing_is_announced_that_is_not_ready(vote, commission):
    vote.begin()
    press = lambda: vote.staff.press(f"{vote.page}/announce", "announce")  # noqa: E731
    looked = vote.staff.get(f"{vote.page}/announce").text
    assert "трябва да има списък" in looked and "Обявете допитването" not in looked
    commission.codes(vote.row.uuid, 2)
    vote.upload("roll", commission.credentials)
    vote.upload("trustees", commission.keys.trustees)
    assert "минават през проба" in vote.staff.get(f"{vote.page}/announce").text
    day = {"practised_on": (now() + timedelta(days=2)).date().isoformat()}
    refused = error(vote.staff.press(f"{vote.page}/practice", "practice", **day))
    assert "не може да е в бъдещето" in refused and "Първо отворете резултата" in refused
    assert vote.practise().status_code == 303
    assert vote.staff.get(f"{vote.page}").text.count("Готово") >= 3
    assert press().status_code == 303
    assert vote.row.stage == "Preparing"
    assert error(vote.upload("roll", commission.credentials))  # frozen
    vote.advance()
    assert vote.row.stage == "Setup"
    assert error(vote.staff.press(f"{vote.page}/text", "text", title="Друго"))
    assert vote.row.title == "Площадът"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"decision": ""}, "решението на общинския съвет"),
        ({"first": now() - timedelta(minutes=1)}, "Началото вече е минало"),
    ],
    ids=["decision", "beginning"],
)
def test_a_real_vote_needs_the_councils_decision_and_time_to_begin(
    vote, commission, uow_in, changed, told
):
    vote.begin(**changed)
    commission.codes(vote.row.uuid, 2)
    vote.upload("roll", commission.credentials)
    vote.upload("trustees", commission.keys.trustees)
    vote.practise()
    looked = vote.staff.get(f"{vote.page}/announce").text
    assert told in looked and "Обявете допитването" not in looked
    with uow_in("gorno-selo") as uow, pytest.raises(DomainError) as refused:
        elections.announce_election(uow, vote.row, expected_version=vote.row.version)
    assert told in str(refused.value.sentence)


def test_a_roll_of_numbers_that_are_no_credentials_makes_it_a_draft_again(vote, commission):
    vote.begin()
    assert vote.upload("roll", ROLL).status_code == 303
    vote.upload("trustees", commission.keys.trustees)
    vote.practise()
    assert vote.staff.press(f"{vote.page}/announce", "announce").status_code == 303
    vote.advance()
    assert vote.row.stage == ""
    assert "не е публичният списък" in vote.staff.get(vote.page).text


def test_paper_never_exceeds_the_codes_that_were_made_void(vote, commission, set_clock):
    vote.begin().announce(commission, number=4)
    used, lost, spare, _ = commission.public
    lists = {"spares": [spare], "given": [spare], "void": [lost]}
    assert vote.upload("spares", json.dumps(lists)).status_code == 303
    assert vote.staff.press(f"{vote.page}/codes", "codes", credential=used).status_code == 303
    set_clock(vote.row.closes_at)
    vote.advance()
    assert (vote.row.roll_size, vote.row.paper) == (4, None)
    counted = {"voters": 2, "sum_0_0": 0, "sum_0_1": 2, "sum_0_2": 0}  # a spare letter is no paper
    page = vote.staff.press(f"{vote.page}/paper", "paper", **counted)
    assert "повече от кодовете, анулирани за тях" in error(page)
    counted |= {"voters": 1, "sum_0_1": 1}
    assert vote.staff.press(f"{vote.page}/paper", "paper", **counted).status_code == 303
    assert (vote.row.paper, vote.row.paper_voters) == ([[0, 1, 0]], 1)


def test_spare_letters_are_given_for_lost_ones_and_everybody_sees_it(vote, commission):
    vote.begin().announce(commission)
    lost, spare, _ = sorted(commission.public)
    lists = {"voters": 2, "spares": [spare], "given": [spare], "void": [lost]}
    assert vote.upload("spares", json.dumps(lists)).status_code == 303
    assert json.loads(vote.get("lists.json").data) == lists
    for changed in (
        {"spares": []},
        {"given": []},
        {"spares": ["7"]},
        {"void": ["7"]},
        {"void": 1},
    ):
        assert error(vote.upload("spares", json.dumps(lists | changed))), changed
    assert json.loads(vote.get("lists.json").data) == lists


def test_who_has_voted_gets_no_spare_letter_too(vote, commission, set_clock):
    codes = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    ballot = commission.ballot(codes[0], [0, 1, 0])
    assert vote.cast(ballot).status_code == 200
    lost = json.loads(ballot)["credential"]
    spare = next(one for one in commission.public if one != lost)
    lists = {"voters": 2, "spares": [spare], "given": [spare], "void": [lost]}
    assert "вече е гласувано и гласът остава" in error(vote.upload("spares", json.dumps(lists)))
    assert json.loads(vote.get("lists.json").data)["void"] == []


def test_a_trial_says_so_and_stands_in_no_search(vote, commission, set_clock):
    vote.begin(is_trial=True).announce(commission)
    assert vote.slug.startswith("proba-")
    assert "Това е проба" in vote.get("").text
    assert json.loads(vote.get("booth.json").data)["trial"] is True
    found = vote.client.get("/search", query_string={"q": "Площадът"}, base_url=vote.base)
    assert f"/voting/{vote.slug}" not in found.text


def test_the_booth_is_told_what_it_needs_and_sent_to_the_byte(vote, commission, config):
    vote.begin().announce(commission)
    told = json.loads(vote.get("booth.json").data)
    raw = json.loads(told["election"])
    assert raw["uuid"] == vote.uuid
    assert raw["questions"][0]["answers"] == ["Да", "Не"]
    assert told["counter"] == "Общината, 9:00–17:00 ч" and not told["trial"]
    booth = vote.get("booth")
    policy = booth.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert "Set-Cookie" not in booth.headers
    assert booth.headers["Referrer-Policy"] == "no-referrer"
    assert vote.client.get("/voting/programs/audit.py", base_url=vote.base).status_code == 200
    hashed = vote.client.get("/voting/programs/booth.html.sha256", base_url=vote.base)
    assert hashed.text.split()[0] == sha256(booth.data).hexdigest()
    assert vote.client.get("/voting/programs/__init__.py", base_url=vote.base).status_code == 404


def test_only_the_commission_acts_and_the_mayor_looks(vote, commission, sign_in):
    vote.begin().announce(commission)
    mayor, editor = sign_in("gorno-selo", Role.MAYOR), sign_in("gorno-selo", Role.EDITOR)
    assert mayor.get(vote.page).status_code == 200
    for page in ("text", "roll", "trustees", "announce", "codes", "spares", "opening", "paper"):
        assert mayor.get(f"{vote.page}/{page}").status_code == 403, page
    assert editor.get(vote.page).status_code == 403


def test_the_letters_program_gets_the_vote(vote):
    vote.begin()
    told = json.loads(vote.staff.get(f"{vote.page}/vote.json").data)
    assert told["uuid"] == vote.row.uuid and told["address"].endswith("/booth")
    assert all(told[name] for name in ("title", "municipality", "period", "phone", "counter"))
    assert told["trial"] is False


def test_the_letters_of_a_trial_say_so_in_bulgarian_and_many_places_fit(vote):
    places = "\r\n".join(f"Кметството на село Първо {n}, 9:00–17:00 ч." for n in range(30))
    vote.begin(is_trial=True, places=places)
    told = json.loads(vote.staff.get(f"/en{vote.page}/vote.json").data)
    assert told["trial"] is True
    assert told["period"].startswith("Гласува се от ")
    assert 200 < len(told["counter"]) <= letters.WANTED["counter"]
    assert told["counter"].startswith("Кметството на село Първо 0, 9:00–17:00 ч; Кметството")


def test_names_in_belenios_are_made_by_chance():
    assert len({new_uuid() for _ in range(100)}) == 100


# The commands are those of 3.x; 2.0 knows no context, asks for the threshold instead, and does
# not print the name of a new key.
AS_NEWER = """#!/bin/sh
for word; do
    shift
    case $word in
    --threshold-context) was_context=1 ;;
    */2/3) [ "$was_context" ] || exit 1 ;;
    *) set -- "$@" "$word" ;;
    esac
done
case "$*" in *"--step 3"*) set -- "$@" --threshold 2 ;; esac
/usr/bin/belenios-tool "$@" || exit
case "$*" in *"--step 1"*) basename "$(ls -t *.cert | head -1)" .cert ;; esac
"""


def test_the_ceremony_on_the_page_makes_the_file_that_it_asks_for(vote, keys, tmp_path):
    vote.begin()
    page = vote.staff.get(f"{vote.page}/trustees").text
    commands = "\n".join(map(unescape, re.findall("<code>(.*?)</code>", page)))
    tool = tmp_path / "bin/belenios-tool"
    tool.parent.mkdir()
    tool.write_text(AS_NEWER)
    tool.chmod(0o755)
    paths = {"PATH": f"{tool.parent}:/usr/bin:/bin", "BELENIOS_USE_URANDOM": "1"}
    subprocess.run(["sh", "-eu", "-c", commands], cwd=tmp_path, env=paths, check=True)
    assert sorted(path.name for path in tmp_path.glob("[123].*key")) == [
        *("1.dkey", "1.key", "2.dkey", "2.key", "3.dkey", "3.key"),
    ]
    answer = vote.upload("trustees", (tmp_path / "trustees.json").read_text())
    assert answer.status_code == 303
    assert (vote.row.trustee_count, vote.row.threshold) == (3, 2)


def test_trustees_by_the_newer_tool_are_taken(vote):
    vote.begin()
    with tarfile.open(BOARD_BY_3_0) as board:
        texts = [board.extractfile(one).read().decode() for one in board.getmembers()]
    [trustees] = [text for text in texts if text.startswith('[["Pedersen",')]
    assert '"signatures":' in trustees
    assert vote.upload("trustees", trustees).status_code == 303
    assert (vote.row.trustee_count, vote.row.threshold) == (3, 2)
    many = f"{trustees[:-1]},{','.join([trustees[1:-1]] * 20)}]"
    assert "не е публичният файл" in error(vote.upload("trustees", many))
    secret = trustees.replace('"signatures":', '"decryption_key":', 1)
    assert "не е публичният файл" in error(vote.upload("trustees", secret))


@pytest.mark.parametrize(("leads", "host"), [(True, "vote.kula.example"), (False, "kula.example")])
def test_letters_name_a_host_of_the_booth_only_where_one_leads_here(app, leads, host, monkeypatch):
    monkeypatch.setitem(app.config, BOOTH_HOST, leads)
    scope = SimpleNamespace(scheme="https", host="kula.example")
    with app.app_context():
        address = booth_address(SimpleNamespace(scope=scope), SimpleNamespace(slug="2026-abc"))
    assert address == f"https://{host}/voting/2026-abc/booth"


def test_a_trial_needs_no_practice_before_it(vote, commission):
    vote.begin(is_trial=True)
    commission.codes(vote.row.uuid, 2)
    vote.upload("roll", commission.credentials)
    vote.upload("trustees", commission.keys.trustees)
    assert "Проба на пазителите" not in vote.staff.get(vote.page).text
    assert vote.staff.press(f"{vote.page}/announce", "announce").status_code == 303


def test_the_guide_of_the_commission_is_printed_and_names_all_three_days(vote, sign_in):
    answer = vote.staff.get("/console/voting/guide.pdf")
    assert answer.data.startswith(b"%PDF") and answer.mimetype == "application/pdf"
    assert sign_in("gorno-selo").get("/console/voting/guide.pdf").status_code == 403
    told = GUIDE.read_text("utf-8")
    for day in ("# Ден на церемонията", "# Ден на хартията", "# Вечер на отварянето"):
        assert day in told


@pytest.mark.parametrize(
    ("language", "told"),
    [("", "вирус в телефона"), ("/en", "virus in the phone"), ("/ro", "virus")],
)
def test_the_limits_are_a_page_of_their_own_in_each_language(vote, client, at, language, told):
    page = client.get(f"{language}/voting/limits", base_url=at("gorno-selo"))
    assert page.status_code == 200 and told in page.text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("", "Не е нужно да ни вярвате"),
        ("/en", "You need not take our word for it"),
        ("/ro", "Nu trebuie să ne credeți pe cuvânt"),
    ],
)
def test_how_it_is_checked_is_a_page_of_each_vote_in_each_language(
    vote, commission, client, at, language, told
):
    vote.begin()
    draft = f"{language}/voting/{vote.row.slug}/check"
    assert client.get(draft, base_url=at("gorno-selo")).status_code == 404
    vote.announce(commission, 1)
    page = client.get(draft, base_url=at("gorno-selo"))
    assert page.status_code == 200 and told in page.text
    assert f"python3 audit.py {vote.uuid}.bel" in page.text
    files = ("board.bel", "heads.txt", "public_creds.json")
    named = [f"{language}/voting/{vote.slug}/{name}" for name in files]
    for path in (*named, f"{language}/voting/programs/audit.py"):
        assert f'href="{path}"' in page.text
        assert client.get(path, base_url=at("gorno-selo")).status_code == 200
    assert client.get(draft, base_url=at("dolno-selo")).status_code == 404
    for leads in (f"{language}/voting/{vote.slug}", f"{language}/voting/{vote.slug}/trackers"):
        assert f'href="{draft}"' in client.get(leads, base_url=at("gorno-selo")).text


def test_every_page_says_that_it_is_no_referendum_and_that_no_lawyer_confirmed_it(
    vote, commission, client, at
):
    vote.begin()
    commission.codes(vote.row.uuid, 2)
    vote.upload("roll", commission.credentials)
    vote.upload("trustees", commission.keys.trustees)
    vote.practise()
    pages = [vote.staff.get(f"{vote.page}/announce").text]
    assert vote.staff.press(f"{vote.page}/announce", "announce").status_code == 303
    vote.advance()
    vote.slug = vote.row.slug
    pages += [vote.get("").text]
    for path in ("/voting/", "/voting/limits"):
        pages.append(client.get(path, base_url=at("gorno-selo")).text)
    for page in pages:
        words = page.replace("\xa0", " ")
        assert "Юрист още не е потвърдил" in words and "основание" in words
        assert "допитване" in words
        assert "не е референдум" in words or "никога референдум" in words


def test_a_computer_that_many_use_is_led_to_the_page_that_keeps_nothing(
    vote, commission, client, at, uow_in
):
    vote.begin()
    vote.announce(commission)
    with uow_in("gorno-selo") as uow:
        uow.session.get_one(Election, vote.row.id).opens_at = uow.now - timedelta(hours=1)
        uow.commit()
    told = vote.get("").text.replace("\xa0", " ")
    assert "На общ компютър, в библиотеката" in told and f'{vote.slug}/booth?kiosk"' in told
    assert "Помощникът застава така, че да не вижда екрана" in told
    assert "?kiosk" in vote.staff.get(vote.page).text
    limits = client.get("/voting/limits", base_url=at("gorno-selo")).text.replace("\xa0", " ")
    assert "Страница за общ компютър" in limits and "частен прозорец" not in limits
    guide = client.get("/voting/programs/guide.md", base_url=at("gorno-selo")).text
    assert "компютър в библиотеката" in guide and "?kiosk" in guide


def test_pages_of_the_vote_are_read_aloud(vote, commission, client, at):
    vote.begin()
    vote.announce(commission)
    pages = [vote.get(name) for name in ("", "trackers", "check")]
    pages.append(client.get("/voting/limits", base_url=at("gorno-selo")))
    for page in pages:
        assert 'data-aloud="main"' in page.text and 'id="main"' in page.text
