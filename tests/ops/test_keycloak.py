"""What of Keycloak can be asked without one: settings, and what is said where it cannot be had."""

import pytest

from obshto.ops.config import ConfigError, read_config
from obshto.ops.keycloak.distribution import KeycloakNotHad, obtain
from obshto.ops.keycloak.settings import plan_of, read_keycloak
from obshto.sso.keycloak.plan import RealmPlan


@pytest.fixture
def environ(tmp_path):
    return {"DATA_DIR": str(tmp_path), "BASE_URL": "http://localhost:8000"}


def test_development_makes_its_secrets_once(environ):
    config = read_config(environ)
    first, second = read_keycloak(config, environ), read_keycloak(config, environ)
    assert first == second
    assert len({first.admin_password, first.client_secret, first.directory_secret}) == 3
    assert first.issuer == "http://localhost:8180/realms/obshto"


def test_secrets_are_in_no_repr(environ):
    config = read_config(environ)
    keycloak = read_keycloak(config, environ)
    shown = repr(keycloak) + repr(plan_of(config, keycloak))
    for secret in (keycloak.admin_password, keycloak.client_secret, keycloak.directory_secret):
        assert secret not in shown


def test_production_is_told_all_that_is_missing_at_once(environ, tmp_path):
    key = tmp_path / "master.key"
    read_config(environ)  # makes one
    config = read_config(
        environ
        | {
            "OBSHTO_ENV": "production",
            "BASE_URL": "https://obshto.example",
            "DATABASE_URL": "postgresql://app_login@db/obshto",
            "MASTER_KEY_FILE": str(key),
            "SECRET_KEY": "x" * 40,
            "SMTP_URL": "smtp://mail.example",
            "MAIL_FROM": "portal@obshto.example",
            "OIDC_ISSUER": "https://sso.obshto.example/realms/obshto",
            "OIDC_CLIENT_SECRET": "given by the provider",
        }
    )
    with pytest.raises(ConfigError) as refusal:
        read_keycloak(config, environ)
    for name in ("KEYCLOAK_URL", "OIDC_CLIENT_SECRET", "KEYCLOAK_DIRECTORY_SECRET"):
        assert f"{name} is not set" in str(refusal.value)


def test_a_port_that_is_none_is_refused(environ):
    with pytest.raises(ConfigError, match="KEYCLOAK_PORT=high is no number"):
        read_keycloak(read_config(environ), environ | {"KEYCLOAK_PORT": "high"})


def test_without_java_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KeycloakNotHad, match="apt-get install default-jdk-headless"):
        obtain(tmp_path / "cache")


def test_without_maven_it_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "java").write_text("#!/bin/sh\n")
    (tmp_path / "java").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KeycloakNotHad, match="apt-get install maven"):
        obtain(tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["keycloak.lock"]


@pytest.mark.parametrize(
    ("smtp_url", "server"),
    [
        ("", {}),
        ("smtp://mail.example", {"port": "25", "ssl": "false", "starttls": "false"}),
        ("smtps://mail.example", {"port": "465", "ssl": "true", "starttls": "false"}),
        (
            "smtp+starttls://u%40x:p%2Fw@mail.example:2525",
            {"port": "2525", "starttls": "true", "auth": "true", "user": "u@x", "password": "p/w"},
        ),
    ],
)
def test_the_mail_server_is_told_as_keycloak_spells_it(smtp_url, server):
    plan = RealmPlan(
        base_url="https://obshto.example",
        client_secret="a",
        directory_secret="b",
        smtp_url=smtp_url,
    )
    assert server.items() <= plan.mail_server().items()
    assert plan.sends_letters is bool(smtp_url)


def test_addresses_follow_the_base():
    plan = RealmPlan(
        base_url="https://obshto.example:8443", client_secret="a", directory_secret="b"
    )
    assert plan.at_sign_in("/callback") == "https://login.obshto.example:8443/callback"
    assert plan.back_channel == "https://obshto.example:8443/back-channel-logout"
