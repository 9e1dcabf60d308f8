"""Coming by the national sign-in, the same with every identity provider."""

import pytest

from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.models import Identity
from obshto.tenants.people.national import identity_of
from obshto.tenants.people.privacy import erase, export

HERE, THERE = "gorno-selo", "dolno-selo"
EGN = "7501010010"


def come(provider, surfer, slug=HERE, path="/account"):
    surfer.get(provider.site.at(slug) + path)
    surfer.submit("/sign-in")
    if provider.is_asking(surfer):
        provider.enter_by_the_state(surfer)
    return surfer.page


def asked(provider, slug, question):
    """What the municipality's own rows say."""
    with (
        provider.site.app.app_context(),
        open_uow(scope_named(slug), Principal.system("test")) as uow,
    ):
        return question(uow)


def test_the_profile_says_that_the_state_knows_them_and_shows_no_whole_number(provider, surfer):
    page = come(provider, surfer)
    assert page.status_code == 200
    assert "потвърдена с еАвтентикация" in page.text
    assert "••••••0010" in page.text and EGN not in page.text


def people_known(uow):
    """Of whom the state has said something here."""
    return [row.person_id for row in uow.session.query(Identity) if row.number]


@pytest.mark.both
def test_the_municipality_knows_the_number(provider, surfer):
    come(provider, surfer)
    found = asked(provider, HERE, people_known)
    assert len(found) == 1
    known = asked(provider, HERE, lambda uow: identity_of(uow, found[0]))
    assert (known.number, known.level) == (EGN, 2)


def test_a_municipality_where_they_were_not_knows_nothing(provider, surfer):
    come(provider, surfer)
    assert asked(provider, THERE, people_known) == []
    come(provider, surfer, THERE)
    assert len(asked(provider, THERE, people_known)) == 1


def test_no_table_holds_the_number_as_it_is(provider, surfer, owner):
    come(provider, surfer)
    for schema, table in owner(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema IN ('shared', 't_gorno_selo') AND table_type = 'BASE TABLE'"
    ):
        held = owner(f"SELECT count(*) FROM {schema}.\"{table}\" t WHERE t::text LIKE '%{EGN}%'")
        assert held[0][0] == 0, table


def test_it_counts_as_a_second_factor(provider, surfer):
    """Whoever showed the state who they are need not set up another thing."""
    come(provider, surfer)
    surfer.get(provider.site.at(HERE) + "/sign-in?level=2&next=/account")
    assert surfer.page.url == provider.site.at(HERE) + "/account"


def test_erased_people_are_not_known_any_more(provider, surfer):
    come(provider, surfer)
    found = asked(provider, HERE, people_known)[0]
    assert asked(provider, HERE, lambda uow: export(uow, found))["identity"]
    asked(provider, HERE, lambda uow: erase(uow, found))
    assert asked(provider, HERE, lambda uow: identity_of(uow, found)) is None
