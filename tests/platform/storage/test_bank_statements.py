"""Statements of banks as programs write them: CAMT.053 in three versions, MT940 in two dialects."""

from datetime import date
from io import BytesIO

import pytest

from obshto.platform.storage.bank_statements import statements_of
from obshto.platform.storage.errors import NoBankStatement, NothingInside, TooBig, TooManyEntries

IBAN = "BG11DEMO96611020345678"
PAYER = "BG22DEMO96611020000001"
CODE = "123456 789012 345678"


def party(version, name):
    return f"<Nm>{name}</Nm>" if version < 8 else f"<Pty><Nm>{name}</Nm></Pty>"


def status(version, word):
    return f"<Sts>{word}</Sts>" if version < 8 else f"<Sts><Cd>{word}</Cd></Sts>"


def balance(code, amount, side="CRDT"):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd></Bal>'
    )


def entry(version, amount, side, details, word="BOOK", ref="B1"):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status(version, word)}'
        f"<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>{ref}</AcctSvcrRef>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def details(version, name, text, amount=None, ref=""):
    sums = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    own = f"<AcctSvcrRef>{ref}</AcctSvcrRef>" if ref else ""
    return (
        f"<TxDtls><Refs>{own}<EndToEndId>NOTPROVIDED</EndToEndId></Refs>{sums}"
        f"<RltdPties><Dbtr>{party(version, name)}</Dbtr><DbtrAcct><Id><IBAN>{PAYER}</IBAN></Id>"
        f"</DbtrAcct></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )


def camt(version=2, body=None, encoding="UTF-8", written=None, iban=IBAN):
    if body is None:
        body = entry(version, "25.00", "CRDT", details(version, "Проба Пробова", f"такса {CODE}"))
        body += entry(version, "5.5", "DBIT", "", ref="B2")
        body += entry(version, "99.00", "CRDT", "", word="PDNG", ref="B3")
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02}">'
        f"<BkToCstmrStmt><GrpHdr/><Stmt><Id>77</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{balance('OPBD', '100.00')}{balance('CLBD', '119.50')}{body}"
        "</Stmt></BkToCstmrStmt></Document>"
    )
    return BytesIO(text.encode(written or encoding))


MT940 = f"""\
:20:STATEMENT
:25:{IBAN}EUR
:28C:42/1
:60F:C261101EUR100,00
:61:2611021102C25,00NTRFNONREF//B26110200001
:86:123?00TRANSFER?20такса код 123456789012?21345678?30DEMOBGSF?31{PAYER}?32Проба Пробова
:61:2611031103D5,50NCHGNONREF//B26110300002
:86:Такса за обслужване
:61:2611031103C12,50NTRFREF123
:86:118+00PREVOD+20Място на панаира+31{PAYER}+32Проба
+33 ЕООД
:62F:C261103EUR132,00
-
"""


@pytest.mark.parametrize("version", [2, 6, 8])
def test_every_version_of_camt_tells_the_same(version):
    (one,) = statements_of(camt(version))
    assert (one.iban, one.currency, one.number) == (IBAN, "EUR", "77")
    assert (one.opening_cents, one.closing_cents) == (10000, 11950)
    assert one.is_whole, "what is not yet booked is not counted"
    first, second = one.entries
    assert (first.cents, first.reference, first.booked_on) == (2500, "B1", date(2026, 11, 2))
    assert (first.payer, first.payer_iban) == ("Проба Пробова", PAYER)
    assert first.text == f"такса {CODE}"
    assert second.cents == -550


@pytest.mark.parametrize(("encoding", "written"), [("windows-1251", None), ("UTF-8", "cp1251")])
def test_old_letters_are_read_declared_or_not(encoding, written):
    (one,) = statements_of(camt(encoding=encoding, written=written))
    assert one.entries[0].payer == "Проба Пробова"


def test_a_batch_is_told_apart_where_its_sums_are_told():
    parts = details(8, "Проба", "едно", "10.00", "C1") + details(8, "Проба", "две", "9.50", "C2")
    (one,) = statements_of(camt(8, entry(8, "19.50", "CRDT", parts)))
    assert [(e.cents, e.reference, e.text) for e in one.entries] == [
        (1000, "C1", "едно"),
        (950, "C2", "две"),
    ]
    parts = details(8, "Проба", "едно") + details(8, "Проба", "две")
    (one,) = statements_of(camt(8, entry(8, "19.50", "CRDT", parts)))
    assert [(e.cents, e.reference, e.text, e.payer) for e in one.entries] == [
        (1950, "B1", "едно две", "")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-8-sig"])
def test_both_dialects_of_mt940_are_read(encoding):
    (one,) = statements_of(BytesIO(MT940.replace("\n", "\r\n").encode(encoding)))
    assert (one.iban, one.opening_cents, one.closing_cents) == (IBAN, 10000, 13200)
    assert one.is_whole
    first, second, third = one.entries
    assert (first.cents, first.reference, first.payer) == (2500, "B26110200001", "Проба Пробова")
    assert first.payer_iban == PAYER
    assert first.text == "такса код 123456789012 345678"
    assert (second.cents, second.text) == (-550, "Такса за обслужване")
    assert (third.reference, third.payer) == ("REF123", "Проба ЕООД")
    assert third.text == "Място на панаира"


def test_a_file_of_several_days_is_several_statements():
    second = MT940.replace("42/1", "43/1").replace("60F:C261101EUR100", "60F:C261103EUR132")
    second = second.replace("62F:C261103EUR132", "62F:C261104EUR164")
    found = statements_of(BytesIO((MT940 + second).encode()))
    assert [one.number for one in found] == ["42", "43"] and all(one.is_whole for one in found)


def test_a_line_that_was_lost_on_the_way_is_noticed():
    cut = MT940.replace(":61:2611031103D5,50NCHGNONREF//B26110300002\n", "")
    assert not statements_of(BytesIO(cut.encode()))[0].is_whole


ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 zipped",
        "Здравейте".encode(),
        b"/etc/passwd",
        b"<Document/>",
        b"<Document><Stmt><Ntry>",
        camt().getvalue().replace(b"?><Doc", f"?>{ENTITY}<Doc".encode()),
        camt().getvalue().replace(b"25.00", b"25.001"),
        camt().getvalue().replace(b"2026-11-02", b"2026-13-02"),
        MT940.replace("C25,00", "X25,00").encode(),
    ],
)
def test_whatever_is_no_statement_is_refused(content):
    with pytest.raises(NoBankStatement):
        statements_of(BytesIO(content))


def test_empty_large_and_long_files_are_refused():
    with pytest.raises(NothingInside):
        statements_of(BytesIO())
    with pytest.raises(TooBig):
        statements_of(BytesIO(b" " * (8 * 1024 * 1024 + 1)))
    with pytest.raises(TooManyEntries):
        statements_of(camt(2, entry(2, "0.01", "CRDT", "") * 5_001))
