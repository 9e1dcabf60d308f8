"""A mutant of the application: nobody asks whether a server that is silent still lives."""

from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.db import watched_connection

watched_connection.SILENT = 10_000
app = compose(read_config())
