"""Letters: codes with check digits, a roll that says nothing, lost letters, what stays on disk."""

import json
import random
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from support.belenios.board import Board
from support.belenios.client import public_of, secret_of

from obshto.modules.voting.distribution import letters
from obshto.modules.voting.distribution.audit import audit, compact
from obshto.modules.voting.distribution.letters import main, mistyped_groups, new_code
from obshto.modules.voting.services import standing_trial

VOTE = {
    "uuid": "AbcdefghijkLmn",
    "title": "Площадът",
    "municipality": "Община Горно",
    "address": "https://vote.gorno.example/voting/ploshtad/booth",
    "period": "От 10 до 14 март, до 20:00 ч.",
    "phone": "0938 12 345",
    "counter": "елате с това писмо на гишето, ул. „Първа“ 1.",
}
# Points: the least of any letter, that of a letter of ordinary length, that of the code's groups.
LEAST, ORDINARY, CODE = 12, 15, 26
VOTERS = "име;адрес\nПроба Пробова;с. Поле, ул. „Втора“ 3\nИзмислен Човек;гр. Горно\n"


@pytest.fixture
def quick(monkeypatch):
    """Codes here guard nothing: few rounds."""
    monkeypatch.setattr(letters, "ROUNDS", 10)


@pytest.fixture
def given(tmp_path, quick):
    (tmp_path / "vote.json").write_text(json.dumps(VOTE))
    (tmp_path / "voters.csv").write_text(VOTERS)
    return tmp_path


def make(given, *more):
    return main(
        ["make", str(given / "vote.json"), str(given / "voters.csv"), str(given / "made"), *more]
    )


@pytest.fixture
def made(given):
    assert make(given, "--trial", "--spares", "2") == 0
    return given / "made"


def read(folder, name):
    return json.loads((folder / name).read_text())


def test_each_wrong_digit_and_each_exchange_is_seen_in_its_group():
    chance = random.Random(1)
    for _ in range(200):
        code = new_code()
        assert mistyped_groups(code) == []
        place, digit = chance.randrange(5), chance.randrange(5)
        group = code[place]
        other = chance.choice([d for d in "0123456789" if d != group[digit]])
        wrong = group[:digit] + other + group[digit + 1 :]
        assert mistyped_groups([*code[:place], wrong, *code[place + 1 :]]) == [place + 1]
        at = chance.randrange(4)
        pair = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
        if pair != group:
            assert mistyped_groups([*code[:place], pair, *code[place + 1 :]]) == [place + 1]
        if code[0] != code[4]:
            assert mistyped_groups([code[4], *code[1:4], code[0]]) != []


def test_codes_do_not_repeat_and_use_all_digits():
    codes = ["".join(new_code()) for _ in range(500)]
    assert len(set(codes)) == 500
    assert set(Counter("".join(codes))) == set("0123456789")


def test_a_code_gives_the_credential_that_the_protocol_derives(quick):
    code = new_code()
    credential = letters.credential_of(VOTE["uuid"], code)
    assert re.fullmatch(r"\w{5}-\w{6}-\w{5}-\w{6}", credential)
    assert letters.public_of(VOTE["uuid"], code) == public_of(secret_of(VOTE["uuid"], credential))
    assert letters.credential_of("another1234567", code) != credential


def test_the_known_code_gives_the_known_credential():
    """The derivation never changes: letters are on paper."""
    code = ["12349", "09878", "55556", "00019", "90324"]
    assert mistyped_groups(code) == []
    assert letters.credential_of("AbcdefghijkLmn", code) == "BF4C4-Mj8oNy-wznwy-Ra9vRX"


def test_letters_roll_and_lists_are_made(made, capsys):
    roll, handed, lists = (
        read(made, f"{name}.json") for name in ("public_creds", "hand-over", "lists")
    )
    assert len(roll) == len(set(roll)) == 4
    assert roll == sorted(roll, key=int)
    assert sorted(handed.values(), key=int) == roll
    assert lists["voters"] == 2
    assert set(lists["spares"]) < set(roll)
    with pikepdf.open(made / "letters-001.pdf") as pdf:
        assert len(pdf.pages) == 4
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o600}
    assert made.stat().st_mode & 0o777 == 0o700


def test_no_code_is_left_but_on_the_letters(given, monkeypatch):
    codes = []

    def remembered():
        codes.append(new_code())
        return codes[-1]

    monkeypatch.setattr(letters, "new_code", remembered)
    assert make(given, "--trial") == 0
    files = [path for path in (given / "made").rglob("*") if path.suffix != ".pdf"]
    held = "".join(path.read_text() for path in files)
    assert len(codes) == 3
    assert not any("".join(code) in held or " ".join(code) in held for code in codes)
    assert not any(letters.credential_of(VOTE["uuid"], code) in held for code in codes)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('#read("voters.csv")', "не може да се отпечатат"),
        ('#let s = "x"\n#for i in range(40) { s = s + s }\n#s.len()', "не се побраха"),
    ],
)
def test_what_sets_letters_opens_no_file_and_has_a_bound(
    given, monkeypatch, capsys, template, said
):
    (given / "hostile.typ").write_text(template)
    monkeypatch.chdir(given)
    monkeypatch.setattr(letters, "TEMPLATE", given / "hostile.typ")
    monkeypatch.setattr(letters, "LIMITS", (5, 512))
    assert make(given, "--trial") == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_one_letter_is_one_page_however_long_its_words(given, language):
    words = "Широка Гърмяща Мъглица "
    long = {
        name: (words * 20)[: letters.WANTED[name]] for name in ("title", "municipality", "counter")
    }
    said = VOTE | long | {"address": "https://" + "w" * 112, "period": words * 4, "trial": True}
    (given / "vote.json").write_text(json.dumps(said))
    row = f"{(words * 4)[:80]};{(words * 8)[:160]};{language}"
    (given / "voters.csv").write_text(f"име;адрес;език\n{row}\n")
    assert make(given, "--trial", "--spares", "0") == 0
    with pikepdf.open(given / "made/letters-001.pdf") as pdf:
        [page] = pdf.pages
        sizes = sizes_on(page)
    assert min(sizes) >= LEAST and sizes[CODE] == len(letters.GROUPS)


@pytest.mark.parametrize("language", letters.LANGUAGES)
def test_words_and_code_are_large_enough_for_old_eyes(given, language):
    """Of an ordinary letter; that of the longest words has its own test."""
    (given / "voters.csv").write_text(f"име;адрес;език\nПроба Пробова;Горно;{language}\n")
    assert make(given, "--trial", "--spares", "0") == 0
    with pikepdf.open(given / "made/letters-001.pdf") as pdf:
        sizes = sizes_on(pdf.pages[0])
    assert min(sizes) >= ORDINARY and sizes[CODE] == len(letters.GROUPS)


def sizes_on(page):
    """How many pieces of text a page has by their size on paper, in points."""
    found, state, kept = Counter(), {"cm": pikepdf.Matrix()}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(dict(state))
            case "Q":
                state = kept.pop()
            case "cm":
                state["cm"] = pikepdf.Matrix(*map(float, operands)) @ state["cm"]
            case "Tm":
                state["Tm"] = pikepdf.Matrix(*map(float, operands))
            case "Tf":
                state["Tf"] = float(operands[1])
            case "Tj" | "TJ":
                found[on_paper(**state)] += 1
    return found


def on_paper(cm, Tm, Tf):  # noqa: N803  # operators of PDF
    a, b, c, d, *_ = (Tm @ cm).shorthand
    return round(Tf * abs(a * d - b * c) ** 0.5, 2)


def test_a_lost_letter_is_void_and_a_spare_is_given(made, capsys):
    handed = read(made, "hand-over.json")
    before = read(made, "lists.json")
    number, lost = next(one for one in handed.items() if one[1] not in before["spares"])
    capsys.readouterr()
    assert main(["replace", str(made), number]) == 0
    given = re.search(r"писмо № (\d{5})", capsys.readouterr().out)[1]
    lists = read(made, "lists.json")
    assert (lists["void"], lists["given"]) == ([lost], [handed[given]])
    assert handed[given] in lists["spares"]
    assert main(["replace", str(made), number]) == 1
    assert "вече е анулирано" in capsys.readouterr().err
    # A spare that was given may be lost too; then none is left.
    assert main(["replace", str(made), given]) == 0
    other = next(n for n, key in handed.items() if key not in lists["spares"] + lists["void"])
    assert main(["replace", str(made), other]) == 1
    assert "Няма повече резервни писма" in capsys.readouterr().err
    assert main(["replace", str(made), "12"]) == 1


def test_the_public_credential_of_a_letter_is_shown_by_its_number(made, capsys):
    number, key = next(iter(read(made, "hand-over.json").items()))
    capsys.readouterr()
    assert main(["public", str(made), number]) == 0
    assert capsys.readouterr().out.strip() == key
    assert main(["public", str(made), "12"]) == 1
    assert "Няма писмо № 12" in capsys.readouterr().err


def test_the_audit_takes_the_roll_and_the_lists(made, election):
    roll = (made / "public_creds.json").read_text()
    board = Board.begin(*election.board.events[0][1][:2], roll)
    assert audit(board.raw(), lists=read(made, "lists.json")).findings == []
    assert compact(json.loads(roll)) == roll


def test_letters_are_wiped(made):
    assert main(["wipe", str(made)]) == 0
    names = {path.name for path in made.iterdir()}
    assert names == {"public_creds.json", "hand-over.json", "lists.json"}


def test_codes_are_never_made_twice_into_one_folder(given, made, capsys):
    before = (made / "public_creds.json").read_bytes()
    assert make(given, "--trial") == 1
    assert "вече я има" in capsys.readouterr().err
    assert (made / "public_creds.json").read_bytes() == before


def test_on_a_network_it_refuses(given, monkeypatch, capsys):
    monkeypatch.setattr(letters, "is_online", lambda: True)
    assert make(given) == 1
    assert "Изключете кабела" in capsys.readouterr().err
    assert not (given / "made").exists()
    monkeypatch.setattr(letters, "is_online", lambda: False)
    assert make(given) == 0


@pytest.mark.parametrize(
    ("voters", "words"),
    [
        ("", "Първият ред"),
        ("name;address\nA;B\n", "Първият ред"),
        ("име;адрес\n", "В списъка има 0 души"),
        ("име;адрес\nПроба Пробова;Горно\n;Поле\n", "Без име, на ред: 3"),
        (f"име;адрес\n{'а' * 81};Горно\n", "Твърде дълго име или адрес, на ред: 2"),
        ("име;адрес\nПроба;Горно\nДруг;Поле\nпроба;горно\n", "на ред: 2, 4"),
        ("име;адрес;език\nПроба;Горно;bg\nДруг;Поле;de\n", "Езикът не е bg, en, ro, на ред: 3"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused_with_its_lines(given, capsys, voters, words):
    (given / "voters.csv").write_text(voters)
    assert make(given, "--trial") == 1
    assert words in capsys.readouterr().err
    assert not (given / "made").exists()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_tables_of_every_spreadsheet_are_read(given, separator):
    (given / "voters.csv").write_text(
        f"Име{separator}Адрес\r\nПроба{separator}Горно\r\n\r\n", "utf-8-sig"
    )
    assert [one["име"] for one in letters.read_voters(given / "voters.csv")] == ["Проба"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"counter": ""}, "липсва: counter"),
        ({"title": "а" * 161}, "твърде дълго: title"),
        ({"uuid": "../../etc"}, "Номерът на допитването"),
        ({"address": "http://gorno.example"}, "започва с https://"),
    ],
)
def test_a_description_that_cannot_be_right_is_refused(given, capsys, change, words):
    (given / "vote.json").write_text(json.dumps(VOTE | change))
    assert make(given, "--trial") == 1
    assert words in capsys.readouterr().err


def test_each_letter_is_in_the_language_that_its_voter_asked_for(given):
    told = {"ro": {"municipality": "Municipalitatea Gorno", "period": "Până la ora 20:00"}}
    (given / "vote.json").write_text(json.dumps(VOTE | {"languages": told}))
    table = "име;адрес;език\nПърва Проба;Горно;\nВтора Проба;Горно;RO\nТрета Проба;Горно;en\n"
    (given / "voters.csv").write_text(table)
    vote, voters = (
        letters.read_vote(given / "vote.json"),
        letters.read_voters(given / "voters.csv"),
    )
    made = [*letters.letters_of(vote, voters)]
    assert [letter["language"] for letter in made] == ["bg", "ro", "en"]
    assert all(not mistyped_groups(letter["code"]) for letter in made)
    assert vote["said"]["ro"] == told["ro"]
    assert vote["said"]["en"] == {name: VOTE[name] for name in letters.TOLD_IN_EACH}
    (given / "letters.pdf").write_bytes(letters.pdf_of(letters.TEMPLATE.read_bytes(), vote, made))
    with pikepdf.open(given / "letters.pdf") as pdf:
        assert len(pdf.pages) == 3
        assert spoken(pdf) >= {"bg", "ro", "en"}


def spoken(pdf):
    """Languages that the structure of a PDF names."""
    held = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    return {str(one.Lang) for one in held if "/Lang" in one}


def test_a_municipality_without_a_phone_has_letters(given):
    (given / "vote.json").write_text(json.dumps(VOTE | {"phone": ""}))
    assert letters.read_vote(given / "vote.json")["phone"] == ""
    assert make(given, "--trial") == 0


def test_the_program_needs_nothing_of_the_platform():
    source = Path(letters.__file__).read_text()
    assert "obshto." not in source


def test_the_codes_of_the_standing_trial_are_of_its_roll():
    uuid = json.loads(standing_trial.FILE.read_text("utf-8"))["uuid"]
    code, public = next(iter(standing_trial.codes().items()))
    assert not [one for one in standing_trial.codes() if mistyped_groups(one.split())]
    assert letters.public_of(uuid, code.split()) == public
