"""Whole stories in a real browser, over the house of `tests/browser`."""

import importlib.util
from pathlib import Path

NAME = "obshto-tests-browser"
FIXTURES = Path(__file__).parents[1] / "browser" / "fixtures.py"


def pytest_configure(config):
    """Registered once for both folders: there is one browser, one server."""
    if not config.pluginmanager.has_plugin(NAME):
        spec = importlib.util.spec_from_file_location("obshto_tests_browser", FIXTURES)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        config.pluginmanager.register(module, NAME)
