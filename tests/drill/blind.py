"""A mutant of the application: it does not ask what a form had seen of the item."""

from obshto.modules.news import services
from obshto.ops.compose import compose
from obshto.ops.config import read_config

_change = services._change


def change(work, item, seen):
    """As if every form had seen the item as it is."""
    _change(work, item, item.version)


services._change = change
app = compose(read_config())
