"""The search of a municipality knows at once what each part shows and what it hides."""

import pytest
from sqlalchemy import text
from support.search_index import (
    index_again,
    index_catalogue,
    index_faults,
    optional_parts,
    searched_parts,
)

from obshto.platform.db.base import TenantModel

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MARKS = ("hidden_at", "deleted_at")


@pytest.mark.skipif(not searched_parts(), reason="nothing of this part is searched for")
@pytest.mark.usefixtures("seeded")
def test_what_each_part_published_is_found_and_nothing_else(app, migrator):
    """Kept thing by thing since, it says what the whole part says when it is read anew."""
    index_catalogue(app, VILLAGE)
    assert index_faults(app, VILLAGE) == {}
    with migrator.begin() as connection:
        connection.execute(text("UPDATE t_gorno_selo.search_entry SET title = 'не е така'"))
    assert index_faults(app, VILLAGE), "a row that says something else would not be noticed"


@pytest.mark.skipif(not searched_parts(), reason="nothing of this part is searched for")
@pytest.mark.usefixtures("seeded")
def test_what_is_hidden_or_deleted_is_found_no_more(app, migrator, owner):
    """Whatever carries such a mark, of every part at once; drafts were told apart above."""
    index_catalogue(app, VILLAGE)
    slugs = tuple(part.slug for part in searched_parts())
    marked = {
        table.name: [name for name in MARKS if name in table.c]
        for table in TenantModel.metadata.sorted_tables
        if table.name.partition("_")[0] in slugs and "id" in table.c
    }
    gone = set()
    with migrator.begin() as connection:
        for name, marks in marked.items():
            for mark in marks:
                put = f't_gorno_selo."{name}" SET {mark} = now() RETURNING id'
                gone |= {row[0] for row in connection.execute(text(f"UPDATE {put}"))}
    index_again(app, VILLAGE)
    found = owner("select part, object_id, title from t_gorno_selo.search_entry")
    assert [(part, title) for part, it, title in found if it in gone and part in slugs] == []


@pytest.mark.skipif(not optional_parts(), reason="nothing of this part is searched for")
@pytest.mark.usefixtures("seeded")
def test_nothing_is_found_of_a_neighbour_or_of_a_part_that_is_off(app, client, at, owner, migrator):
    index_catalogue(app, VILLAGE)
    asked = "select distinct on (part) part, title, path from t_gorno_selo.search_entry"
    rows = owner(f"{asked} where language = 'bg' order by part, published_at desc, object_id")
    rows = [row for row in rows if row[0] in optional_parts()]

    def is_found(title, path, village):
        page = client.get("/search", query_string={"q": title}, base_url=at(village))
        assert page.status_code == 200
        return f'{path}"' in page.text

    assert [part for part, title, path in rows if not is_found(title, path, VILLAGE)] == []
    assert [part for part, title, path in rows if is_found(title, path, NEIGHBOUR)] == []
    with migrator.begin() as connection:
        off = "UPDATE shared.tenant SET modules = '{}', version = version + 1"
        connection.execute(text(off))
    assert [part for part, title, path in rows if is_found(title, path, VILLAGE)] == []
