"""How people sign in: each step of the flow, as Keycloak is to hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from obshto.sso.keycloak.plan import REALM
from obshto.sso.keycloak.realm import REMEMBERED

EVERYBODY = f"default-roles-{REALM}"  # a role that each account has
# How long a proof counts, in seconds. The first level is as old as the session may be.
FIRST_LEVEL, SECOND_LEVEL = REMEMBERED, 300


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a flow: an authenticator of Keycloak, or a flow inside with steps of its own."""

    name: str
    requirement: str
    config: dict[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


def one_of(name: str, *steps: Step) -> Step:
    return Step(name, "ALTERNATIVE", steps=steps)


def only_if(name: str, *steps: Step) -> Step:
    """The first steps are conditions."""
    return Step(name, "CONDITIONAL", steps=steps)


def required(name: str, **config: str) -> Step:
    return Step(name, "REQUIRED", {key.replace("_", "-"): value for key, value in config.items()})


def level(number: int, seconds: int) -> Step:
    """Whether this level is asked for, and not proven within these seconds."""
    return required(
        "conditional-level-of-authentication",
        loa_condition_level=str(number),
        loa_max_age=str(seconds),
    )


def flat(steps: tuple[Step, ...], depth: int = 0) -> Iterator[tuple[int, Step]]:
    """Each step with how deep it lies, as Keycloak lists them."""
    for step in steps:
        yield depth, step
        yield from flat(step.steps, depth + 1)


# A passkey is itself two factors; who used one just now is not asked for another thing.
PASSKEY = "webauthn-passwordless"
WITHOUT_PASSKEY = required("conditional-credential", credentials=PASSKEY)
WITH_PASSKEY = required("conditional-credential", credentials=PASSKEY, included="true")

# Who is signed in already and asks for their organizations: Keycloak's cookie step leaves these to
# its organization step. That one asks strangers for a name on a page of its own, hence the role.
SIGNED_IN = one_of(
    "obshto signed in",
    only_if(
        "obshto somebody signed in",
        Step("conditional-user-role", "REQUIRED", {"condUserRole": EVERYBODY}),
        Step("organization", "ALTERNATIVE"),
    ),
)
# Two conditional flows and not two alternatives: where none of some alternatives is set up,
# Keycloak says "wrong password"; a required step leads people to set it up.
HAS_SECOND_FACTOR = "obshto second factor"
SIGNING_IN = one_of(
    "obshto sign-in",
    only_if(
        "obshto level 1",
        level(1, FIRST_LEVEL),
        required("auth-username-password-form"),
    ),
    only_if(
        "obshto level 2",
        level(2, SECOND_LEVEL),
        only_if("obshto passkey", WITH_PASSKEY, required("allow-access-authenticator")),
        only_if(
            HAS_SECOND_FACTOR,
            required("conditional-user-configured"),
            WITHOUT_PASSKEY,
            Step("webauthn-authenticator-passwordless", "ALTERNATIVE"),
            Step("auth-otp-form", "ALTERNATIVE"),
        ),
        only_if(
            "obshto first second factor",
            Step(
                "conditional-sub-flow-executed",
                "REQUIRED",
                {"flow_to_check": HAS_SECOND_FACTOR, "check_result": "not-executed"},
            ),
            WITHOUT_PASSKEY,
            required("auth-otp-form"),
        ),
    ),
)
BROWSER = (
    Step("auth-cookie", "ALTERNATIVE"),
    Step("identity-provider-redirector", "ALTERNATIVE"),
    SIGNED_IN,
    SIGNING_IN,
)
# Keycloak's own way to a new password sets up new codes as well, for whoever reads the letter: a
# mailbox would be worth both factors. Ours asks for the code that somebody has. Whose phone is lost
# asks their administrator.
RESET = (
    required("reset-credentials-choose-user"),
    required("reset-credential-email"),
    required("reset-password"),
    only_if(
        "obshto code before a new password",
        required("conditional-user-configured"),
        required("auth-otp-form"),
    ),
)
