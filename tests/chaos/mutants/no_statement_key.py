"""A mutant of the application: it forgets that it has read this file of the bank before."""

from uuid import uuid4

from obshto.billing.statements import bank_files
from obshto.ops.compose import compose
from obshto.ops.config import read_config

_read = bank_files.read_statement


def read_statement(uow, stream, *, name, request_id):
    """As if the form of the file had no id."""
    return _read(uow, stream, name=name, request_id=uuid4())


bank_files.read_statement = read_statement
app = compose(read_config())
