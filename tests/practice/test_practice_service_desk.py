"""Service desks, request types, organizations, customers, and people on the platform's side."""

from typing import Any

import pytest

from ptodesk_gui.practice import PracticeDesk

EXPERIMENTAL = {"X-ExperimentalApi": "opt-in"}


@pytest.fixture
def base(http: Any) -> str:
    return f"/rest/servicedeskapi/servicedesk/{http.desk_id()}"


def test_the_request_type_is_not_on_the_first_page(http: Any, base: str) -> None:
    first = http.get(f"{base}/requesttype", params={"limit": 100})
    assert first["isLastPage"] is False
    assert "PTO/M3 delay" not in [kind["name"] for kind in first["values"]]
    assert (first["limit"], first["size"], first["start"]) == (15, 15, 0)
    assert "PTO/M3 delay" in [kind["name"] for kind in http.everything(f"{base}/requesttype")]


def test_the_links_of_a_page_lead_to_the_next_and_keep_the_query(http: Any, base: str) -> None:
    page = http.get(f"{base}/requesttype", params={"searchQuery": "question", "limit": 3, "start": 3})
    following = page["_links"]["next"].removeprefix(http.desk.url)
    assert http.get(following)["start"] == 6
    assert "searchQuery=question" in following
    assert "start=0" in page["_links"]["prev"]
    last = http.get(f"{base}/requesttype", params={"searchQuery": "PTO/M3"})
    assert [kind["name"] for kind in last["values"]] == ["PTO/M3 delay"]
    assert last["isLastPage"] is True
    assert "next" not in last["_links"]


def test_organizations_come_on_several_pages(http: Any, base: str) -> None:
    assert http.get(f"{base}/organization")["isLastPage"] is False
    names = [o["name"] for o in http.everything(f"{base}/organization")]
    assert len(names) == len(set(names)) > 45
    assert {"Top_Electric", "Blue_Hammer", "Stronger_Electric"} <= set(names)
    assert "Sample_Company_Elsewhere" not in names


def test_creating_an_organization_that_exists_gives_the_existing_one(http: Any) -> None:
    first = http.post("/rest/servicedeskapi/organization", {"name": "Sample_New"})
    assert http.post("/rest/servicedeskapi/organization", {"name": "Sample_New"})["id"] == first["id"]


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": " "}, {"name": 7}, {"name": "x" * 201}, {"name": "x", "id": 1}]
)
def test_organizations_without_a_proper_name_are_refused(http: Any, body: object) -> None:
    answer = http.post("/rest/servicedeskapi/organization", body, 400)
    assert set(answer) == {"errorMessage", "i18nErrorMessage"}


def test_adding_an_organization_twice_is_204_both_times(http: Any, base: str) -> None:
    new = int(http.post("/rest/servicedeskapi/organization", {"name": "Sample_New"})["id"])
    for _ in range(2):
        http.post(f"{base}/organization", {"organizationId": new}, 204)
    assert [o["id"] for o in http.everything(f"{base}/organization")].count(str(new)) == 1
    http.post(f"{base}/organization", {"organizationId": 99_999}, 404)
    http.post(f"{base}/organization", {"organizationId": "x"}, 400)


def test_organizations_that_agents_must_not_create_are_403(http: Any) -> None:
    http.desk.switches.organizations_creatable = False
    http.post("/rest/servicedeskapi/organization", {"name": "Sample_New"}, 403)


def test_the_customer_list_is_experimental(http: Any, base: str) -> None:
    answer = http.ask("GET", f"{base}/customer")
    assert answer.status_code == 412
    assert "X-ExperimentalApi" in answer.json()["errorMessage"]
    assert http.get(f"{base}/customer", headers=EXPERIMENTAL)["size"] == 6


def test_customers_are_found_by_address_and_by_name(http: Any, base: str) -> None:
    found = http.everything(f"{base}/customer", query="JANE@example.com")
    assert [person["emailAddress"] for person in found] == ["jane@example.com"]
    assert len(http.everything(f"{base}/customer", query="doe")) == 2
    assert http.everything(f"{base}/customer", query="nobody@example.com") == []


def test_a_new_customer_is_on_a_desk_after_being_added(http: Any, base: str) -> None:
    made = http.post("/rest/servicedeskapi/customer", {"email": "new@example.com", "displayName": "New (sample)"})
    assert http.everything(f"{base}/customer", query="new@example.com") == []
    http.post(f"{base}/customer", {"accountIds": [made["accountId"]]}, 204)
    assert http.customer("new@example.com") == made["accountId"]
    assert (
        http.issue(http.create(reporter={"accountId": made["accountId"]}))["fields"]["reporter"]["displayName"]
        == "New (sample)"
    )


def test_customers_that_do_not_exist_are_400_and_the_others_are_added(http: Any, base: str) -> None:
    made = http.post("/rest/servicedeskapi/customer", {"email": "new@example.com"})["accountId"]
    http.post(f"{base}/customer", {"accountIds": ["nobody", made]}, 400)
    assert http.customer("new@example.com") == made


@pytest.mark.parametrize("email", ["", "jane", "jane@", "a b@example.com", "jane@example", "<x@example.com>"])
def test_a_customer_without_a_proper_address_is_refused(http: Any, email: str) -> None:
    http.post("/rest/servicedeskapi/customer", {"email": email, "displayName": "x"}, 400)


def test_a_customer_who_exists_is_refused(http: Any) -> None:
    body = {"email": "Jane@Example.com", "displayName": "Jane again"}
    http.post("/rest/servicedeskapi/customer", body, 400)
    http.post("/rest/servicedeskapi/customer?strictConflictStatusCode=true", body, 409)


def test_a_desk_can_refuse_agents_to_create_customers(http: Any) -> None:
    http.desk.switches.customers_creatable = False
    answer = http.post("/rest/servicedeskapi/customer", {"email": "new@example.com"}, 403)
    assert "administrator" in answer["errorMessage"]
    path = f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/customer"
    http.post(path, {"accountIds": [http.customer("jane@example.com")]}, 403)


def test_addresses_can_be_hidden(http: Any, base: str) -> None:
    http.desk.switches.emails_hidden = True
    (jane,) = http.everything(f"{base}/customer", query="jane@example.com")
    assert "emailAddress" not in jane
    assert "emailAddress" not in http.get("/rest/api/3/user/search", params={"query": "jane"})[0]
    assert http.get("/rest/api/3/myself")["emailAddress"] == http.desk.account.email


@pytest.mark.parametrize("wanted", ["0", "99", "projectKey:FIN", "x"])
def test_a_service_desk_that_is_not_there_is_404(http: Any, wanted: str) -> None:
    answer = http.ask("GET", f"/rest/servicedeskapi/servicedesk/{wanted}/requesttype")
    assert answer.status_code == 404
    assert set(answer.json()) == {"errorMessage", "i18nErrorMessage"}


def test_a_service_desk_is_also_found_by_its_project(http: Any) -> None:
    assert http.get("/rest/servicedeskapi/servicedesk/projectKey:PTO")["id"] == http.desk_id()


def test_who_is_no_agent_of_the_desk_is_403(http: Any, base: str) -> None:
    http.desk.switches.denied.add(("SERVICEDESK_AGENT", "PTO"))
    for path in ("organization", "customer"):
        assert http.ask("GET", f"{base}/{path}", headers=EXPERIMENTAL).status_code == 403
    http.post(f"{base}/organization", {"organizationId": 1}, 403)


def test_people_are_found_by_the_beginning_of_a_word_or_address(http: Any) -> None:
    def found(path: str, **params: Any) -> list[str]:
        return [p["displayName"] for p in http.get(f"/rest/api/3/user/{path}", params=params)]

    assert found("search", query="haug") == found("search", query="jessica.h") == ["Jessica Hauger"]
    assert found("search", query="essica") == []
    assert "Jane Doe (sample)" in found("search", query="jane@example.com")
    assert found("assignable/search", query="jane@example.com", project="PTO") == []
    assert found("assignable/search", query="Jessica Hauger", project="PTO") == ["Jessica Hauger"]
    assert len(found("search", query="", maxResults=2, startAt=1)) == 2


@pytest.mark.parametrize("params", [{}, {"query": "a", "accountId": "b"}, {"query": "a", "startAt": "x"}])
def test_people_searches_of_the_wrong_form_are_400(http: Any, params: Any) -> None:
    assert http.ask("GET", "/rest/api/3/user/search", params=params).status_code == 400
    assert http.ask("GET", "/rest/api/3/user/assignable/search", params={"query": "a"}).status_code == 400


def test_permissions_follow_the_project(http: Any) -> None:
    http.desk.switches.denied.add(("CREATE_ISSUES", "EBH"))

    def has(**params: str) -> dict[str, bool]:
        shown = http.get("/rest/api/3/mypermissions", params={"permissions": "CREATE_ISSUES,ADMINISTER", **params})
        return {key: value["havePermission"] for key, value in shown["permissions"].items()}

    assert has(projectKey="PTO") == {"CREATE_ISSUES": True, "ADMINISTER": False}
    assert has(projectKey="EBH")["CREATE_ISSUES"] is False
    assert has()["CREATE_ISSUES"] is True
    assert http.ask("GET", "/rest/api/3/mypermissions").status_code == 400
    assert http.ask("GET", "/rest/api/3/mypermissions", params={"permissions": "NONSENSE"}).status_code == 400
    params = {"permissions": "CREATE_ISSUES", "projectKey": "NOPE"}
    assert http.ask("GET", "/rest/api/3/mypermissions", params=params).status_code == 404


def test_the_numbers_of_fields_and_types_differ_from_desk_to_desk(http: Any, tmp_path: Any) -> None:
    def numbers(client: Any) -> list[str]:
        kinds = client.everything(f"/rest/servicedeskapi/servicedesk/{client.desk_id()}/requesttype")
        links = client.get("/rest/api/3/issueLinkType")["issueLinkTypes"]
        fields = client.get("/rest/api/3/field")
        return [thing["id"] for thing in [*kinds, *links, *fields]]

    with PracticeDesk(tmp_path / "other") as other:
        client = type(http)(other, *other.account)
        assert numbers(client) != numbers(http)
        client.session.close()


def test_fields_are_known_by_their_schema(http: Any) -> None:
    custom = {f["schema"].get("custom"): f for f in http.get("/rest/api/3/field")}
    assert custom["com.atlassian.servicedesk:vp-origin"]["name"] == "Request Type"
    organizations = custom["com.atlassian.servicedesk:sd-customer-organizations"]
    assert organizations["schema"]["items"] == "sd-customerorganization"
    assert organizations["id"] == f"customfield_{organizations['schema']['customId']}"
