"""A mutant of the application: it takes each answer for that of somebody new."""

import os

from obshto.modules.polls import citizen
from obshto.modules.polls.services.ballots import Names
from obshto.ops.compose import compose
from obshto.ops.config import read_config

citizen._names = lambda poll, token: Names([os.urandom(32)])
app = compose(read_config())
