"""Signing in: who may, with which token, and at which address."""

import sqlite3
from typing import Any

import pytest
import requests

from ptodesk_gui.practice import accounts


def status(http: Any, header: str | None, path: str = "/rest/api/3/myself") -> int:
    headers = {} if header is None else {"Authorization": header}
    session = requests.Session()
    session.trust_env = False
    with session:
        return session.get(http.desk.url + path, headers=headers, timeout=10).status_code


@pytest.mark.parametrize(
    "header", [None, "", "Basic", "Basic !!!", "Bearer abc", "Basic bm90aGluZw==", "Basic OnRva2Vu"]
)
def test_without_a_proper_sign_in_it_is_401(http: Any, header: str | None) -> None:
    assert status(http, header) == 401
    assert status(http, header, "/rest/servicedeskapi/servicedesk") == 401


def test_401_has_the_error_body_of_its_api(http: Any, sign_in: Any) -> None:
    wrong = sign_in(http.desk.account.email, "another token")
    platform = wrong.ask("GET", "/rest/api/3/myself")
    assert platform.json() == {"errorMessages": ["Client must be authenticated to access this resource."], "errors": {}}
    assert "WWW-Authenticate" in platform.headers
    assert set(wrong.ask("GET", "/rest/servicedeskapi/servicedesk").json()) == {"errorMessage", "i18nErrorMessage"}


def test_server_info_and_cloud_id_need_no_sign_in_but_no_wrong_one_either(http: Any, sign_in: Any) -> None:
    assert status(http, None, "/rest/api/3/serverInfo") == 200
    assert status(http, None, "/_edge/tenant_info") == 200
    assert sign_in(http.desk.account.email, "wrong").ask("GET", "/rest/api/3/serverInfo").status_code == 401


def test_the_first_token_seen_is_the_account_s_from_then_on(http: Any, sign_in: Any) -> None:
    first = sign_in("new.agent@example.com", "first token")
    assert first.get("/rest/api/3/myself")["emailAddress"] == "new.agent@example.com"
    assert sign_in("NEW.agent@example.com", "second token").ask("GET", "/rest/api/3/myself").status_code == 401
    assert first.create() == "PTO-1"


def test_only_a_salted_hash_of_the_token_is_kept(http: Any, sign_in: Any, desk_folder: Any) -> None:
    sign_in("a@example.com", "witness-token").get("/rest/api/3/myself")
    sign_in("b@example.com", "witness-token").get("/rest/api/3/myself")
    with sqlite3.connect(desk_folder / "practice-desk.sqlite3") as db:
        rows = db.execute("SELECT token_hash FROM account WHERE email IN ('a@example.com', 'b@example.com')").fetchall()
    db.close()
    assert len({row[0] for row in rows}) == 2
    for file in desk_folder.iterdir():
        assert b"witness-token" not in file.read_bytes()


@pytest.mark.parametrize("begin", [1, 5], ids=["as it is stored now", "as the first desks stored it"])
def test_a_token_is_still_known_where_new_ones_are_hashed_in_more_rounds(
    http: Any, sign_in: Any, desk_folder: Any, monkeypatch: pytest.MonkeyPatch, begin: int
) -> None:
    sign_in("a@example.com", "witness-token").get("/rest/api/3/myself")
    with sqlite3.connect(desk_folder / "practice-desk.sqlite3") as db:
        db.row_factory = sqlite3.Row
        db.execute("UPDATE account SET token_hash = substr(token_hash, ?)", (begin,))
        if begin == 1:
            monkeypatch.setattr(accounts, "_ROUNDS", accounts._ROUNDS + 7)
        assert accounts.Gate().check(db, "a@example.com", "witness-token")
        assert not accounts.Gate().check(db, "a@example.com", "wrong")
    db.close()


def test_a_revoked_token_is_401_until_a_new_one_is_admitted(http: Any, sign_in: Any) -> None:
    http.get("/rest/api/3/myself")
    http.desk.revoke_token()
    assert http.ask("GET", "/rest/api/3/myself").status_code == 401
    fresh = sign_in(http.desk.account.email, "a new token")
    assert fresh.ask("GET", "/rest/api/3/myself").status_code == 401
    http.desk.admit()
    assert fresh.ask("GET", "/rest/api/3/myself").status_code == 200
    assert http.ask("GET", "/rest/api/3/myself").status_code == 401


def test_scoped_tokens_work_at_the_gateway_s_address_only(http: Any) -> None:
    gateway = f"/ex/jira/{http.get('/_edge/tenant_info')['cloudId']}/rest/api/3/myself"
    assert http.ask("GET", gateway).status_code == 401
    http.desk.switches.scoped_tokens = True
    assert http.ask("GET", "/rest/api/3/myself").status_code == 401
    assert http.get(gateway)["emailAddress"] == http.desk.account.email
    assert http.ask("GET", "/ex/jira/another-cloud/rest/api/3/myself").status_code == 404


def test_a_customer_of_the_desk_is_no_agent(http: Any, sign_in: Any) -> None:
    jane = sign_in("jane@example.com")
    assert jane.get("/rest/api/3/myself")["accountType"] == "customer"
    assert jane.ask("GET", "/rest/api/3/project/PTO").status_code == 404
    assert jane.get("/rest/servicedeskapi/servicedesk")["values"] == []
    assert jane.get("/rest/servicedeskapi/organization")["values"] == []
    assert jane.ask("POST", "/rest/servicedeskapi/organization", json={"name": "x"}).status_code == 403
