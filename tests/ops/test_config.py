"""What the environment may say, what it may not leave out."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from obshto.ops.config import ConfigError, child_environment, read_config
from obshto.ops.secret_file import read_or_create, write_secret

ROOT = Path(__file__).parents[2]
KEY = "k" * 48


@pytest.fixture
def development(tmp_path):
    return lambda **given: read_config({"DATA_DIR": str(tmp_path), **given})


@pytest.fixture
def production(tmp_path):
    master = tmp_path / "master"
    master.touch()
    complete = {
        "OBSHTO_ENV": "production",
        "BASE_URL": "https://obshto.example",
        "DATABASE_URL": "postgresql://app_login:pw@db/obshto",
        "SECRET_KEY": KEY,
        "MASTER_KEY_FILE": str(master),
        "SMTP_URL": "smtps://mail.example",
        "MAIL_FROM": "obshto@obshto.example",
        "OIDC_ISSUER": "https://sso.obshto.example/realms/obshto",
        "OIDC_CLIENT_SECRET": "given by the provider",
        "DATA_DIR": str(tmp_path),
    }
    return lambda **changed: read_config(
        {name: value for name, value in {**complete, **changed}.items() if value}
    )


def test_a_newcomer_sets_nothing(development):
    config = development()
    assert (config.base_url, config.base_host, config.scheme) == (
        "http://localhost:8000",
        "localhost:8000",
        "http",
    )
    assert config.is_embedded and config.has_embedded_identity and not config.is_production
    assert (config.web_workers, config.web_threads) == (2, 4)


def test_letters_come_back_only_to_where_their_word_has_room(development):
    assert development(BOUNCE_TO="bounces@obshto.example").bounce_to == "bounces@obshto.example"
    with pytest.raises(ConfigError, match="BOUNCE_TO must be an address"):
        development(BOUNCE_TO="letters-that-come-back@obshto.example")


def test_the_port_is_part_of_every_address(development):
    config = development(PORT="9000")
    assert config.address() == "http://localhost:9000"
    assert config.address("kula") == "http://kula.localhost:9000"


def test_secrets_of_development_are_made_once_for_their_owner_alone(development, tmp_path):
    first, second = development(), development()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    for made in (tmp_path / "secret.key", first.master_key_file):
        assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_secret(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        texts = [f"text {number}" for number in range(64)]
        read = set(pool.map(lambda text: read_or_create(tmp_path / "a" / "secret", text), texts))
    assert len(read) == 1 and read < set(texts)
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["secret"]


def test_a_secret_may_come_from_a_file(development, tmp_path):
    (tmp_path / "given").write_text(f"{KEY}\n")
    assert development(SECRET_KEY_FILE=str(tmp_path / "given")).secret_key == KEY


def test_a_secret_file_that_is_absent_is_named(development):
    with pytest.raises(ConfigError, match="SECRET_KEY_FILE: /nowhere/key: No such file"):
        development(SECRET_KEY_FILE="/nowhere/key")


def test_no_secret_is_in_the_repr(production):
    shown = repr(
        production(
            MIGRATOR_URL="postgresql://migrator:hidden@db/obshto",
            SMTP_URL="smtps://u:hidden@mail.example",
        )
    )
    assert KEY not in shown and "hidden" not in shown and ":pw@" not in shown


@pytest.mark.parametrize("spelling", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_spelling_of_an_address_picks_psycopg_3(development, spelling):
    config = development(DATABASE_URL=f"{spelling}://app_login:p%40w@db:5433/obshto")
    assert config.database.drivername == "postgresql+psycopg"
    assert (config.database.password, config.database.port) == ("p@w", 5433)
    assert not config.is_embedded


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("PORT", "eighty", "set PORT=8000"),
        ("PORT", "70000", "set PORT=8000"),
        ("WEB_WORKERS", "0", "set WEB_WORKERS=2"),
        ("OBSHTO_ENV", "prod", "set it to development or production"),
        ("BASE_URL", "localhost:8000", "write it as http://localhost:8000"),
        ("BASE_URL", "http://localhost/under", "write it as http://localhost:8000"),
        ("DATABASE_URL", "mysql://db/obshto", "postgresql://user:password@host/db"),
        ("DATABASE_URL", "a secret that is no address", "postgresql://user:password@host/db"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(development, name, value, remedy):
    with pytest.raises(ConfigError) as refused:
        development(**{name: value})
    assert str(refused.value).startswith(name) and remedy in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "told",
    [
        {"LIVEKIT_URL": "ws://video.obshto.example"},
        {"LIVEKIT_URL": "https://video.obshto.example"},
        {"LIVEKIT_URL": "wss://video.obshto.example/rtc"},
        {"LIVEKIT_API_KEY": ""},
        {"LIVEKIT_API_SECRET": "short"},
    ],
)
def test_a_video_server_is_told_whole_or_not_at_all(production, told):
    whole = {"LIVEKIT_URL": "wss://video.obshto.example", "LIVEKIT_API_KEY": "portal"}
    whole |= {"LIVEKIT_API_SECRET": KEY}
    assert production(**whole).livekit_url == whole["LIVEKIT_URL"]
    with pytest.raises(ConfigError, match="LIVEKIT_URL must be wss"):
        production(**whole | told)


@pytest.mark.parametrize(
    "told",
    [
        {"MEDIA_S3_URL": "http://s3.example/films"},
        {"MEDIA_S3_URL": "https://s3.example"},
        {"MEDIA_S3_URL": "https://s3.example/films/of/kula"},
        {"MEDIA_S3_KEY": ""},
        {"MEDIA_S3_SECRET": ""},
    ],
)
def test_a_bucket_is_told_whole_or_not_at_all(production, told):
    whole = {"MEDIA_S3_URL": "https://s3.example/films/", "MEDIA_S3_KEY": "portal"}
    whole |= {"MEDIA_S3_SECRET": "a word"}
    config = production(**whole)
    assert config.media_s3_url == "https://s3.example/films"
    assert "a word" not in repr(config)
    with pytest.raises(ConfigError, match="MEDIA_S3_URL must be https") as refused:
        production(**whole | told)
    assert "a word" not in str(refused.value)


def test_production_is_told_all_that_it_lacks_at_once(tmp_path):
    with pytest.raises(ConfigError) as refused:
        read_config({"OBSHTO_ENV": "production", "DATA_DIR": str(tmp_path)})
    lacking = re.findall(r"^[A-Z_]{5,}", str(refused.value), re.MULTILINE)
    assert set(lacking) == {
        "BASE_URL",
        "DATABASE_URL",
        "MASTER_KEY_FILE",
        "SMTP_URL",
        "MAIL_FROM",
        "OIDC_ISSUER",
        "OIDC_CLIENT_SECRET",
        "SECRET_KEY",
    }
    assert not list(tmp_path.iterdir())  # no secret was made up


def test_a_complete_production_starts_without_what_is_for_trying(production):
    config = production()
    assert config.is_production and not config.has_embedded_identity and not config.is_embedded


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"BASE_URL": "http://obshto.example"}, "https://"),
        ({"SECRET_KEY": "short"}, "at least 32"),
        ({"MASTER_KEY_FILE": "/nowhere"}, "no file /nowhere"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
    ],
)
def test_production_refuses_habits_of_development(production, changed, said):
    with pytest.raises(ConfigError, match=said):
        production(**changed)


def test_a_missing_address_says_how_to_get_one(development):
    config = development()
    with pytest.raises(ConfigError, match="MIGRATOR_URL is not set.*make run"):
        _ = config.migrator


def test_other_commands_find_the_server_that_runs(development, tmp_path):
    write_secret(
        tmp_path / "logins", "DATABASE_URL=postgresql://a@/x\nMIGRATOR_URL=postgresql://m@/x"
    )
    assert development().migrator.username == "m"
    assert development().is_embedded
    assert development(DATABASE_URL="postgresql://other@/y").migrator_url == ""


def test_production_never_takes_the_embedded_server(production, tmp_path):
    write_secret(tmp_path / "logins", "MIGRATOR_URL=postgresql://m@/x")
    assert production().migrator_url == ""


def test_children_never_get_the_owner(development, monkeypatch):
    monkeypatch.setenv("SUPERUSER_URL", "postgresql://postgres@/x")
    monkeypatch.setenv("MIGRATOR_URL", "postgresql://m@/x")
    config = development(
        DATABASE_URL="postgresql://a@/x", MIGRATOR_URL="postgresql://m@/x", PORT="9000"
    )
    child = child_environment(config)
    assert not {"SUPERUSER_URL", "MIGRATOR_URL"} & set(child)
    assert read_config(child).base_url == "http://localhost:9000"


def test_who_goes_past_a_pooler_takes_the_direct_address(development):
    web, direct = "postgresql://a:p@pooler:6432/x", "postgresql://a:p@db/x"
    config = development(DATABASE_URL=web, DIRECT_URL=direct)
    assert (config.database.host, config.past_pooler().database.host) == ("pooler", "db")
    assert read_config(child_environment(config)).past_pooler().database.host == "db"
    assert development(DATABASE_URL=web).past_pooler().database.host == "pooler"
    with pytest.raises(ConfigError, match="DIRECT_URL must log in as DATABASE_URL does"):
        development(DATABASE_URL=web, DIRECT_URL="postgresql://other@db/x")


def test_nobody_else_reads_the_environment():
    rooms = ("platform", "tenants", "modules", "billing", "sso", "ops")
    files = [
        file
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
        if "node_modules" not in file.parts
    ]
    readers = [
        file.relative_to(ROOT).as_posix()
        for file in files
        if re.search(r"\bos\.(environ|getenv)|from os import .*environ", file.read_text())
    ]
    # What only the commands about Keycloak need is read beside them.
    assert sorted(readers) == [
        "ops/config.py",
        "ops/keycloak/distribution.py",
        "ops/keycloak/settings.py",
    ]
