"""What gunicorn serves."""

import logging

from obshto.ops.config import read_config
from obshto.ops.gc_tuning import gc_frozen

config = read_config()
if config.is_production:  # a line a request is for a collector of logs, not for a terminal
    logging.basicConfig(level=logging.INFO, format="%(message)s")
with gc_frozen():
    from obshto.ops.compose import compose
    from obshto.ops.pooler import refuse_pooler
    from obshto.ops.preparation import tell_preparation
    from obshto.platform.web.fragments import share_fragments

    refuse_pooler(config)
    app = compose(config, threads=config.web_threads)
    tell_preparation(app, config)
    share_fragments(app)
