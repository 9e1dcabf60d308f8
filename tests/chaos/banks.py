"""People who bring in what the bank tells: statements in MT940, booked once whatever is killed."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from clients import REDIRECTED
from template import IBAN
from tills import Clerk

STATEMENTS = "/console/billing/statements"
NEW = f"{STATEMENTS}/new"


def statement(bill):
    """One transfer for a bill, as a bank writes it."""
    day, sum_ = f"{date.today():%y%m%d}", f"{bill.cents // 100},{bill.cents % 100:02}"
    lines = (
        ":20:STATEMENT",
        f":25:{IBAN}",
        ":28C:1/1",
        f":60F:C{day}EUR0,00",
        f":61:{day}{day[2:]}C{sum_}NTRFNONREF//{bill.code}",
        f":86:118?00PREVOD?20код {bill.code}?31BG22DEMO96611020000001?32Проба",
        f":62F:C{day}EUR{sum_}",
        "-",
    )
    return "\n".join(lines).encode()


class Parcel(str):
    """A form with a file, as a browser packs it; `mark` stands between its parts."""

    mark = ""

    @property
    def kind(self):
        return f"multipart/form-data; boundary={self.mark}"


def packed(form, file):
    """The parcel of what a form carries and of one file."""
    mark = uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in form.items()]
    head = 'Content-Disposition: form-data; name="file"; filename="bank.sta"'
    parts.append(f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n{file.decode()}")
    parcel = Parcel("".join(f"--{mark}\r\n{part}\r\n" for part in parts) + f"--{mark}--\r\n")
    parcel.mark = mark
    return parcel


class Treasurer(Clerk):
    """Enters what there is to pay, brings in the transfer for it, books it; now and then twice."""

    def act(self):
        bill = self.charge()
        file = statement(bill)
        self.book(self.bring(file))
        bill.by_bank += 1
        self.ledger.count("paid over a bank")
        self.look(bill)
        if self.rng.random() < 0.5:
            self.bring(file)  # a colleague brings the same file: its line is known by now
            self.ledger.count("statements brought twice")
            self.look(bill)

    def bring(self, file):
        """The file by its form, the same one until it is acknowledged; where it lies then."""
        parcel = packed(self.form(NEW, NEW) | {"csrf_token": self.token}, file)
        status, headers, _ = self.repeated(lambda: self.http.ask("POST", NEW, parcel), NEW)
        assert status == REDIRECTED, f"{status} for {NEW}"
        return headers["Location"].partition("?")[0]

    def book(self, where):
        path = f"{where}/book"
        self.post(path, self.form(where, path))
