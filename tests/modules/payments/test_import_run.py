"""A file changes nothing until it is understood, all of it then, and can be taken back."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from obshto.modules.payments.errors import (
    ChangedByLater,
    NoSuchTaxNotice,
    NotUnderstood,
    PaidMeanwhile,
    StaleVersion,
)
from obshto.modules.payments.models import Bundle, Import, Obligation, Payer, Trace
from obshto.modules.payments.services import import_run
from obshto.modules.payments.services.import_review import review_of
from obshto.modules.payments.services.import_undo import undo_import
from obshto.modules.payments.services.obligations import payer_with_code
from obshto.modules.payments.services.retention import forget_files, forget_old

VILLAGE = "gorno-selo"


def act(office, do, import_id, expected_version=None):
    with office.app.app_context(), office.open_uow() as uow:
        one = import_run.import_of(uow, import_id, to_change=True)
        do(uow, one, expected_version=one.version if expected_version is None else expected_version)


def preview(office, import_id):
    with office.app.app_context(), office.open_uow() as uow:
        return review_of(uow, import_run.import_of(uow, import_id))


def test_a_file_that_was_read_has_changed_nothing(office):
    import_id = office.read(*office.year)
    told = preview(office, import_id)
    assert (told.added, told.changed, told.same) == (2, 0, 0)
    assert [(line.rows, line.cents) for line in told.sums] == [(2, 12000)]
    assert office.payers() == 0


def test_one_wrong_row_keeps_all_of_them_out(office):
    import_id = office.read(*office.year, office.line(number="1"))
    assert [p.line for p in preview(office, import_id).problems] == [4]
    with pytest.raises(NotUnderstood):
        act(office, import_run.apply_import, import_id)
    assert office.payers() == 0


def test_a_kind_that_was_added_since_mends_the_file_that_lies_there(office):
    import_id = office.read(office.line(kind="448007", due="30.06.2026"))
    assert preview(office, import_id).problems
    office.furnish_with("448007")
    assert not preview(office, import_id).problems


def test_brought_in_again_it_changes_nothing(office):
    office.bring_in(*office.year)
    told = preview(office, office.read(*office.year))
    assert (told.added, told.changed, told.same) == (0, 0, 2)
    again = office.bring_in(*office.year)
    assert len(office.all(Obligation)) == 2
    assert office.all(Trace, Trace.import_id == again) == []


def test_applying_twice_applies_once(office):
    import_id = office.read(*office.year)
    act(office, import_run.apply_import, import_id, expected_version=1)
    act(office, import_run.apply_import, import_id, expected_version=1)  # a late copy of the form
    [one] = office.all(Import)
    assert (one.state, one.added, one.cents) == ("done", 2, 12000)
    assert office.kept(import_id) == (None, None)


def test_a_file_that_was_dropped_is_not_brought_in_by_a_late_form(office):
    import_id = office.read(*office.year)
    act(office, import_run.drop_file, import_id)
    act(office, import_run.drop_file, import_id, expected_version=1)
    with pytest.raises(StaleVersion):
        act(office, import_run.apply_import, import_id, expected_version=1)
    assert office.kept(import_id) == (None, None)


def test_a_corrected_sum_takes_the_place_of_the_old_one(office):
    office.bring_in(*office.year)
    import_id = office.read(office.line(part=1, cents="70,00"))
    assert (preview(office, import_id).changed, office.owed()[office.next, 1]) == (1, 6000)
    act(office, import_run.apply_import, import_id)
    assert office.owed() == {(office.next, 1): 7000, (office.next, 2): 6000}


def test_a_sum_below_what_was_paid_is_told(office):
    office.bring_in(*office.year)
    office.pay(office.choose())
    told = preview(office, office.read(office.line(part=1, cents="10,00")))
    assert (told.changed, told.lowered) == (1, 1)


def test_a_correction_lets_go_of_what_somebody_chose_before(office):
    office.bring_in(*office.year)
    chosen = office.choose()
    office.bring_in(office.line(part=1, cents="70,00"))
    assert office.bundle(chosen).state == "cancelled"
    assert office.choose().cents == 12350


def test_taken_back_it_is_as_it_was(office):
    office.bring_in(*office.year)
    second = office.bring_in(office.line(part=1, cents="70,00"), office.line(number=office.other))
    act(office, undo_import, second)
    act(office, undo_import, second, expected_version=2)  # a late copy of the form
    assert office.owed() == {(office.next, 1): 6000, (office.next, 2): 6000}
    with pytest.raises(NoSuchTaxNotice):
        office.code(office.other)  # of whom nothing else is known the name goes too


def test_what_was_paid_is_not_taken_back(office):
    import_id = office.bring_in(*office.year)
    office.pay(office.choose())
    with pytest.raises(PaidMeanwhile):
        act(office, undo_import, import_id)
    assert len(office.all(Obligation)) == 2


def test_what_is_paid_in_part_is_not_taken_back(office):
    import_id = office.bring_in(*office.year)
    office.pay(office.choose(), cents=100)
    with pytest.raises(PaidMeanwhile):
        act(office, undo_import, import_id)


def test_what_was_only_chosen_is_let_go(office):
    import_id = office.bring_in(*office.year)
    chosen = office.choose()
    act(office, undo_import, import_id)
    assert office.bundle(chosen).state == "cancelled" and office.all(Obligation) == []


def test_the_later_file_is_taken_back_first(office):
    first = office.bring_in(*office.year)
    second = office.bring_in(office.line(part=1, cents="70,00"))
    with pytest.raises(ChangedByLater):
        act(office, undo_import, first)
    act(office, undo_import, second)
    act(office, undo_import, first)
    assert office.all(Obligation) == []


def test_two_files_at_once_know_one_person_once(office):
    ids = [office.read(office.line(part=part)) for part in (1, 2)]
    barrier, failed = Barrier(2), []

    def bring_in(import_id):
        barrier.wait()
        try:
            act(office, import_run.apply_import, import_id)
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=bring_in, args=[import_id]) for import_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, office.payers(), len(office.all(Obligation))) == ([], 1, 2)


def test_numbers_and_names_lie_sealed(office, owner):
    office.bring_in(*office.year)
    office.read(*office.year)
    [(number, name)] = owner("select number, name from t_gorno_selo.payments_payer")
    [(body,)] = owner("select body from t_gorno_selo.payments_import where body is not null")
    for sealed in map(bytes, (number, name, body)):
        assert office.owner.encode() not in sealed and "Проба".encode() not in sealed


def test_a_file_left_lying_is_forgotten_after_a_week(office, uow_in):
    office.read(*office.year)
    with uow_in(VILLAGE) as uow:
        one = uow.session.scalars(import_run.imports()).one()
        forget_files(uow)
        uow.session.refresh(one)
        assert one.body
        one.read_at -= timedelta(days=8)
        uow.session.flush()
        forget_files(uow)
        uow.session.refresh(one)
        assert (one.state, one.body) == ("dropped", None)


def test_after_ten_years_nothing_is_known_of_anybody(office, uow_in):
    office.bring_in(*office.year, office.line(number=office.other, part=0, due="30.06.2026"))
    office.pay(office.choose())
    with uow_in(VILLAGE) as uow:
        for one in uow.session.query(Obligation):
            one.due_on = date(uow.now.year - 11, 12, 31)
        uow.session.flush()
        forget_old(uow)
        counts = [uow.session.query(table).count() for table in (Obligation, Bundle, Payer)]
        assert counts == [0, 0, 0]


def test_many_rows_ask_no_more_of_the_database(office, statements_of):
    few = len(statements_of(lambda: preview(office, office.read(*office.year))))
    lines = [office.line(thing=str(n), part=1 + n % 2) for n in range(100)]
    many = len(statements_of(lambda: preview(office, office.read(*lines))))
    assert many == few


def test_another_municipality_knows_nothing_of_it(office, uow_in):
    import_id = office.bring_in(*office.year)
    with uow_in("dolno-selo") as uow, pytest.raises(import_run.NoSuchImport):
        import_run.import_of(uow, import_id)
    code = office.code()
    with uow_in("dolno-selo") as uow, pytest.raises(NoSuchTaxNotice):
        payer_with_code(uow, code)
