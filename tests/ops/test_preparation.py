"""Whoever opens the portal while its first contents are written is told how far that is."""

import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from obshto.ops.preparation import preparation_of, tell_preparation
from obshto.ops.process_pool import process_pool

NAMES = {
    "gorno-selo": {"bg": "Горно село", "en": "Gorno Selo", "ro": "Gorno Selo"},
    "dolno-selo": {"bg": "Долно село", "en": "Dolno Selo", "ro": "Dolno Selo"},
}


@pytest.fixture
def preparation(config):
    preparation = preparation_of(config)
    preparation.begin(NAMES)
    yield preparation
    preparation.end()


@pytest.fixture
def house_in_preparation(preparation, make_app, config):
    app = make_app()
    tell_preparation(app, config)
    return app


def get(app, config, label="", path="/"):
    return app.test_client().get(path, base_url=config.address(label))


def test_the_page_speaks_three_languages_counts_and_reloads_by_itself(
    house_in_preparation, preparation, config
):
    preparation.finish_one("gorno-selo")
    page = get(house_in_preparation, config)
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "2"
    for sentence in (
        "Порталът се подготвя",
        "The portal is being prepared",
        "Portalul este în pregătire",
    ):
        assert sentence in page.text
    assert '<progress value="1" max="2"' in page.text
    assert '<meta http-equiv="refresh" content="2">' in page.text
    assert "<script" not in page.text
    links = re.findall(r'href="(http[^"]+)"', page.text)
    assert links == [config.address("gorno-selo") + "/"]


def test_a_municipality_opens_as_soon_as_it_has_its_contents(
    house_in_preparation, preparation, config
):
    assert get(house_in_preparation, config, "gorno-selo").status_code == 503
    preparation.finish_one("gorno-selo")
    assert get(house_in_preparation, config, "gorno-selo").status_code == 200
    assert get(house_in_preparation, config, "dolno-selo").status_code == 503


def test_probes_and_styles_are_answered_all_the_while(house_in_preparation, config):
    assert get(house_in_preparation, config, path="/healthz").status_code == 200
    style = re.search(r'href="(/static/[^"]+css)"', get(house_in_preparation, config).text)[1]
    with get(house_in_preparation, config, path=style) as answer:
        assert answer.status_code == 200


def test_afterwards_the_portal_answers(house_in_preparation, preparation, config):
    preparation.end()
    assert get(house_in_preparation, config).status_code == 200
    assert get(house_in_preparation, config, "dolno-selo").status_code == 200


def test_a_block_that_fails_does_not_wait_for_what_its_pool_still_does():
    began = time.monotonic()
    with suppress(KeyError), process_pool(1) as pool:
        pool.submit(time.sleep, 600)
        raise KeyError
    assert time.monotonic() - began < 300  # far below what was asked of it


def test_a_pool_ends_with_a_parent_that_was_killed(tmp_path):
    lock = tmp_path / "lock"
    program = (
        "import fcntl, os, signal, time\n"
        "from obshto.ops.process_pool import process_pool\n"
        f"held = open({str(lock)!r}, 'w')\n"
        "fcntl.flock(held, fcntl.LOCK_EX)\n"
        "with process_pool(1) as pool:\n"
        "    pool.submit(os.getpid).result()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    take = f"import fcntl; fcntl.flock(open({str(lock)!r}, 'w'), fcntl.LOCK_EX)"
    # Waits for ever where a copy of the killed process still holds its lock.
    subprocess.run([sys.executable, "-c", take], check=True, timeout=300)
