"""Contract of one part: `CONTRACT_OF=news` asks what that part owes, and of no other."""

import os

ONLY = os.environ.get("CONTRACT_OF", "")
