"""A sealed field opens in its own municipality, column and row, or not at all."""

import threading
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DontWrapMixin

from obshto.platform.keys.encryption import (
    CannotDecrypt,
    Encrypted,
    NotComparable,
    blind_index,
    decrypt,
    decrypt_for,
    encrypt,
    encrypt_for,
)
from obshto.platform.keys.key_cache import NoDataKey, NoKeyCache
from obshto.platform.keys.master import BadMasterKeys
from obshto.platform.keys.models import TenantKey
from obshto.platform.scope import NoMunicipality, current_municipality, in_municipality

EGN = "person.egn"
PHONE = "person.phone"
ROW = uuid4()
texts = st.text(st.characters(exclude_categories=["Cs"]))
people = Table("person", MetaData(), Column("phone", Encrypted(PHONE)))
# The ring is made once a test, not once an example; examples change nothing in it.
often = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def in_kula(ring):
    with in_municipality("kula"):
        yield


@often
@given(text=texts)
@example("")
@example("8001010000*")
@example("Пламен\0\U0001f600")
def test_what_is_sealed_opens_again_and_is_33_bytes_longer(in_kula, text):
    sealed = encrypt(EGN, text)
    assert decrypt(EGN, sealed) == text
    assert len(sealed) == len(text.encode()) + 33
    assert sealed != encrypt(EGN, text)


@often
@given(text=texts, row_id=st.uuids(), other=st.uuids())
def test_what_is_sealed_for_a_row_opens_in_that_row_only(in_kula, text, row_id, other):
    assume(row_id != other)
    sealed = encrypt_for(EGN, row_id, text)
    assert decrypt_for(EGN, row_id, sealed) == text
    with pytest.raises(CannotDecrypt):
        decrypt_for(EGN, other, sealed)


@often
@given(text=texts)
def test_another_municipality_cannot_open_it(in_kula, text):
    sealed, for_row = encrypt(EGN, text), encrypt_for(EGN, ROW, text)
    with in_municipality("boynitsa"):
        with pytest.raises(CannotDecrypt):
            decrypt(EGN, sealed)
        with pytest.raises(CannotDecrypt):
            decrypt_for(EGN, ROW, for_row)


def test_the_same_data_key_in_another_municipality_cannot_open_it(in_kula, ring, rows):
    """The name itself is bound, so a key that leaked across would not be enough."""
    sealed, key = encrypt(EGN, "8001010000"), ring.current("kula")
    ring._held["boynitsa"] = ring._held["kula"]
    with in_municipality("boynitsa"):
        assert ring.current("boynitsa") is key
        with pytest.raises(CannotDecrypt):
            decrypt(EGN, sealed)


@often
@given(text=texts)
def test_another_column_cannot_open_it(in_kula, text):
    with pytest.raises(CannotDecrypt):
        decrypt(PHONE, encrypt(EGN, text))
    with pytest.raises(CannotDecrypt):
        decrypt_for(PHONE, ROW, encrypt_for(EGN, ROW, text))


def test_sealed_for_a_row_and_for_a_column_are_not_the_same(in_kula):
    with pytest.raises(CannotDecrypt):
        decrypt(EGN, encrypt_for(EGN, ROW, "8001010000"))
    with pytest.raises(CannotDecrypt):
        decrypt_for(EGN, ROW, encrypt(EGN, "8001010000"))


@pytest.mark.parametrize("for_row", [False, True])
def test_no_bit_can_be_flipped(in_kula, for_row):
    sealed = encrypt_for(EGN, ROW, "8001010000") if for_row else encrypt(EGN, "8001010000")
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((CannotDecrypt, NoDataKey)):  # another key number is another key
            decrypt_for(EGN, ROW, bytes(flipped)) if for_row else decrypt(EGN, bytes(flipped))


def test_nothing_that_was_cut_opens(in_kula):
    sealed = encrypt(EGN, "8001010000")
    for length in range(len(sealed)):
        with pytest.raises(CannotDecrypt):
            decrypt(EGN, sealed[:length])


@pytest.mark.parametrize(
    "touch",
    [
        lambda: encrypt(EGN, "8001010000"),
        lambda: decrypt(EGN, b"\x01" + bytes(40)),
        lambda: encrypt_for(EGN, ROW, "8001010000"),
        lambda: decrypt_for(EGN, ROW, b"\x01" + bytes(40)),
        lambda: blind_index(EGN, "8001010000"),
    ],
)
def test_without_a_municipality_nothing_is_touched(ring, touch):
    with pytest.raises(NoMunicipality):
        touch()
    with in_municipality(""), pytest.raises(NoMunicipality):
        touch()


def test_a_municipality_ends_with_its_block_and_stays_in_its_thread(ring):
    seen = []
    with pytest.raises(ZeroDivisionError), in_municipality("kula"):
        with in_municipality("boynitsa"):
            assert current_municipality.get() == "boynitsa"
        assert current_municipality.get() == "kula"
        thread = threading.Thread(target=lambda: seen.append(current_municipality.get(None)))
        thread.start()
        thread.join()
        raise ZeroDivisionError
    assert (current_municipality.get(None), seen) == (None, [None])


@pytest.mark.parametrize("column", ["egn", "person|egn", "person.egn|1", "Person.egn", "", "a.b.c"])
def test_a_place_is_a_table_with_its_column(in_kula, column):
    for touch in (Encrypted, lambda c: encrypt(c, "x"), lambda c: blind_index(c, "x")):
        with pytest.raises(ValueError, match="not the name"):
            touch(column)


@often
@given(value=texts, other=texts)
def test_equal_values_have_equal_hashes_and_others_do_not(in_kula, value, other):
    index = blind_index(EGN, value)
    assert len(index) == 16
    assert blind_index(EGN, f" {value}\n") == index
    assert (blind_index(EGN, other) == index) == (value.strip() == other.strip())
    assert blind_index(PHONE, value) != index
    with in_municipality("boynitsa"):
        assert blind_index(EGN, value) != index


def bound(value, type_=people.c.phone.type):
    return type_.bind_processor(postgresql.dialect())(value)


def fetched(value, type_=people.c.phone.type):
    return type_.result_processor(postgresql.dialect(), None)(value)


def test_a_column_seals_what_it_stores_and_opens_what_it_reads(in_kula):
    sealed = bound("+359 938 3 05 05")
    assert isinstance(sealed, bytes)
    assert b"938" not in sealed
    assert decrypt(PHONE, sealed) == fetched(sealed) == "+359 938 3 05 05"
    assert fetched(memoryview(sealed)) == "+359 938 3 05 05"
    with pytest.raises(CannotDecrypt):
        fetched(sealed, Encrypted(EGN))


def test_null_stays_null_even_without_a_municipality(ring):
    assert (bound(None), fetched(None)) == (None, None)


def test_a_column_without_a_municipality_fails_closed(ring):
    with in_municipality("kula"):
        sealed = bound("8001010000")
    with pytest.raises(NoMunicipality):
        bound("8001010000")
    with pytest.raises(NoMunicipality):
        fetched(sealed)


def test_a_column_is_bytea_and_statements_of_two_columns_are_cached_apart():
    assert people.c.phone.type.compile(postgresql.dialect()) == "BYTEA"
    one, two = (select(literal("x", Encrypted(column))) for column in (EGN, PHONE))
    assert one._generate_cache_key() != two._generate_cache_key()
    assert one._generate_cache_key() == select(literal("x", Encrypted(EGN)))._generate_cache_key()


@pytest.mark.parametrize(
    "compare",
    [
        lambda c: c == "8001010000",
        lambda c: c != "8001010000",
        lambda c: "8001010000" == c,  # noqa: SIM300 (the other way round is the case)
        lambda c: c.in_(["8001010000"]),
        lambda c: c.like("80%"),
        lambda c: c < "9",
        lambda c: c + "9",
        lambda c: c.desc(),
    ],
)
def test_a_sealed_column_cannot_be_compared_by_mistake(compare):
    with pytest.raises(NotComparable, match="blind index"):
        compare(people.c.phone)


def test_a_sealed_column_can_be_asked_whether_it_is_null():
    c = people.c.phone
    for asked in (c.is_(None), c == None):  # noqa: E711 (SQLAlchemy's own spelling)
        assert str(asked) == "person.phone IS NULL"
    for asked in (c.is_not(None), c != None):  # noqa: E711 (SQLAlchemy's own spelling)
        assert str(asked) == "person.phone IS NOT NULL"


@pytest.mark.parametrize(
    "error", [NoMunicipality, CannotDecrypt, NotComparable, NoDataKey, NoKeyCache, BadMasterKeys]
)
def test_sqlalchemy_adds_no_parameters_to_an_error_of_sealing(error):
    assert issubclass(error, DontWrapMixin)


def test_an_error_of_sealing_does_not_show_the_text(in_kula):
    with in_municipality("chuprene"), pytest.raises(NoDataKey) as refused:
        encrypt(EGN, "8001010000")
    assert "8001010000" not in str(refused.value)


def test_wrapped_keys_lie_in_the_region_by_slug_and_number():
    table = TenantKey.__table__
    assert table.fullname == "shared.tenant_key"
    assert [column.name for column in table.primary_key] == ["slug", "kid"]
    assert not table.foreign_keys
    columns = {column.name: column.nullable for column in table.columns}
    expected = {"slug": 0, "kid": 0, "wrapped": 0, "created_at": 0, "retired_at": 1}
    assert columns == {name: bool(nullable) for name, nullable in expected.items()}
