"""A mutant of the application: what was counted lies open beside who was counted last."""

from obshto.modules.polls.services import tally
from obshto.ops.compose import compose
from obshto.ops.config import read_config

tally.seal_for = lambda column, row_id, text: text.encode()
tally.open_for = lambda column, row_id, kept: bytes(kept).decode()
app = compose(read_config())
