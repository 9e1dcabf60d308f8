"""The reader of hosts over processes that are forked off."""

import os

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
