"""What this room needs of rooms above it: declared here, supplied at composition."""

from obshto.tenants.ports.members import (
    DIRECTORY,
    Credential,
    CredentialKind,
    Directory,
    DirectoryUnavailable,
    Failure,
    Member,
    NoDirectory,
    Trouble,
    directory,
)
from obshto.tenants.ports.money import (
    CASHIER,
    Bill,
    Cashier,
    CashierUnavailable,
    Line,
    NoCashier,
    Payer,
    cashier,
)
from obshto.tenants.ports.plans import (
    ENTITLEMENTS,
    Entitlements,
    NoEntitlements,
    Quote,
    entitlements,
)

__all__ = [
    "Bill",
    "CASHIER",
    "Cashier",
    "CashierUnavailable",
    "DIRECTORY",
    "Directory",
    "DirectoryUnavailable",
    "ENTITLEMENTS",
    "Entitlements",
    "Failure",
    "Line",
    "Member",
    "NoCashier",
    "NoDirectory",
    "NoEntitlements",
    "Payer",
    "Quote",
    "Trouble",
    "Credential",
    "CredentialKind",
    "cashier",
    "directory",
    "entitlements",
]
