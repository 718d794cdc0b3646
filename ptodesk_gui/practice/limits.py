"""Jira's limits: bursts per endpoint and method, and writes to one issue. Counted within this process."""

import threading
from collections import defaultdict, deque
from math import ceil

from ptodesk_gui.practice.errors import Refusal

BURST = {"GET": 100, "POST": 100, "PUT": 50, "DELETE": 50}  # a second
SPECIAL = {("GET", "/rest/servicedeskapi/servicedesk/{serviceDeskId}/customer"): 5}
ISSUE_WRITES = ((20, 2.0), (100, 30.0))  # writes, seconds


class Limits:
    """Remembers when what was asked, as far back as the limits look."""

    def __init__(self) -> None:
        self._seen: defaultdict[object, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def check(self, method: str, template: str, issue: str | None, now: float) -> None:
        """Count a request.

        Raises Refusal (429) with ``Retry-After`` and ``RateLimit-Reason`` when it is one too many; it is not counted then.
        """
        burst = SPECIAL.get((method, template), BURST.get(method, 100))
        rules: list[tuple[object, int, float, str]] = [((method, template), burst, 1.0, "jira-burst-based")]
        if issue is not None and method != "GET":
            rules += [((issue, window), most, window, "jira-per-issue-on-write") for most, window in ISSUE_WRITES]
        with self._lock:
            for key, most, window, reason in rules:
                wait = self._wait(key, most, window, now)
                if wait > 0:
                    headers = {"Retry-After": str(ceil(wait)), "RateLimit-Reason": reason}
                    raise Refusal(429, "Rate limit exceeded.", headers=headers)
            for key, *_ in rules:
                self._seen[key].append(now)

    def _wait(self, key: object, most: int, window: float, now: float) -> float:
        seen = self._seen[key]
        while seen and seen[0] <= now - window:
            seen.popleft()
        return seen[0] + window - now if len(seen) >= most else 0.0
