"""The tickets that wait on the desk: made where they are missing, made anew where they have been used.

A ticket counts as used as soon as anybody has changed it.
"""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from ptodesk_gui.practice.site import Site, Switches
from ptodesk_gui.practice.stock import Stock
from ptodesk_gui.practice.stock_maker import PROPERTY, Maker

RETIRED = "PRACTICE DESK: closed, because this practice caller begins anew."
SOURCE = "source"  # the role of a ticket that waits to be taken; used ones stay as they are

Keys = dict[str, str]


class Stockroom:
    """Fills one desk, within one transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection, site: Site, switches: Switches, now: float) -> None:
        self._db = db
        self._site = site
        self._maker = Maker(db, site, switches, now)

    def fill(self, shelf: Iterable[Stock]) -> dict[str, Keys]:
        """Make what is missing and what has been used up; the keys of every caller's tickets by role."""
        return {stock.name: self._there(stock) or self._make(stock) for stock in shelf}

    def begin(self, stock: Stock) -> Keys:
        """The tickets of one caller as for the first time: every other ticket of the caller that is still open is closed."""
        there = self._there(stock)
        self._retire(stock, keep=set(there.values()))
        return there or self._make(stock)

    # -- what is there

    def _there(self, stock: Stock) -> Keys:
        """The keys of a whole set that nobody has touched; empty where there is none."""
        found = {role: row["key"] for role, row in self._untouched(stock) if self._print_of(row) == stock.print}
        return found if found.keys() == {ticket.role for ticket in stock.tickets} else {}

    def _untouched(self, stock: Stock) -> Iterable[tuple[str, sqlite3.Row]]:
        for row in self._rows(stock):
            value = self._mark(row)
            if value["updated"] == row["updated"]:
                yield str(value["role"]), row

    def _rows(self, stock: Stock) -> list[sqlite3.Row]:
        sql = (
            "SELECT issue.* FROM issue JOIN issue_property ON issue_property.issue_id = issue.id"
            " WHERE issue_property.key = ? AND json_extract(issue_property.value, '$.name') = ? ORDER BY issue.id"
        )
        return self._db.execute(sql, (PROPERTY, stock.name)).fetchall()

    def _mark(self, row: sqlite3.Row) -> dict[str, Any]:
        sql = "SELECT value FROM issue_property WHERE issue_id = ? AND key = ?"
        value: dict[str, Any] = json.loads(self._db.execute(sql, (row["id"], PROPERTY)).fetchone()[0])
        return value

    def _print_of(self, row: sqlite3.Row) -> str:
        return str(self._mark(row)["print"])

    # -- making

    def _make(self, stock: Stock) -> Keys:
        for row in [row for _, row in self._untouched(stock)]:
            self._maker.remove(row["id"])
        for row in self._rows(stock):
            if self._is_open(row) and self._mark(row)["role"] != SOURCE:
                self._maker.close(row, RETIRED)
        made = {ticket.role: self._maker.ticket(stock, ticket) for ticket in stock.tickets}
        for role, phrase, other in stock.links:
            self._maker.link(made[role]["id"], phrase, made[other]["id"])
        return {role: str(row["key"]) for role, row in made.items()}

    # -- taking away

    def _retire(self, stock: Stock, keep: set[str]) -> None:
        """Close what is still open of the caller's tickets, whoever made them."""
        for word in stock.known_as:
            sql = (
                "SELECT * FROM issue WHERE instr(lower(summary), ?1) OR instr(lower(text), ?1)"
                " OR id IN (SELECT issue_id FROM comment WHERE instr(lower(text), ?1))"
            )
            for row in self._db.execute(sql, (word.lower(),)).fetchall():
                if row["key"] not in keep and self._is_open(row):
                    self._maker.close(row, RETIRED)

    def _is_open(self, row: sqlite3.Row) -> bool:
        return next(status.category for status in self._site.statuses if status.id == row["status"]) != "done"
