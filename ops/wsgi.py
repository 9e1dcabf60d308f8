"""What gunicorn serves."""

import logging

from obshto.ops.compose import compose
from obshto.ops.config import read_config

config = read_config()
if config.is_production:  # a line a request is for a collector of logs, not for a terminal
    logging.basicConfig(level=logging.INFO, format="%(message)s")
app = compose(config)
