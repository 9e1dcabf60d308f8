"""`obshto billing`: whose account is whose."""

import json

import pytest
from click.testing import CliRunner

from obshto.ops.cli import main
from obshto.ops.config import child_environment


@pytest.fixture
def obshto(house, config, merchants):
    """obshto("list"): what the command says, with its exit code."""
    environ = {**child_environment(config), "MIGRATOR_URL": config.migrator_url}

    def run(*words):
        ended = CliRunner().invoke(main, ["billing", *words], env=environ)
        return ended.exit_code, ended.output

    return run


def test_a_municipality_is_connected_moved_and_let_go(obshto):
    assert obshto("connect", "gorno-selo", "stripe", "acct_new")[0] == 0
    code, said = obshto("list", "--json")
    accounts = {
        row["municipality"]: row["account"]
        for row in json.loads(said)
        if row["gateway"] == "stripe"
    }
    assert (code, accounts["gorno-selo"]) == (0, "acct_new")
    assert obshto("disconnect", "gorno-selo", "stripe")[0] == 0
    assert obshto("disconnect", "gorno-selo", "stripe")[0] == 1


def test_an_account_is_one_municipalitys(obshto):
    code, said = obshto("connect", "gorno-selo", "stripe", "acct_dolno")
    assert code == 1 and "is the account of dolno-selo" in said


def test_a_municipality_that_is_not_there_is_not_connected(obshto):
    code, said = obshto("connect", "nowhere", "stripe", "acct_x")
    assert code == 1 and "There is no municipality nowhere" in said


def test_the_web_cannot_change_where_money_goes(app_engine, merchants):
    with app_engine.connect() as connection, pytest.raises(Exception, match="permission denied"):
        connection.exec_driver_sql("UPDATE shared.billing_merchant SET account = 'acct_evil'")
