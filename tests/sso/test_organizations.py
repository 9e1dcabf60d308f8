"""Only one shape of the provider's word is a membership; whatever looks otherwise is none."""

import pytest

from obshto.ops.seed import connect_all
from obshto.sso.organizations import is_member, link_organization, unlink_organization

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def ids(app):
    with app.app_context():
        return {slug: link_organization(slug, {"bg": slug}) for slug in (HERE, THERE)}


@pytest.fixture
def member(app, ids):
    def ask(claims, place=HERE):
        with app.app_context():
            return is_member(place, claims)

    return ask


def test_the_id_decides(member, ids):
    assert member({"organization": {HERE: {"id": ids[HERE]}}})
    assert member({"organization": {"renamed": {"id": ids[HERE]}}})


def test_an_alias_with_the_id_of_another_is_none(member, ids):
    assert not member({"organization": {HERE: {"id": ids[THERE]}}})
    assert not member({"organization": {HERE: {"id": "made-up"}}})


@pytest.mark.parametrize(
    "said", [None, [], [HERE], HERE, {}, {HERE: None}, {HERE: []}, {HERE: {}}, {HERE: {"id": None}}]
)
def test_an_unknown_shape_is_none(member, said):
    assert not member({"organization": said})
    assert not member({})


def test_a_place_without_an_organization_has_no_members(member):
    assert not member({"organization": {"nowhere": {"id": None}}}, "nowhere")


def test_who_has_left_has_no_members(app, member, ids):
    with app.app_context():
        unlink_organization(HERE)
    assert not member({"organization": {HERE: {"id": ids[HERE]}}})


def test_linking_twice_keeps_the_id(app, ids):
    with app.app_context():
        assert link_organization(HERE, {"bg": HERE}) == ids[HERE]


def test_all_are_linked_that_joined_while_the_provider_was_away(app, owner, migrator):
    """As `obshto sso provision` does, the region's own team among them."""
    with migrator.begin() as connection:
        connection.exec_driver_sql("DELETE FROM shared.sso_organization")
    said = []
    for _ in range(2):
        connect_all(app, {slug: {"bg": slug} for slug in (HERE, THERE)}, said.append)
    known = owner("SELECT place FROM shared.sso_organization ORDER BY 1")
    assert ([row[0] for row in known], said) == ([THERE, HERE, "ops"], [])
