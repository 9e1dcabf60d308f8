"""The line about signing in: how many tests each identity provider stood in the last run.

Exit code 1 when Keycloak stood none, whatever else was well.
"""

import json
import os
import sys
from pathlib import Path

COUNTED = Path(".pytest_cache/v/obshto/sign-in")

stood = json.loads(COUNTED.read_text()) if COUNTED.exists() else {}
same, real, alone = (stood.get(name, 0) for name in ("embedded", "keycloak", "keycloak_alone"))
others = "" if os.environ.get("TEST_ALL") == "1" else " (all of them: `make test-all`)"
print(
    f"Signing in: {same} tests with the embedded provider,"
    f" {real} of the same with Keycloak{others}, {alone} of Keycloak alone."
)
sys.exit(0 if real and alone else 1)
