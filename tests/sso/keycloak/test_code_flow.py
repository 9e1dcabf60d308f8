"""The one way that is open, and those that are shut."""


def test_a_code_without_its_verifier_is_refused(walker, make_person):
    person, browser = make_person(), walker()
    arrival = browser.ask().send(username=person.email, password=person.password)
    assert browser.redeem(arrival, code_verifier="x" * 43).status_code == 400


def test_a_code_serves_once(walker, make_person):
    person, browser = make_person(), walker()
    arrival = browser.ask().send(username=person.email, password=person.password)
    assert browser.redeem(arrival).status_code == 200
    assert browser.redeem(arrival).status_code == 400


def test_without_a_challenge_nobody_gets_a_code(walker):
    said = walker().ask(code_challenge=None, code_challenge_method=None).said
    assert said["error"] == "invalid_request"
    assert said["error_description"] == "Missing parameter: code_challenge_method"


def test_a_plain_challenge_is_refused(walker):
    assert walker().ask(code_challenge_method="plain").said["error"] == "invalid_request"


def test_another_address_to_return_to_is_refused(walker):
    for address in (
        "http://login.localhost:8000/callback/",
        "http://login.localhost:8000/callback?x=1",
        "http://kula.localhost:8000/callback",
    ):
        page = walker().ask(redirect_uri=address)
        assert page.status == 400, address


def test_implicit_and_password_grants_are_shut(walker, make_person):
    assert walker().ask(response_type="id_token token").said["error"] == "unauthorized_client"
    person, browser = make_person(), walker()
    answer = browser.session.post(
        browser.meta["token_endpoint"],
        auth=browser.client,
        data={"grant_type": "password", "username": person.email, "password": person.password},
    )
    assert answer.json()["error"] == "unauthorized_client"
