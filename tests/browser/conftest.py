"""A real Chromium before the house, with its own server; a walk through all of its pages."""

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parent


def pytest_configure(config):
    """Fixtures of both folders are registered once: there is one browser, one server."""
    config.addinivalue_line("markers", "browser: needs a Chromium")
    for name in ("fixtures", "anatomy", "walking", "crawler", "validation"):
        if not config.pluginmanager.has_plugin(f"obshto-browser-{name}"):
            spec = importlib.util.spec_from_file_location(f"browser_{name}", HERE / f"{name}.py")
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module  # no test folder is a package
            spec.loader.exec_module(module)
            config.pluginmanager.register(module, f"obshto-browser-{name}")
