"""Which backups stay: seven days, five weeks, twelve months."""

from datetime import UTC, datetime, timedelta

from obshto.ops.backup import store

NEWEST = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
A_YEAR_AND_MORE = [NEWEST - timedelta(days=n) for n in range(500)]


def test_the_last_seven_days_five_weeks_twelve_months_stay():
    chosen = store.to_keep(A_YEAR_AND_MORE)
    assert set(A_YEAR_AND_MORE[:7]) <= chosen
    weeks = {at.isocalendar()[:2] for at in chosen}
    assert {(NEWEST - timedelta(weeks=n)).isocalendar()[:2] for n in range(5)} <= weeks
    assert len({(at.year, at.month) for at in chosen}) == 12
    assert len(chosen) <= 7 + 5 + 12


def test_of_many_in_a_day_the_newest_stays():
    hours = [NEWEST - timedelta(minutes=n) for n in range(3)]
    assert store.to_keep(hours) == {NEWEST}


def test_few_and_old_ones_all_stay():
    old = [NEWEST - timedelta(days=40 * n) for n in range(8)]
    assert store.to_keep(old) == set(old)


def test_keeping_twice_keeps_the_same():
    chosen = store.to_keep(A_YEAR_AND_MORE)
    assert store.to_keep(chosen) == chosen


def test_each_municipality_is_swept_by_itself(tmp_path):
    for slug, days in (("kula", range(30)), ("vidin", range(2))):
        for n in days:
            path = store.place_of(tmp_path, slug, NEWEST - timedelta(days=n))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"")
    store.sweep(tmp_path, before=NEWEST)
    assert len(store.kept(tmp_path, "vidin")) == 2
    assert {one.taken_at for one in store.kept(tmp_path, "kula")} == store.to_keep(
        A_YEAR_AND_MORE[:30]
    )


def test_what_is_called_otherwise_is_neither_listed_nor_removed(tmp_path):
    (tmp_path / "kula").mkdir()
    for name in ("notes.txt", "20261124T020000Z.zip.part", "kula.zip"):
        (tmp_path / "kula" / name).write_bytes(b"")
    assert store.kept(tmp_path) == []
    assert store.sweep(tmp_path, before=NEWEST) == []
    assert len(list((tmp_path / "kula").iterdir())) == 3
