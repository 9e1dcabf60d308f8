"""Whole stories in a real browser, over the same house as `tests/browser`."""

import importlib.util
from pathlib import Path

BROWSER = Path(__file__).parents[1] / "browser" / "conftest.py"


def pytest_configure(config):
    spec = importlib.util.spec_from_file_location("browser_conftest", BROWSER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.pytest_configure(config)
