"""The house in front of an identity provider, and people with browsers."""

import importlib.util
import sys
from pathlib import Path

import pytest

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


@pytest.fixture(
    scope="session", params=["embedded", pytest.param("keycloak", marks=pytest.mark.keycloak)]
)
def running(request, serve, free_port, tmp_path_factory):
    """The house before each of the providers."""
    folder = tmp_path_factory.mktemp(request.param)
    begin = getattr(providing, request.param)
    with begin(serve, folder, free_port, walking.Authenticator) as provider:
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
