"""`obshto sso`, as a shell calls it."""

import json
import os

import pytest

from obshto.sso.keycloak.plan import REALM


@pytest.fixture
def obshto(realm, settings, commands):
    """Calls the command with the environment of this run; `realm` has been provisioned."""
    config, keycloak = settings
    environ = {
        "HOME": os.environ["HOME"],
        "DATA_DIR": str(config.data_dir),
        "SMTP_URL": config.smtp_url,
        "MAIL_FROM": config.mail_from,
        "KEYCLOAK_URL": keycloak.url,
        "OIDC_BACK_CHANNEL_URL": keycloak.back_channel_url,
    }
    return lambda *arguments, **more: commands(("sso", *arguments), environ | more)


def test_where_nothing_differs_it_says_so(obshto):
    said = obshto("drift")
    assert (said.returncode, said.stdout) == (0, "Nothing differs.\n")
    assert obshto("provision").stdout == "Everything was as it should be.\n"


def test_what_differs_is_said_in_words_or_for_a_program(obshto, realm, provisioned):
    realm.admin.update_realm(REALM, {"rememberMe": False})
    said = obshto("drift")
    assert (said.returncode, said.stdout) == (
        1,
        "realm obshto: rememberMe is off, should be on\n",
    )
    told = obshto("drift", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout) == [
        {
            "object": "realm obshto",
            "what": "differs",
            "fields": [{"name": "rememberMe", "found": False, "wanted": True}],
        }
    ]
    assert "rememberMe" in obshto("provision").stdout
    assert obshto("drift").returncode == 0


def test_a_secret_that_differs_is_named_and_not_told(obshto, provisioned):
    for more in ((), ("--json",)):
        said = obshto("drift", *more, OIDC_CLIENT_SECRET="quite-another")
        assert said.returncode == 1 and "secret" in said.stdout
        assert "quite-another" not in said.stdout


def test_a_server_that_does_not_answer_is_a_sentence(obshto):
    said = obshto("drift", KEYCLOAK_URL="http://127.0.0.1:9")
    assert said.returncode == 1
    assert said.stderr.startswith("Error: http://127.0.0.1:9 did not do it:")
    assert "Traceback" not in said.stderr


def test_a_wrong_password_is_a_sentence(obshto):
    said = obshto("drift", KEYCLOAK_ADMIN_PASSWORD="wrong")
    assert said.returncode == 1
    assert "KEYCLOAK_ADMIN_PASSWORD" in said.stderr and "Traceback" not in said.stderr
