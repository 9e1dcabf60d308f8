"""`obshto mail`: what an operator sees and sets about a municipality's letters."""

import pytest


@pytest.fixture(scope="module")
def kula(house_of_commands):
    house_of_commands.done("tenants", "add", "kula", "--name", "Кула", "--modules", "")
    yield house_of_commands
    house_of_commands.empty()


def told(answer):
    """The numbers by their word."""
    return dict(line.split(maxsplit=1) for line in answer.splitlines() if line[:1].islower())


def test_the_outbox_is_told_by_state(kula):
    shown = told(kula.done("mail", "outbox", "kula"))
    assert shown["budget"] == "5000" and shown["waiting"] == shown["refused"] == "0"
    assert shown["prompt"] == "100.00 %"


def test_a_budget_and_a_trial_are_set_and_stand_in_the_log(kula):
    answer = kula.done("mail", "outbox", "kula", "--a-day", "70", "--only-to-staff")
    assert told(answer)["budget"] == "70" and "Only staff get letters." in answer
    kula.done("mail", "outbox", "kula", "--a-day", "70", "--only-to-staff")
    answer = kula.done("mail", "outbox", "kula", "--to-everybody")
    assert told(answer)["budget"] == "70" and "Only staff" not in answer
    acts = "select detail->>'keys' from t_kula.audit_entry where act = 'settings:value.changed'"
    acts += " order by seq"
    assert [keys for (keys,) in kula.owner(acts)] == [
        "letters_a_day, only_to_staff",
        "only_to_staff",
    ]


def test_a_stranger_and_a_budget_of_nothing_are_refused(kula):
    assert "There is no municipality narnia" in kula.refused("mail", "outbox", "narnia")
    assert kula("mail", "outbox", "kula", "--a-day", "0").returncode == 2
