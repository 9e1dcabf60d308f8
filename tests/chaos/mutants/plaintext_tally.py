"""A mutant of the application: what was counted stands readable beside who was counted last."""

from obshto.modules.polls.services import ballots
from obshto.modules.polls.services.tally import with_one_more
from obshto.ops.compose import compose
from obshto.ops.config import read_config


def told(poll, answers, channel):
    chosen = {option.hex: 1 for option in answers.options}
    return with_one_more(poll, answers, channel) | {"counted": {channel: chosen}}


ballots.with_one_more = told
app = compose(read_config())
