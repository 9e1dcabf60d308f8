"""Backups from the command line, as the administrator has them at night."""

import json

import pytest

KULA = ("tenants", "add", "kula", "--name", "Кула", "--modules", "news", "--seed")
NEWS = "select count(*) from t_kula.news_item"
WHY = ("--name", "kula", "--reason", "Изтрити новини")


@pytest.fixture
def kula(obshto, house_of_commands):
    """Kula with its news, backed up; afterwards the news were lost."""
    obshto.done(*KULA)
    obshto.done("backup", "now")
    ((number,),) = obshto.owner(NEWS)
    obshto.owner("truncate t_kula.news_item cascade")
    yield number
    for path in house_of_commands.config.backup_dir.rglob("*.zip"):
        path.unlink()
    obshto.owner("delete from shared.backup_run")


def test_what_was_lost_comes_back(kula, obshto):
    assert "kula" in obshto.done("backup", "list")
    tells_a_program_who_was_backed_up(obshto)
    said = obshto.done("backup", "restore", "kula")
    assert "news_item" in said and "differs" in said
    assert obshto.owner(NEWS) == [(0,)]
    slip = obshto.refused("backup", "swap", "kula", "--reason", "Проба", typed="vidin\n")
    assert "Nothing was changed" in slip
    assert obshto.owner(NEWS) == [(0,)]
    assert "was restored" in obshto.done("backup", "swap", "kula", *WHY)
    assert obshto.owner(NEWS) == [(kula,)]
    assert obshto.get("kula", "/news/")[0] == 200
    obshto.done("backup", "undo", "kula", *WHY)
    assert obshto.owner(NEWS) == [(0,)]
    assert "Nothing waits beside kula" in obshto.refused("backup", "show", "kula")
    obshto.done("tenants", "remove", "kula", "--yes")
    assert obshto.owner("select nspname from pg_namespace where nspname ~ '^[ro]_'") == []


def tells_a_program_who_was_backed_up(obshto):
    """And nobody else is."""
    rows = json.loads(obshto.done("backup", "list", "kula", "--json"))
    assert [row[0] for row in rows] == ["kula"] and rows[0][3] > 0
    assert "There is no municipality narnia" in obshto.refused("backup", "now", "narnia")
    assert "There is no backup of narnia" in obshto.refused("backup", "restore", "narnia")


@pytest.mark.long
def test_what_is_not_wanted_beside_is_thrown_away(kula, obshto):
    obshto.done("backup", "restore", "kula")
    obshto.done("backup", "discard", "kula")
    assert "Nothing waits beside kula" in obshto.refused("backup", "show", "kula")


@pytest.mark.long
def test_a_rehearsal_says_which_backup_is_not_good(kula, obshto, house_of_commands):
    assert "good" in obshto.done("backup", "verify")
    for path in house_of_commands.config.backup_dir.glob("kula/*.zip"):
        path.write_bytes(path.read_bytes()[:-200])
    said = obshto("backup", "verify", "kula")
    assert (said.returncode, "NOT GOOD" in said.stdout) == (1, True)
    assert obshto.owner(
        "select is_good from shared.backup_run where kind = 'rehearsed'"
        " and municipality = 'kula' order by at"
    ) == [(True,), (False,)]


def test_a_municipality_leaves_and_comes_again(kula, obshto, tmp_path):
    file, key = str(tmp_path / "kula.zip"), ("--passphrase", "дълга фраза за изнасяне")
    assert "Choose a passphrase" in obshto.refused(
        "tenants", "export", "kula", file, "--passphrase", "кратка"
    )
    obshto.done("tenants", "export", "kula", file, *key)
    assert "already" in obshto.refused("tenants", "import", file, *key)
    obshto.done("tenants", "remove", "kula", "--yes")
    assert obshto.get("kula")[0] == 404
    assert "passphrase" in obshto.refused("tenants", "import", file, "--passphrase", "")
    assert "kula is here" in obshto.done("tenants", "import", file, *key)
    assert obshto.get("kula", "/news/")[0] == 200
