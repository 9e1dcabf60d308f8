"""A disk that is full: what was typed waits on the page, and was not counted as sent."""

import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
TYPED = {"title": "Пейката", "subject": "streets", "settlement": "", "words": "Счупена е."}
REFUSE = """CREATE FUNCTION t_gorno_selo.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}';
END $$"""
TRIGGER = """CREATE TRIGGER refuse BEFORE INSERT ON t_gorno_selo.forum_discussion
FOR EACH ROW EXECUTE FUNCTION t_gorno_selo.refuse()"""
COUNTED = "SELECT coalesce(sum(times), 0) FROM shared.brake_count"


@pytest.fixture
def full(sign_in, switched_on, migrator):
    """full("53100"): every new discussion is refused so, by PostgreSQL itself; full(None): none."""
    admin = sign_in(VILLAGE, Role.ADMIN)
    hours = {"quiet_from": "0", "quiet_until": "0", "most_an_hour": "50"}
    assert admin.press("/console/settings/forum", **hours).status_code == 303

    def begin(state):
        with migrator.begin() as connection:
            connection.exec_driver_sql("DROP FUNCTION IF EXISTS t_gorno_selo.refuse() CASCADE")
            if state:
                connection.exec_driver_sql(REFUSE.format(state=state))
                connection.exec_driver_sql(TRIGGER)

    yield begin
    begin(None)


@pytest.fixture
def send(client, at):
    fields = {**TYPED, "author": "Проба Авторова", "shown_as": "resident", "request_id": uuid4()}
    typed = {**fields, "email": "author@villages.example"}
    return lambda: client.post("/forum/new", data=typed, base_url=at(VILLAGE))


@pytest.mark.parametrize("state", ["53100", "53200", "55P03"])
def test_what_was_typed_waits_on_the_page_and_is_sent_again(full, send, owner, state):
    full(state)
    refused = send()
    assert refused.status_code == 503 and int(refused.headers["Retry-After"]) > 0
    assert "no-store" in refused.headers["Cache-Control"]
    assert "Порталът не успя да го запише" in refused.text and "Изпратете отново" in refused.text
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', refused.text))
    assert (kept["words"], kept["author"]) == ("Счупена е.", "Проба Авторова")
    assert owner(COUNTED) == [(0,)]
    full(None)
    assert send().status_code == 303
    assert owner(COUNTED) == [(1,)]


def test_a_fault_of_ours_is_none_of_the_disk(full, send):
    full("22012")
    assert send().status_code == 500
