"""Pages out of fragments are the same as pages rendered whole, byte for byte."""

import pytest

from obshto.platform.web.fragment_store import FragmentStore
from obshto.platform.web.fragments import FRAGMENTS
from obshto.tenants.people.roles import STAFF_ROLES

HERE, THERE = "gorno-selo", "dolno-selo"
PATHS = ("/", "/news/", "/notices/", "/places/", "/polls/", "/eservices/", "/contact", "/nowhere")


class Forgetful(FragmentStore):
    """Keeps nothing."""

    def put(self, key, fragment):
        pass


@pytest.fixture
def without(app, monkeypatch):
    """without(ask): the answer of a house that keeps no fragments."""

    def look(ask):
        with monkeypatch.context() as patched:
            patched.setitem(app.extensions, FRAGMENTS, Forgetful())
            return ask()

    return look


@pytest.mark.parametrize("language", ["", "/en", "/ro"])
def test_pages_out_of_fragments_are_those_that_are_rendered_whole(
    app, seeded, sign_in, without, monkeypatch, language
):
    """For a citizen and for staff in turn, in two municipalities, each filling what all read."""
    monkeypatch.setitem(app.extensions, FRAGMENTS, FragmentStore())
    visitors = [
        sign_in(HERE, *STAFF_ROLES, name="Проба Първа"),
        sign_in(THERE, name="Проба Втора"),
        sign_in(HERE, name="Проба Трета"),
    ]
    for path in PATHS:
        for visitor in visitors:
            first, second = (visitor.get(f"{language}{path}").data for _ in range(2))
            whole = without(lambda v=visitor, p=path: v.get(f"{language}{p}").data)
            assert first == second == whole, (path, visitor.base)
    assert app.extensions[FRAGMENTS].held_bytes


def test_no_fragment_holds_anything_of_a_person_or_of_a_neighbour(
    app, seeded, sign_in, monkeypatch
):
    store = FragmentStore()
    monkeypatch.setitem(app.extensions, FRAGMENTS, store)
    visitor = sign_in(HERE, *STAFF_ROLES, name="Проба Скритов")
    for path in PATHS:
        visitor.get(path)
    kept = {key: fragment.body for key, fragment in store._own.items()}
    assert kept
    for key, body in kept.items():
        assert key.startswith(f"('{HERE}'"), key
        for secret in ("Скритов", visitor._again[3], visitor.form_token(), THERE):
            assert secret not in body, key
