"""One server: each process is told its part and no more, and may do no more than it needs."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.asked_environment import DEVELOPMENT, ELSEWISE, names_that_can_be_set

from obshto.ops.config import read_config
from obshto.ops.keycloak.distribution import VERSION
from obshto.ops.keycloak.settings import read_keycloak

DEPLOY = Path(__file__).parents[2] / "deploy"
HOUSE = ("web", "worker", "keeper", "preparation", "migration", "tools")
OWNERS = {"MIGRATOR_URL", "BACKUP_URL", "SUPERUSER_URL"}


@pytest.fixture
def told(compose, tmp_path):
    """told("web"): its environment, with a master key and a folder that are there."""
    (tmp_path / "master.key").touch()
    here = {"MASTER_KEY_FILE": str(tmp_path / "master.key"), "DATA_DIR": str(tmp_path)}

    def environment(name):
        said = compose["services"][name]["environment"]
        assert None not in said.values()  # compose would take what the administrator's shell has
        return {word: str(value) for word, value in said.items()} | here

    return environment


def test_it_is_a_compose_file(compose):
    schema = json.loads(Path(__file__).with_name("compose-spec.json").read_text("utf-8"))
    jsonschema.validate(compose, schema)
    compose["services"]["web"] = compose["services"]["web"] | {"enviroment": {}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(compose, schema)


def test_every_word_that_is_asked_for_stands_in_the_example_and_the_reverse(words):
    written = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)", written)) == set(words)


def test_no_secret_has_a_value_in_what_is_committed():
    lines = (DEPLOY / "example.env").read_text("utf-8").splitlines()
    words = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
    assert not [
        name
        for name in words
        if re.search("PASSWORD|SECRET|KEY$", name) and words[name] and name != "MASTER_KEY"
    ]


@pytest.mark.parametrize("name", HOUSE)
def test_production_starts_with_what_each_is_told(told, name):
    config = read_config(told(name))
    assert config.is_production
    assert config.address("kula") == "https://kula.obshto.example"


@pytest.mark.parametrize("name", HOUSE)
def test_the_house_reads_every_word_that_it_is_told(told, name, tmp_path):
    assert set(told(name)) <= names_that_can_be_set(tmp_path)


def test_whatever_can_be_set_can_be_set_here(compose, tmp_path):
    """By name: whoever reads of a variable in the documents finds it in example.env."""
    fixed = {
        "OIDC_CLIENT_ID",  # `obshto sso provision` makes the client by its own name
        "KEYCLOAK_ADMIN",  # compose makes the administrator, by this name
        "OIDC_BACK_CHANNEL_URL",  # Keycloak reaches the house by the names that people use
    }
    told = {word for name in HOUSE for word in compose["services"][name]["environment"]}
    wanted = names_that_can_be_set(tmp_path) - DEVELOPMENT - ELSEWISE
    assert wanted - told == fixed
    assert told - wanted == set()


def test_worker_and_keeper_go_past_the_pooler_and_the_web_through_it(told):
    assert read_config(told("web")).database.port == 6432
    for name in ("worker", "keeper"):
        past = read_config(told(name)).past_pooler().database
        assert (past.host, past.port, past.username) == ("postgres", None, "app_login")


def test_the_national_sign_in_is_read_by_who_makes_the_realm(told, tmp_path):
    environ = told("tools") | {"EID_SIGN_IN_URL": "https://eauth.example"}
    environ |= {"EID_CERTIFICATE_FILE": str(tmp_path / "eid.pem")}
    names_that_can_be_set(tmp_path)  # writes the certificate
    eid = read_keycloak(read_config(environ), environ).eid
    assert (
        eid is not None and eid.level == "SUBSTANTIAL" and eid.hash_key == environ["EID_HASH_KEY"]
    )


def test_logins_that_own_are_told_to_those_alone_who_need_them(compose):
    found = {name: OWNERS & set(compose["services"][name]["environment"]) for name in HOUSE}
    both = OWNERS - {"SUPERUSER_URL"}
    assert found == {
        "web": set(),
        "worker": set(),
        "keeper": both,
        "migration": both,
        "tools": both,
        "preparation": OWNERS,
    }


def test_only_nginx_is_reached_from_outside_and_media_of_video_rooms(compose):
    published = [name for name, service in compose["services"].items() if service.get("ports")]
    assert published == ["nginx", "livekit"]
    # Encrypted media alone: its API and its websocket go by nginx. Nobody has it without asking.
    media = ["7881:7881/tcp", "7882:7882/udp", "3478:3478/udp"]
    assert compose["services"]["livekit"]["ports"] == media
    assert compose["services"]["livekit"]["profiles"] == ["video"]
    assert compose["networks"]["data"]["internal"] is True
    assert compose["services"]["postgres"]["networks"] == ["data"]


@pytest.mark.parametrize("name", [*HOUSE, "nginx", "livekit"])
def test_who_is_asked_by_strangers_may_do_nothing_else(compose, name):
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_images_are_pinned_and_ours_are_of_this_version(compose):
    setup = (DEPLOY.parent / "setup.cfg").read_text("utf-8")
    version = re.search(r"^version = (.+)$", setup, re.MULTILINE)[1]
    for name, service in compose["services"].items():
        assert re.search(r":v?\d+\.\d+", service["image"]), name
        if "/" not in service["image"]:
            assert service["image"].endswith(f":{version}")


def test_keycloak_is_the_version_that_the_tests_ask():
    assert f"keycloak:{VERSION}\n" in (DEPLOY / "keycloak.Dockerfile").read_text("utf-8")


def test_the_house_believes_nginx_and_it_only_the_house(compose):
    [network] = compose["networks"]["house"]["ipam"]["config"]
    assert compose["services"]["web"]["environment"]["PROXIES"] == network["subnet"]
    assert f"allow {network['subnet']};" in (DEPLOY / "nginx.conf").read_text("utf-8")


def test_nothing_serves_before_its_tables_are_there(compose):
    services = compose["services"]
    for name in ("web", "worker", "keeper"):
        assert services[name]["depends_on"] == {
            "migration": {"condition": "service_completed_successfully"}
        }
    assert list(services["migration"]["depends_on"]) == ["preparation"]
    assert services["preparation"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_the_house_may_end_what_is_under_way(compose):
    image = (DEPLOY.parent / "Dockerfile").read_text("utf-8")
    graceful = int(re.search(r'"--graceful-timeout", "(\d+)"', image)[1])
    assert int(compose["services"]["web"]["stop_grace_period"].rstrip("s")) > graceful


def test_every_file_that_is_named_is_there(compose):
    written = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    for service in written["services"].values():
        for volume in service.get("volumes", ()):
            if volume.startswith("./"):
                assert (DEPLOY / volume.split(":")[0]).is_file()
        if build := service.get("build"):
            assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
