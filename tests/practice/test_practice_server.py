"""The server: addresses, methods, bodies, its folder over starts and between processes."""

import base64
import json
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.practice import PracticeDesk

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "path", ["/rest/api/3/nonsense", "/rest/api/2/myself", "/rest/api/3/search", "/x", "/rest//api/3/myself"]
)
def test_an_unknown_path_is_404(http: Any, path: str) -> None:
    assert http.ask("GET", path).status_code == 404


def test_a_wrong_method_is_405_and_says_which_are_right(http: Any) -> None:
    answer = http.ask("DELETE", "/rest/api/3/issue/PTO-1")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, PUT")


@pytest.mark.parametrize("body", [b"", b"{", b"text", b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_a_body_that_is_not_json_is_400(http: Any, body: bytes) -> None:
    answer = http.ask("POST", "/rest/api/3/issue", data=body, headers=JSON)
    assert answer.status_code == 400
    assert "parsing JSON" in answer.json()["errorMessages"][0]


@pytest.mark.parametrize("body", [[], "x", 7, None, {"fields": []}, {"fields": "x"}, {"fields": {}, "update": "x"}])
def test_json_of_another_form_is_400(http: Any, body: object) -> None:
    assert http.ask("POST", "/rest/api/3/issue", data=json.dumps(body), headers=JSON).status_code == 400


def test_a_body_that_is_too_large_is_413(http: Any) -> None:
    body = json.dumps({"fields": {"summary": "x" * 1_100_000}})
    assert http.ask("POST", "/rest/api/3/issue", data=body, headers=JSON).status_code == 413


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_post_of_another_content_type_is_415(http: Any, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    assert http.ask("POST", "/rest/api/3/issue", data=b"{}", headers=headers).status_code == 415
    good = {"Content-Type": "application/json; charset=utf-8"}
    assert http.ask("POST", "/rest/api/3/issue", data=b"{}", headers=good).status_code == 400


@pytest.mark.parametrize("signed_in", [True, False])
def test_whoever_goes_away_in_the_middle_of_a_request_has_asked_for_nothing(http: Any, signed_in: bool) -> None:
    token = http.desk.account.token if signed_in else "wrong"
    sign_in = base64.b64encode(f"{http.desk.account.email}:{token}".encode()).decode()
    head = f"POST /rest/api/3/issue HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {sign_in}\r\n"
    body = json.dumps({"fields": http.fields()}).encode()
    with socket.create_connection(("127.0.0.1", int(http.desk.url.rpartition(":")[2]))) as line:
        line.sendall(
            f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:-1]
        )
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):  # until the desk hangs up
            pass
    assert http.search("project = PTO")["issues"] == []
    assert http.desk.crashes == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "10.0.0.1"])
@pytest.mark.parametrize("path", ["/", "/rest/api/3/serverInfo"])
def test_another_host_than_loopback_is_refused(http: Any, host: str, path: str) -> None:
    assert http.ask("GET", path, headers={"Host": host}).status_code in (400, 421)


def test_localhost_is_loopback_too(http: Any) -> None:
    assert http.ask("GET", "/", headers={"Host": "localhost:80"}).status_code == 200


def test_the_desk_listens_on_the_loopback_address_only(desk: PracticeDesk) -> None:
    assert desk.url.startswith("http://127.0.0.1:")
    port = int(desk.url.rpartition(":")[2])
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", port)) != 0


def test_what_was_filed_is_there_after_a_restart(http: Any) -> None:
    key, url = http.create(), http.desk.url
    http.desk.stop()
    with pytest.raises(OSError, match="refused"):
        http.ask("GET", "/")
    http.desk.start()
    assert (http.desk.url, http.issue(key)["key"]) == (url, key)


def test_another_desk_in_the_folder_has_the_same_tickets_numbers_and_sign_in(http: Any, desk_folder: Path) -> None:
    key, fields = http.create(), http.get("/rest/api/3/field")
    with PracticeDesk(desk_folder) as second:
        assert second.account == http.desk.account
        client = type(http)(second, *second.account)
        assert client.issue(key)["key"] == key
        assert client.get("/rest/api/3/field") == fields
        assert client.create() == "PTO-2"
        client.session.close()


def test_a_fresh_desk_is_empty_has_other_numbers_and_gives_no_key_twice(desk_folder: Path, http: Any) -> None:
    http.create()
    before = http.get("/rest/api/3/field")
    http.desk.stop()
    with PracticeDesk(desk_folder, fresh=True) as fresh:
        client = type(http)(fresh, *fresh.account)
        assert client.ask("GET", "/rest/api/3/issue/PTO-1").status_code == 404
        assert client.get("/rest/api/3/field") != before
        assert client.create() == "PTO-2"
        fresh.stop()
        fresh.start()
        assert client.issue("PTO-2")["key"] == "PTO-2"
        assert not fresh.still_to_empty
        client.session.close()


def test_a_desk_that_somebody_else_serves_is_not_emptied_under_their_hands(desk_folder: Path, http: Any) -> None:
    key = http.create()
    with PracticeDesk(desk_folder, fresh=True) as second:
        assert second.still_to_empty
        assert http.issue(key)["key"] == key
    http.desk.stop()
    second.start()
    assert not second.still_to_empty
    second.stop()
    http.desk.start()
    assert http.ask("GET", f"/rest/api/3/issue/{key}").status_code in (401, 404)


def test_a_folder_is_furnished_once_however_many_begin_at_the_same_time(tmp_path: Path) -> None:
    desks = [PracticeDesk(tmp_path / "new") for _ in range(4)]
    threads = [threading.Thread(target=desk.start) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert len({desk.account for desk in desks}) == 1
        assert len({desk.url for desk in desks}) == 4
    finally:
        for desk in desks:
            desk.stop()


def test_two_servers_on_one_file_give_every_ticket_a_key_of_its_own(http: Any, desk_folder: Path) -> None:
    keys: list[str] = []

    def file_some(desk: PracticeDesk) -> None:
        client = type(http)(desk, *desk.account)
        keys.extend(client.create() for _ in range(8))
        client.session.close()

    with PracticeDesk(desk_folder) as second:
        threads = [threading.Thread(target=file_some, args=(desk,)) for desk in (http.desk, second) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert second.crashes == []
    assert sorted(keys, key=lambda k: int(k[4:])) == [f"PTO-{n}" for n in range(1, 49)]


def test_two_processes_on_one_file_give_every_ticket_a_key_of_its_own(http: Any, desk_folder: Path) -> None:
    run = "from ptodesk_gui.console.practice_cmd import practice; practice()"
    command = [sys.executable, "-c", run, "--folder", str(desk_folder)]
    keys: list[str] = []

    def file_some(url: str) -> None:
        client = type(http)(http.desk, *http.desk.account)
        body = {"fields": http.fields()}
        for _ in range(10):
            answer = client.session.post(url + "/rest/api/3/issue", json=body, timeout=30)
            keys.append(answer.json()["key"])
        client.session.close()

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            other = process.stdout.readline().strip()
            threads = [
                threading.Thread(target=file_some, args=(url,)) for url in (http.desk.url, other) for _ in range(2)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            process.terminate()
    numbers = sorted(int(key.removeprefix("PTO-")) for key in keys)
    assert numbers == list(range(numbers[0], numbers[0] + 40)), "after the tickets that wait there already"


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX's")
def test_the_file_is_for_the_user_alone(tmp_path: Path) -> None:
    with PracticeDesk(tmp_path):
        modes = {
            stat.S_IMODE(f.stat().st_mode) for f in tmp_path.iterdir() if f.name.startswith("practice-desk.sqlite3")
        }
    assert modes == {0o600}


def test_a_port_that_is_taken_is_an_error_and_leaves_nothing(desk: PracticeDesk, tmp_path: Path) -> None:
    other = PracticeDesk(tmp_path / "other", port=int(desk.url.rpartition(":")[2]))
    with pytest.raises(OSError, match="in use"):
        other.start()
    other.stop()
    with pytest.raises(RuntimeError, match="has not been started"):
        _ = other.account


def test_a_desk_of_a_newer_program_is_refused(desk_folder: Path) -> None:
    import sqlite3

    with sqlite3.connect(desk_folder / "practice-desk.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(RuntimeError, match="newer version"):
        PracticeDesk(desk_folder).start()


def test_the_requests_are_listed_with_template_status_and_times(http: Any) -> None:
    http.desk.forget_requests()
    key = http.create()
    http.issue(key)
    http.ask("GET", "/nonsense")
    seen = http.desk.requests
    assert [(s.method, s.template, s.status) for s in seen[-3:]] == [
        ("POST", "/rest/api/3/issue", 201),
        ("GET", "/rest/api/3/issue/{issueIdOrKey}", 200),
        ("GET", "/nonsense", 404),
    ]
    assert all(s.started <= s.ended for s in seen)
    assert seen[-3].ended <= seen[-2].started


def test_every_request_takes_the_latency_longer(http: Any) -> None:
    http.desk.latency = 0.05
    http.ask("GET", "/")
    assert http.desk.requests[-1].ended - http.desk.requests[-1].started >= 0.05
