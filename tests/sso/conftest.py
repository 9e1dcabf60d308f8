"""The house in front of an identity provider, and people with browsers."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from obshto.ops.config import read_config
from obshto.ops.keycloak.server import keycloak_server
from obshto.ops.keycloak.settings import read_keycloak

BROWSER = Path(__file__).parents[1] / "browser" / "conftest.py"


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


surfing = load("obshto_surfer", Path(__file__).parent / "surfer.py")


walking = load("obshto_walker", Path(__file__).parent / "keycloak" / "walker.py")
load("obshto_state", Path(__file__).parent / "state.py")
providing = load("obshto_providers", Path(__file__).parent / "providers.py")


def pytest_configure(config):
    load("browser_conftest_of_sso", BROWSER).pytest_configure(config)


@pytest.hookimpl(tryfirst=True)  # before what is not asked for is left out
def pytest_collection_modifyitems(items):
    """The same once more before Keycloak is of `make test-all`, but for a few of each kind."""
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        is_repeated = "keycloak" in (params.get("running"), getattr(item.cls, "repeats", None))
        if is_repeated and not item.get_closest_marker("both"):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def keycloak_environ(tmp_path_factory, free_port):
    """What the environment says to the one Keycloak of the tests, and to whoever asks it."""
    known = {n: os.environ[n] for n in ("KEYCLOAK_HOME", "XDG_CACHE_HOME") if n in os.environ}
    folder = tmp_path_factory.mktemp("keycloak")
    return {**known, "DATA_DIR": str(folder), "KEYCLOAK_PORT": str(free_port())}


@pytest.fixture(scope="session")
def keycloak_running(keycloak_environ):
    """It is dear to start, so it serves all; whose turn it is makes the realm anew.

    Raises KeycloakNotHad.
    """
    with keycloak_server(read_keycloak(read_config(keycloak_environ), keycloak_environ)):
        yield


@pytest.fixture(
    scope="session", params=["embedded", pytest.param("keycloak", marks=pytest.mark.keycloak)]
)
def running(request, serve):
    """The house before each of the providers."""
    with getattr(providing, request.param)(request.getfixturevalue, serve) as provider:
        yield provider


@pytest.fixture
def provider(running):
    """The provider with its people known to the house."""
    providing.prepare(running)
    return running


@pytest.fixture
def surfer():
    """Somebody who has never been here."""
    return surfing.Surfer()


@pytest.fixture
def other_surfer():
    return surfing.Surfer()
