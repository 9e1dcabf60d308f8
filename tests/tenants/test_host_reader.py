"""The reader of hosts: a process that is forked off, a connection that has died."""

import os

from sqlalchemy import create_engine, text

from obshto.tenants.municipalities.lookup import READER

VILLAGE = "gorno-selo"
OWN = "SELECT pg_backend_pid() AS number"


def test_a_process_that_is_forked_off_reads_over_a_connection_of_its_own(app):
    reader = app.extensions[READER]
    before = reader.one(OWN, {})["number"]
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        found = reader(VILLAGE)
        said = f"{reader.one(OWN, {})['number']} {found.row['slug']}"
        reader.close()  # lets go of its own, not of the parent's
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    number, slug = os.read(reading, 100).decode().split()
    os.waitpid(child, 0)
    os.close(reading)
    assert slug == VILLAGE and int(number) != before
    assert reader.one(OWN, {})["number"] == before
    assert reader(VILLAGE).row["titles"]


def test_a_row_that_has_moved_is_read_over_a_new_connection_where_the_old_one_died(app, server):
    reader = app.extensions[READER]
    number = reader.one(OWN, {})["number"]
    superuser = create_engine(server)
    with superuser.connect() as connection:
        ends = text("SELECT pg_terminate_backend(:number, 5000)")
        assert connection.scalar(ends, {"number": number})
    superuser.dispose()
    assert reader.as_of(VILLAGE, (-1, "moved")).row["slug"] == VILLAGE
