"""What gunicorn serves."""

from obshto.ops.compose import compose
from obshto.ops.config import read_config

app = compose(read_config())
