"""The page of backups: what was tried, what waits for a decision."""

import re

import pytest

RUN = """
INSERT INTO shared.backup_run (id, at, municipality, kind, taken_at, is_good, trouble, rows,
    size, ms)
VALUES (gen_random_uuid(), now(), '{}', '{}', now(), {}, '{}', 1234, 5242880, 1500)
"""
WAITING = """
INSERT INTO shared.restoration (id, municipality, taken_at, begun_at, state, schema, found, by)
VALUES (gen_random_uuid(), 'gorno-selo', now(), now(), 'ready', 'r_x',
'{"tables": [{"table": "news_item", "here": 3, "there": 9, "is_same": false},
             {"table": "audit_entry", "here": 5, "there": 5, "is_same": true}]}', 'test')
"""


def test_before_the_first_night_it_says_when_the_first_will_be(operator):
    assert "Първото ще стане тази нощ" in operator.get("/backups").text


def test_each_attempt_stands_there_good_or_not(operator, put):
    put(RUN.format("gorno-selo", "taken", "true", ""))
    put(RUN.format("_region", "rehearsed", "false", "The disk is full"))
    page = operator.get("/backups").text
    assert "Горно село" in page and "Област Видин" in page
    assert "The disk is full" in page and "Не стана" in page
    assert "1,5" in page


@pytest.mark.parametrize("state", ["ready", "filling"])
def test_what_waits_is_named_and_leads_to_the_look(operator, put, state):
    put(WAITING.replace("'ready'", f"'{state}'"))
    page = operator.get("/backups").text.replace("\N{NO-BREAK SPACE}", " ")
    assert ("още се пълни" in page) == (state == "filling")
    assert ("чака решение" in page) == (state == "ready")
    [look] = re.findall(r'href="(/municipalities/gorno-selo/restorations/[^"]+)"', page)
    there = operator.get(look).text
    assert ("news_item" in there) == (state == "ready") and "audit_entry" not in there
    assert ("Сменете общината с копието" in there) == (state == "ready")
    assert "Махнете копието" in there


NIGHT = """
INSERT INTO shared.backup_run (id, at, municipality, kind, taken_at, is_good, trouble, rows,
    size, ms)
VALUES (gen_random_uuid(), now(), '{}', '{}', date_trunc('day', now(), 'UTC')
        - {} * interval '1 day' + interval '30 minutes', {}, '', 1234, 5242880, 1500)
"""


def test_the_moments_of_one_municipality_stand_with_their_proof_and_their_command(operator, put):
    for days in range(9):
        put(NIGHT.format("gorno-selo", "taken", days, "true"))
    put(NIGHT.format("gorno-selo", "rehearsed", 0, "true"))
    put(NIGHT.format("gorno-selo", "rehearsed", 1, "false"))
    put(NIGHT.format("gorno-selo", "taken", 40, "false"))  # there is no such file
    put(NIGHT.format("dolno-selo", "taken", 20, "true"))
    page = operator.get("/municipalities/gorno-selo/backups").text
    ((first,),) = put("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD\"T003000Z\"')")
    command = f"obshto backup restore gorno-selo &#34;$BACKUP_DIR/gorno-selo/{first}.zip&#34;"
    assert command in page
    assert 7 <= page.count("/restore") <= 9
    assert page.count("Не стана") == 1 and "dolno-selo" not in page
    assert "obshto backup swap gorno-selo" in page
    assert "backups" in operator.get("/municipalities/gorno-selo").text


def test_a_municipality_without_backups_is_told_when_the_first_will_be(operator):
    page = operator.get("/municipalities/gorno-selo/backups").text
    assert "Първото ще стане тази нощ" in page and "/backups/take" in page


def test_of_who_is_not_there_there_are_no_backups(operator):
    for slug in ("narnia", "_region", "%00", "a" * 200, "..%2f..%2fetc"):
        assert operator.get(f"/municipalities/{slug}/backups").status_code in (400, 404)
