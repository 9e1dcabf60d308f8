"""What gunicorn serves."""

import logging

from obshto.ops.config import read_config
from obshto.ops.gathering import at_rest

config = read_config()
if config.is_production:  # a line a request is for a collector of logs, not for a terminal
    logging.basicConfig(level=logging.INFO, format="%(message)s")
with at_rest():
    from obshto.ops.compose import compose

    app = compose(config)
