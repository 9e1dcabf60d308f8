"""`obshto operators`: the first person of the region's team has nobody to let them in."""

import json
from dataclasses import replace

from obshto.ops.compose import identity_book

EMAIL = "maria@villages.example"


def test_somebody_is_asked_taken_in_and_let_go(obshto):
    command = ("operators", "add", EMAIL, "--name", "Мария Иванова")
    assert "There is nobody yet" in obshto.done("operators", "list")
    assert "was asked to choose a password" in obshto.done(*command)
    with identity_book(obshto.config).changing() as contents:
        [invited] = [one for one in contents.accounts.values() if one.email == EMAIL]
        contents.accounts[invited.subject] = replace(invited, has_answered=True)
    for _ in range(2):
        assert "is of the team and signs in at http://ops.localhost" in obshto.done(*command)
    [one] = json.loads(obshto.done("operators", "list", "--json"))
    assert (one["name"], one["email"]) == ("Мария Иванова", EMAIL)
    assert "no longer" in obshto.done("operators", "remove", EMAIL)
    assert "is not of the team" in obshto.refused("operators", "remove", EMAIL)
    typo = ("operators", "add", "mraia@villages.example", "--name", "Мария")
    assert "was asked to choose a password" in obshto.done(*typo)
    assert "the invitation is taken back" in obshto.done("operators", "remove", typo[2])
    assert "is not of the team" in obshto.refused("operators", "remove", typo[2])
    acts = "SELECT act FROM shared.audit_entry WHERE act LIKE '%regional%' ORDER BY seq"
    assert [row[0].rpartition(".")[2] for row in obshto.owner(acts)] == ["given", "taken"]


def test_what_is_no_address_is_refused(obshto):
    assert "is no address" in obshto.refused("operators", "add", "мария", "--name", "Мария")
