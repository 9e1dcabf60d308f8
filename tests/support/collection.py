"""Collection: the order of tests, how processes share them, what the summary counts."""

import gc

from hypothesis import HealthCheck, settings
from support.thorough import IS_THOROUGH
from xdist.scheduler import LoadScopeScheduling

from obshto.ops.i18n import compile_all

# How quick a machine is says nothing about the code.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("test", **PATIENT)
settings.register_profile("test-all", max_examples=1000, **PATIENT)
settings.load_profile("test-all" if IS_THOROUGH else "test")

# Quick ones first: whoever broke a rule hears of it before the browser starts. A browser keeps an
# event loop in its process for good: what runs one of its own comes before. Then what takes longest
# in one piece, the longest first, so that no process is left alone with it at the end.
LAST = (
    "ops",
    "browser furnished",
    "browser used",
    "browser bare",
    "journeys",
    "sso",
    "chaos",
    "browser",
)
# What shares something that is dear to start: one process runs it all, others run the rest.
TOGETHER = ("sso", "browser", "journeys", "backup")


def pytest_sessionstart(session):
    """One file alone in a fresh clone works: its pages speak three languages, too."""
    if not hasattr(session.config, "workerinput"):
        compile_all()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: turn_of(item.nodeid))


def turn_of(item):
    """The place among the last ones; -1 of all that come before them, as they were collected."""
    names = (scope_of(item), *item.split("/")[1:2])
    return next((LAST.index(name) for name in names if name in LAST), -1)


def pytest_collection_finish():
    """What is there now stays to the end, thousands of tests with all that they import: whoever
    looks for garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def scope_of(item):
    """The name of the group whose items one process runs.

    The walk through all pages is so long in `make test-all` that each of its parts may go to
    another process; else an empty house is looked at where the furnished one was.
    """
    path, _, name = item.partition("::")
    if path.endswith("browser/test_pages.py"):
        part = name.partition("[")[2].removesuffix("]")
        return f"browser {part if IS_THOROUGH else part.replace('bare', 'furnished')}".strip()
    return next((name for name in TOGETHER if name in path.split("/")), path)


class Together(LoadScopeScheduling):
    """A file stays in one process, and so does what shares something dear."""

    def _split_scope(self, nodeid):
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


def pytest_terminal_summary(terminalreporter, config):
    """How many tests of signing in each provider stood, for the closing line."""
    if not config.pluginmanager.hasplugin("cacheprovider"):
        return
    passed = [one.nodeid for one in terminalreporter.stats.get("passed", ()) if one.when == "call"]
    config.cache.set("obshto/sign-in", stood_by_provider(passed))


def stood_by_provider(passed):
    """The same tests with each, and those that only the real one can stand."""
    sso = [name for name in passed if name.startswith("tests/sso/")]
    return {
        "embedded": sum("[embedded" in name for name in sso),
        "keycloak": sum("[keycloak" in name for name in sso),
        "keycloak_alone": sum(name.startswith("tests/sso/keycloak/") for name in sso),
    }
