"""Votes of practice have no witness: who is not signed in there reads neither board nor heads."""

import re

import pytest

from obshto.platform.scope import PRACTICE

PUBLIC = re.compile(r"<[^>]+>")


@pytest.fixture
def read_by_witnesses(app):
    """Paths of everything that a witness or an observer of a vote may read elsewhere."""
    rules = [it for it in app.url_map.iter_rules() if it.endpoint.startswith("voting_citizen")]
    paths = {PUBLIC.sub("x", it.rule) for it in rules if "GET" in it.methods}
    found = {path for path in paths if path.endswith((".bel", ".txt", ".json", "/trackers"))}
    assert len(found) >= 5
    return found


def test_no_board_of_practice_is_public(practice, read_by_witnesses, client, at):
    for path in read_by_witnesses:
        answer = client.get(path, base_url=at(PRACTICE))
        assert answer.status_code == 302 and "/sign-in" in answer.location, path
