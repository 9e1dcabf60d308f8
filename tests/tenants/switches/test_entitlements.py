"""What may be switched on where nobody keeps plans."""

from obshto.tenants.ports import ENTITLEMENTS, NoEntitlements, entitlements


def test_without_a_keeper_of_plans_everything_is_allowed_and_nothing_is_paid(app, monkeypatch):
    monkeypatch.delitem(app.extensions, ENTITLEMENTS)
    with app.app_context():
        default = entitlements()
        assert isinstance(default, NoEntitlements)
        assert default.outside(None, "kula", {"news"}) == ("", frozenset())
        assert default.quote(None, "kula", {"news"}) is None
