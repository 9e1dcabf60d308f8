"""Thoroughness: `make test` is one honest pass of everything, `make test-all` takes its time."""

import os

IS_THOROUGH = os.environ.get("TEST_ALL") == "1"
