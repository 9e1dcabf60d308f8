"""What people see who hold a notice, what staff do with it."""

import re
from io import BytesIO
from uuid import uuid4

import pytest

from obshto.billing.charges.models import Charge
from obshto.modules.payments.models import Bundle, Import, Kept, Obligation, Payer
from obshto.modules.payments.seeds import seed
from obshto.modules.payments.services.law import law_days
from obshto.platform.permissions import Role
from obshto.platform.privacy.services import erase_person, export_person

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/payments"


@pytest.fixture
def visitor(client, at):
    """Somebody who is not signed in."""

    class Visitor:
        def get(self, path, slug=VILLAGE):
            return client.get(path, base_url=at(slug))

        def send(self, path, **typed):
            """The form of a page, filled in as it stands."""
            html = self.get(path).text.partition("<main")[2]
            fields = dict(re.findall(r'type="hidden"[^>]* name="(\w+)"[^>]* value="([^"]*)"', html))
            fields |= dict(re.findall(r'name="(\w+)" type="hidden" value="([^"]*)"', html))
            return client.post(path, data=fields | typed, base_url=at(VILLAGE))

    return Visitor()


def notice(office, number=None):
    return f"/payments/notice/{office.code(number or office.owner)}"


def upload(finance, office, *lines, name="danaci.csv"):
    """The answer to a file that was sent."""
    page = f"{DESK}/files/new"
    [(address, fields)] = [form for form in finance.forms(page) if "request_id" in form[1]]
    return finance.post(address or page, fields | {"file": (office.csv(*lines), name)})


def path_of(answer):
    return answer.location.partition("?")[0]


def test_who_holds_a_notice_sees_what_is_owed_and_not_by_whom(office, visitor):
    office.bring_in(*office.year, office.line(thing="7121Н1001", part=0, due="30.06.2026"))
    answer = visitor.get(f"/payments/?code={office.code()}")
    assert answer.status_code == 303
    page = visitor.get(path_of(answer))
    assert page.status_code == 200 and "no-store" in page.headers["Cache-Control"]
    assert "Данък върху имот" in page.text and "Проба" not in page.text
    assert office.owner not in page.text and "7121Н1001" not in page.text and "1001" in page.text


def cents_in(page, label):
    """The sum beside a label, the last on the page."""
    text = re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ")
    found = re.findall(rf"{label}\D*?(\d+),(\d\d) €", text)
    return int("".join(found[-1]))


def test_rows_discount_and_total_add_up_before_the_eye(office, visitor):
    office.bring_in(*office.year)
    page = visitor.get(notice(office))
    rows = page.text.partition("<tbody")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    said = [re.sub(r"<[^>]+>|\xa0", " ", row) for row in rows]
    cents = [
        int("".join(re.findall(r"(−?)\s*(\d+),(\d\d)\s+€", row)[-1]).replace("−", "-"))
        for row in said
    ]
    *debts, whole, discount, total = cents
    assert "Отстъпка 5 %" in " ".join(said[-2].split()) and discount < 0
    assert sum(debts) == whole and whole + discount == total == cents_in(page, "Общо за плащане")


def test_what_is_overdue_stands_in_a_line_of_its_own_and_under_no_day_to_come(office, visitor):
    office.bring_in(
        *office.year, office.line(year=2026, thing="7121Н1001", part=1, due="30.03.2026")
    )
    office.set_rates("10,15")
    page = visitor.get(notice(office))
    overdue = cents_in(page, "Просрочени, платете ги сега")
    coming, less = cents_in(page, "С бъдещ срок"), cents_in(page, "Отстъпка")
    assert overdue > 6000 and overdue + coming - less == cents_in(page, "Общо за плащане")
    charge = visitor.get(office.choose().path)
    assert "Платете до" not in charge.text and "срокът е минал" in charge.text
    assert "7121Н1001" not in charge.text and "с край 1001" in charge.text.replace("\xa0", " ")


def test_nobody_is_found_by_a_personal_number(office, visitor):
    office.bring_in(*office.year)
    answer = visitor.get(f"/payments/?code={office.owner}")
    assert answer.status_code == 422 and "Не намираме" in answer.text


@pytest.mark.parametrize("typed", ["1", "000000000000000097", "х", "9" * 500])
def test_a_wrong_code_is_told_and_stays(office, visitor, typed):
    answer = visitor.get(f"/payments/?code={typed}")
    assert answer.status_code in (303, 422)
    assert visitor.get(f"/payments/notice/{typed}").status_code == 404


def test_the_code_of_a_single_charge_leads_to_its_page(office, visitor):
    office.bring_in(*office.year)
    office.choose()
    [charge] = office.all(Charge)
    answer = visitor.get(f"/payments/?code={charge.code}")
    assert visitor.get(answer.location).location.endswith(f"/pay/{charge.code}")


def test_the_notice_of_one_municipality_opens_nothing_in_another(office, visitor):
    office.bring_in(*office.year)
    assert visitor.get(notice(office), slug=NEIGHBOUR).status_code == 404


def test_the_discount_its_last_day_and_why_the_oldest_comes_first_are_told(office, visitor):
    office.bring_in(*office.year, office.line(year=2024, part=1, due="01.07.2024"))
    text = visitor.get(notice(office)).text
    assert "Отстъпка 5" in text and "Спестявате" in text
    assert f'datetime="{law_days("442100", office.next).discount_until}"' in text
    assert "Просрочено" in text and "Защо първо най-старото" in text


def test_everything_is_paid_by_one_press(office, visitor):
    office.bring_in(*office.year)
    answer = visitor.send(notice(office))
    [charge] = office.all(Charge)
    assert (answer.status_code, answer.location) == (303, f"/pay/{charge.code}")
    assert visitor.get(answer.location).status_code == 200 and charge.cents == 11400


def test_in_english_one_stays_in_english(office, visitor, client, at):
    office.bring_in(*office.year)
    page = f"/en{notice(office)}"
    html = visitor.get(page).text
    request_id = re.search(r'name="request_id" type="hidden" value="([^"]+)"', html)[1]
    told = {"request_id": request_id, "choice": "all"}
    token = re.search(r'name="csrf_token" [^>]*value="([^"]*)"', html)
    told |= {"csrf_token": token[1]} if token else {}
    assert client.post(page, data=told, base_url=at(VILLAGE)).location.startswith("/en/pay/")


def test_one_instalment_is_paid_alone(office, visitor):
    office.bring_in(*office.year)
    [one, _] = office.all(Obligation)
    assert visitor.send(notice(office), choice=str(one.id)).status_code == 303
    assert [charge.cents for charge in office.all(Charge)] == [6000]


@pytest.mark.parametrize("choice", ["", "nothing", "year-", "0190b3c4-0000-7000-8000-000000000000"])
def test_what_is_no_choice_is_told_and_charges_nothing(office, visitor, choice):
    office.bring_in(*office.year)
    assert visitor.send(notice(office), choice=choice).status_code == 422
    assert office.all(Charge) == []


def test_what_is_begun_and_what_is_paid_stands_on_the_notice(office, visitor):
    office.bring_in(*office.year)
    chosen = office.choose()
    assert "Довършете плащането" in visitor.get(notice(office)).text
    office.receive(chosen)  # the worker has not heard yet
    text = visitor.get(notice(office)).text
    assert f"{chosen.path}/receipt" in text and "Довършете плащането" not in text
    office.hear(chosen)
    assert "Няма нищо за плащане" in visitor.get(notice(office)).text
    assert visitor.get(f"{chosen.path}/receipt").status_code == 200


def test_more_obligations_ask_no_more_of_the_database(office, visitor, statements_of):
    office.bring_in(*office.year)
    page = notice(office)
    few = len(statements_of(lambda: visitor.get(page)))
    lines = [office.line(thing=str(n), part=1 + n % 2) for n in range(60)]
    office.bring_in(*lines)
    assert len(statements_of(lambda: visitor.get(page))) == few <= 14


def test_who_signs_in_keeps_a_notice_in_their_profile(office, sign_in, uow_in):
    office.bring_in(*office.year)
    me, somebody = sign_in(VILLAGE), sign_in(VILLAGE)
    page = notice(office)
    for _ in range(2):
        assert me.post(f"{page}/keep").status_code == 303
    assert page in me.get("/payments/").text and "120,00" in me.get("/payments/").text
    assert page not in somebody.get("/payments/").text
    with uow_in(VILLAGE) as uow:
        assert export_person(uow, me.person_id)["tax_notices"][0]["left_cents"] == 12000
        erase_person(uow, me.person_id)
        assert export_person(uow, me.person_id)["tax_notices"] == []
    assert me.press(page, to="/keep-no-more").status_code == 303
    assert page not in me.get("/payments/").text


def test_a_stranger_keeps_nothing(office, visitor, client, at):
    office.bring_in(*office.year)
    assert client.post(f"{notice(office)}/keep", base_url=at(VILLAGE)).status_code == 403
    assert office.all(Kept) == []
    assert "Запазете в профила" not in visitor.get(notice(office)).text


def test_the_notice_of_another_municipality_is_not_kept(office, sign_in):
    office.bring_in(*office.year)
    assert sign_in(NEIGHBOUR).post(f"{notice(office)}/keep").status_code == 404


def test_no_search_finds_anybody(office, visitor):
    office.bring_in(*office.year)
    assert "Проба Пробова" not in visitor.get("/search?q=Проба").text


def test_the_terms_of_the_year_are_for_everybody(office, visitor):
    assert "Срокове за" in visitor.get("/payments/").text


def test_a_file_is_looked_at_and_brought_in(office, finance):
    answer = upload(finance, office, *office.year)
    page = path_of(answer)
    assert "Нови задължения" in finance.get(answer.location).text and office.payers() == 0
    answer = finance.press(page, to="/apply")
    assert answer.status_code == 303 and office.payers() == 1
    assert "Отменете въвеждането" in finance.get(page).text


def test_a_file_with_a_wrong_row_names_it_and_offers_no_button(office, finance):
    page = path_of(upload(finance, office, *office.year, office.line(cents="много")))
    text = finance.get(page).text
    assert "Въведете сума с цифри" in text and "/apply" not in text
    [one] = office.all(Import)
    assert finance.post(f"{page}/apply", {"expected_version": one.version}).status_code == 422
    assert office.payers() == 0


@pytest.mark.parametrize("name", ["a.pdf", "a.csv", ""])
def test_what_is_no_file_is_told(office, finance, name):
    page = f"{DESK}/files/new"
    [(address, fields)] = [form for form in finance.forms(page) if "request_id" in form[1]]
    file = {"file": (BytesIO(b"%PDF-1.7 \x00"), name)} if name else {}
    answer = finance.post(address or page, {k: v for k, v in fields.items() if k != "file"} | file)
    assert answer.status_code == 422 and office.all(Import) == []


def test_undoing_asks_first(office, finance):
    import_id = office.bring_in(*office.year)
    page = f"{DESK}/files/{import_id}/undo"
    assert finance.press(page).status_code == 303
    assert office.all(Obligation) == []


def test_the_codes_are_taken_away_for_the_notices(office, finance):
    import_id = office.bring_in(*office.year)
    file = finance.get(f"{DESK}/files/{import_id}/codes.csv")
    assert "no-store" in file.headers["Cache-Control"]
    line = file.get_data().decode("utf-8-sig").splitlines()[1]
    number, name, code, left = line.split(";")
    assert (number, name, left) == (office.owner, "Проба Пробова", "120,00")
    assert code.replace(" ", "") == office.code()


def test_a_payer_reads_that_staff_saw_what_a_file_would_change(office, finance, owner):
    """Once a sitting, and only of who stands there with a sum that is stored."""
    office.bring_in(*office.year)
    office.bring_in(office.line(number=office.other))
    changed, same = office.line(part=1, cents="70,00"), office.line(number=office.other)
    import_id = office.read(changed, same, office.line(number=office.company))
    looks = "select purpose, object_id, kinds from t_gorno_selo.purposes_look"
    assert owner(looks) == []
    for _ in range(2):
        assert "70,00" in finance.get(f"{DESK}/files/{import_id}").text
    [payer] = office.all(Payer, Payer.code == office.code())
    assert owner(looks) == [("review", payer.id, ["name", "money", "property"])]


def test_all_that_a_file_would_change_is_taken_away_and_the_payer_reads_of_it(
    office, finance, clerk, owner
):
    office.bring_in(*office.year)
    other = office.line(number=office.other, cents="10,00")
    import_id = office.read(office.line(part=1, cents="70,00"), office.line(part=2), other)
    page = f"{DESK}/files/{import_id}"
    assert f'href="{page}/changes.csv"' in finance.get(page).text
    file = finance.get(f"{page}/changes.csv")
    assert "no-store" in file.headers["Cache-Control"]
    head, *lines = file.get_data().decode("utf-8-sig").splitlines()
    assert head.startswith("Ред;ЕГН или ЕИК;Име")
    [cells] = [line.split(";") for line in lines]
    assert cells[:4] == ["2", office.owner, "Проба Пробова", "442100"]
    assert cells[6:9] == ["1", "60,00", "70,00"]
    looked = owner("select count(*) from t_gorno_selo.purposes_look where purpose = 'changes'")
    assert looked == [(1,)]
    assert clerk.get(f"{page}/changes.csv").status_code == 403


def test_what_was_paid_goes_back_to_the_tax_program(office, finance):
    office.bring_in(*office.year)
    office.pay(office.choose())
    lines = finance.get(f"{DESK}/paid.csv").get_data().decode("utf-8-sig").splitlines()[1:]
    sums = sorted(tuple(line.split(";")[4:8]) for line in lines)
    assert sums == [("1", "60,00", "0,00", "0,00"), ("2", "54,00", "0,00", "6,00")]


def test_the_counter_finds_by_code_and_by_number_and_goes_on_to_the_drawer(office, clerk):
    office.bring_in(*office.year)
    for said in (office.code(), office.owner):
        answer = clerk.get(f"{DESK}/?q={said}")
        assert answer.status_code == 303
    page = path_of(answer)
    assert "Проба Пробова" in clerk.get(page).text
    answer = clerk.press(page)
    [charge] = office.all(Charge)
    assert answer.location == f"/console/billing/counter/{charge.id}"
    assert clerk.press(answer.location).status_code == 303
    [bundle] = office.all(Bundle)
    office.hear(bundle)
    assert sum(office.owed().values()) == 0


def test_who_looks_somebody_up_by_number_stands_in_the_log(office, clerk, owner):
    office.bring_in(*office.year)
    told = "select count(*) from t_gorno_selo.audit_entry where act = 'payments:payer.looked-up'"
    clerk.get(f"{DESK}/?q={office.code()}")
    assert owner(told) == [(0,)]
    clerk.get(f"{DESK}/?q={office.owner}")
    assert owner(told) == [(1,)]


def test_who_takes_a_list_away_has_looked_at_each_payer_on_it(office, finance, owner, caplog):
    import_id = office.bring_in(*office.year)
    office.pay(office.choose())
    looks = "select distinct purpose, object_id from t_gorno_selo.purposes_look order by purpose"
    [payer] = office.all(Payer)
    for _ in range(2):
        for page in (f"files/{import_id}", f"files/{import_id}/codes.csv", "paid.csv"):
            assert finance.get(f"{DESK}/{page}").status_code == 200
    told = [(word, payer.id) for word in ("import", "notices", "paid")]
    assert owner(looks) == told
    assert owner("select count(*) from t_gorno_selo.purposes_look") == [(3,)]
    assert "without a recorded look" not in caplog.text


def test_the_paper_notice_bears_the_code_and_the_address(office, clerk):
    office.bring_in(*office.year)
    [payer] = office.all(Payer)
    text = clerk.get(f"{DESK}/payers/{payer.id}/paper").text
    assert notice(office) in text and "<svg" in text


def test_who_may_only_find_brings_nothing_in(office, clerk):
    import_id = office.read(*office.year)
    for path in ("/files/new", f"/files/{import_id}", "/terms", "/paid.csv", "/files/example.csv"):
        assert clerk.get(f"{DESK}{path}").status_code == 403
    assert clerk.post(f"{DESK}/files/{import_id}/apply", {"expected_version": 1}).status_code == 403
    assert "Качете файл" not in clerk.get(f"{DESK}/").text


def test_who_has_another_role_sees_nothing(office, sign_in):
    office.bring_in(*office.year)
    assert sign_in(VILLAGE, Role.EDITOR).get(f"{DESK}/").status_code == 403


def test_the_municipality_sets_its_own_days(office, finance, visitor):
    page = f"{DESK}/terms/{office.next}/442400"
    typed = {"first": ["30", "6", str(office.next)], "percent": "10"}
    assert post_days(finance, page, **typed).status_code == 422  # until when?
    typed["until"] = ["31", "3", str(office.next)]
    assert post_days(finance, page, **typed).status_code == 303
    assert post_days(finance, page, **typed).status_code == 303
    office.bring_in(office.line(kind="442400", part=0))
    assert "Отстъпка 10" in visitor.get(notice(office)).text


def test_the_discount_of_a_tax_is_that_of_the_law(office, finance):
    page = f"{DESK}/terms/{office.next}/442100"
    until = ["30", "4", str(office.next)]
    for percent in ("0", "4", "10"):
        refused = post_days(finance, page, percent=percent, until=until)
        assert refused.status_code == 422 and "отстъпка 5 на сто" in refused.text.replace(
            "\xa0", " "
        )
        assert f'value="{percent}"' in refused.text
    assert post_days(finance, page, percent="5", until=until).status_code == 303


def test_days_that_a_colleague_has_set_meanwhile_are_not_written_over(office, finance):
    page = f"{DESK}/terms/{office.next}/442400"
    assert post_days(finance, page, percent="4", until=["1", "3", "2026"]).status_code == 303
    stale = post_days(finance, page, percent="3", until=["1", "3", "2026"], expected_version="0")
    assert stale.status_code == 422 and "Междувременно" in stale.text


@pytest.mark.parametrize("path", ["0/442100", "99999999999/442100", "2026/x", "2026/%00"])
def test_days_of_no_year_or_kind_are_not_there(office, finance, path):
    assert finance.get(f"{DESK}/terms/{path}").status_code in (404, 400)


def test_the_rate_that_is_missing_is_entered_and_the_notice_reckons_with_it(
    office, finance, visitor
):
    office.bring_in(office.line(year=2026, part=1, due="30.03.2026"))
    page = notice(office)
    assert "не е включена" in visitor.get(page).text
    office.set_rates("9,99")
    rate = f"{DESK}/rates/2026/2"
    assert finance.press(rate, percent="много").status_code == 422
    assert finance.press(rate, percent="10,15").status_code == 303
    assert finance.press(rate, percent="10,15").status_code == 303
    assert "10,15" in finance.get(f"{DESK}/rates").text
    assert "не е включена" not in visitor.get(page).text
    stale = finance.press(rate, percent="1,00", expected_version="0")
    assert stale.status_code == 422 and "Междувременно" in stale.text


@pytest.mark.parametrize("path", ["2026/3", "0/1", "99999999/1"])
def test_there_is_no_rate_of_no_half_year(office, finance, path):
    assert finance.get(f"{DESK}/rates/{path}").status_code == 404


def post_days(finance, page, **typed):
    [(address, fields)] = [form for form in finance.forms(page) if "expected_version" in form[1]]
    empty = dict.fromkeys(("first", "second", "third", "fourth", "until"), ["", "", ""])
    return finance.post(address or page, fields | empty | typed)


def test_a_file_names_who_brought_it_until_they_are_erased(office, finance, uow_in):
    upload(finance, office, *office.year)
    with uow_in(VILLAGE) as uow:
        assert export_person(uow, finance.person_id)["tax_files"][0]["rows"] == 2
        erase_person(uow, finance.person_id)
        uow.commit()
    assert [(one.read_by, one.read_by_id) for one in office.all(Import)] == [("", None)]


def test_the_demonstration_shows_each_state_and_is_seeded_once(app, office):
    office.furnish_with("442300")
    for _ in range(2):
        with app.app_context(), office.open_uow() as uow:
            seed(uow)
    assert sorted(one.state for one in office.all(Import)) == ["done", "read", "read"]
    assert len(office.all(Bundle)) == 1


def test_nothing_is_called_done_above_what_must_be_mended(office, finance):
    """A file with a wrong row was read, and that is no news to be glad of."""
    for lines, is_well in ((office.year, True), ((office.line(number="1"),), False)):
        form = {"request_id": uuid4(), "file": (office.csv(*lines), "danaci.csv")}
        sent = finance.post(f"{DESK}/files/new", form)
        page = finance.get(sent.location).text
        assert ("notification-banner--success" in page) is is_well
        assert ("Поправете редовете" in page) is not is_well
