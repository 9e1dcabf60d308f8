"""The line about signing in: how many tests each identity provider stood in the last run.

Exit code 1 when Keycloak stood none, whatever else was well.
"""

import json
import sys
from pathlib import Path

COUNTED = Path(".pytest_cache/v/obshto/sign-in")

stood = json.loads(COUNTED.read_text()) if COUNTED.exists() else {}
same, real, alone = (stood.get(name, 0) for name in ("embedded", "keycloak", "keycloak_alone"))
print(
    f"Signing in: {same} tests with the embedded provider,"
    f" {real} of the same with Keycloak, {alone} of Keycloak alone."
)
sys.exit(0 if real and alone else 1)
