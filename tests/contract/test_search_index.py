"""The search of a municipality knows at once what each part shows and what it hides."""

import pytest
from sqlalchemy import text
from support.search_index import index_catalogue, index_faults, searched_parts

VILLAGE = "gorno-selo"


@pytest.mark.skipif(not searched_parts(), reason="nothing of this part is searched for")
@pytest.mark.usefixtures("seeded")
def test_what_each_part_published_is_found_and_nothing_else(app, migrator):
    """Kept thing by thing since, it says what the whole part says when it is read anew."""
    index_catalogue(app, VILLAGE)
    assert index_faults(app, VILLAGE) == {}
    with migrator.begin() as connection:
        connection.execute(text("UPDATE t_gorno_selo.search_entry SET title = 'не е така'"))
    assert index_faults(app, VILLAGE), "a row that says something else would not be noticed"
