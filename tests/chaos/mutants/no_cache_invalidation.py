"""A mutant of the application: the page cache does not hear that something has changed."""

from dataclasses import replace

from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.tenants.municipalities.lookup import HostReader

_read = HostReader.__call__


def read(self, label):
    """The host's row as it is, under the version that it had at first."""
    row = _read(self, label)
    return row and replace(row, version=1, stamp="")


HostReader.__call__ = read
app = compose(read_config())
