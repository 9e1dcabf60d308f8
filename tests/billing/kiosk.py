"""A provider of another shape, and the adapter for it: as ePay and BORICA are.

The person's browser posts a signed form there, or takes a code to a counter. The provider cannot
be asked; its signed message is all there is, says nothing of the sum, and wants an answer in words
of its own, the same for the same message.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from obshto.billing.gateways.port import (
    Acknowledgement,
    Capability,
    Forged,
    Notice,
    Observed,
    PostForm,
    Started,
    What,
)

ADDRESS = "https://kiosk.example/pay"
WORDS = {"PAID": What.PAID, "DENIED": What.FAILED, "EXPIRED": What.EXPIRED}
SECRETS = {"D0000001": "secret of the first", "D0000002": "secret of the second"}
ALL = frozenset(Capability)


def encoded(fields, secret):
    """ENCODED and CHECKSUM, as ePay has them: base64 of lines, HMAC-SHA1 over it."""
    lines = base64.b64encode("\n".join(fields).encode()).decode()
    return lines, hmac.new(secret.encode(), lines.encode(), hashlib.sha1).hexdigest()


class KioskGateway:
    """`takes` is FORM_POST or CODE_TO_SHOW: the two ways of one provider."""

    least_cents = 1

    def __init__(self, takes):
        self.slug = takes.name.split("_")[0].lower()
        self.capabilities = frozenset((takes, Capability.NOTICES, Capability.ACKNOWLEDGEMENT))

    def start(self, asked):
        invoice = f"{asked.charge_id.int}{asked.number:02}"
        if Capability.CODE_TO_SHOW in self.capabilities:
            return Started(provider_id=invoice, code=invoice[-10:])
        told = [f"MIN={asked.account}", f"INVOICE={invoice}", f"AMOUNT={asked.cents / 100:.2f}"]
        lines, checksum = encoded(told, SECRETS[asked.account])
        fields = {"PAGE": "paylogin", "ENCODED": lines, "CHECKSUM": checksum}
        return Started(provider_id=invoice, form=PostForm(address=ADDRESS, fields=fields))

    def read(self, request):
        lines, checksum = request.form.get("ENCODED", ""), request.form.get("CHECKSUM", "")
        for account, secret in SECRETS.items():
            wanted = hmac.new(secret.encode(), lines.encode(), hashlib.sha1).hexdigest()
            if hmac.compare_digest(wanted, checksum):
                told = base64.b64decode(lines).decode().splitlines()
                return [self._notice(account, line) for line in told]
        raise Forged("no secret of ours")

    def look(self, account, subject):
        raise AssertionError("it cannot be asked")

    def refund(self, wish):
        raise AssertionError("it gives nothing back")

    def acknowledge(self, notices, known):
        told = zip(notices, known, strict=True)
        lines = (f"INVOICE={n.subject}:STATUS={'OK' if ours else 'NO'}" for n, ours in told)
        return Acknowledgement(body="\n".join(lines) + "\n")

    def _notice(self, account, line):
        told = dict(pair.split("=", 1) for pair in line.split(":"))
        invoice = told["INVOICE"]
        expected_version = Observed(
            what=WORDS[told["STATUS"]],
            municipality=None,
            charge_id=UUID(int=int(invoice[:-2])),
            provider_id=invoice,
            cents=None,
        )
        event_id = hashlib.sha256(line.encode()).hexdigest()
        return Notice(
            event_id=event_id,
            account=account,
            kind=told["STATUS"],
            subject=invoice,
            told=(expected_version,),
        )


def message(account, invoice, status):
    """What the provider posts."""
    line = f"INVOICE={invoice}:STATUS={status}:PAY_TIME=20261124120000:STAN=1:BCODE=0"
    lines, checksum = encoded([line], SECRETS[account])
    return {"ENCODED": lines, "CHECKSUM": checksum}
