"""The page of backups: what was tried, what waits for a decision."""

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


def test_what_waits_is_shown_with_its_differences(operator, put):
    put(WAITING)
    page = operator.get("/backups").text
    assert "news_item" in page and "audit_entry" not in page
    assert "obshto backup swap gorno-selo" in page


def test_what_is_half_filled_is_neither_ready_nor_equal(operator, put):
    put(WAITING.replace("'ready'", "'filling'").replace('"tables"', '"later"'))
    page = operator.get("/backups").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "още се пълни" in page and "obshto backup discard gorno-selo" in page
    for wrong in ("чака решение", "еднакви", "backup swap"):
        assert wrong not in page
