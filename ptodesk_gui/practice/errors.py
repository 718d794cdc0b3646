"""Refusals, in the two forms a site has for them: the platform's and the service desk's."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818 - an answer, not a mishap
    """A request the desk does not carry out.

    ``errors`` maps a field to what is wrong with it, ``messages`` are about the request as a whole. ``headers`` are sent along.
    """

    def __init__(
        self,
        status: int,
        *messages: str,
        errors: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.messages = list(messages)
        self.errors = dict(errors or {})
        self.headers = dict(headers or {})

    def body(self, path: str) -> dict[str, Any]:
        """The answer's body, in the form that the API at this path uses."""
        if path.startswith("/rest/servicedeskapi/"):
            sentence = " ".join([*self.messages, *self.errors.values()])
            return {"errorMessage": sentence, "i18nErrorMessage": {"i18nKey": "", "parameters": [sentence]}}
        if path.startswith("/rest/api/3/bulk/"):
            return {"errors": [{"message": sentence} for sentence in [*self.messages, *self.errors.values()]]}
        if path.startswith("/rest/api/3/"):
            return {"errorMessages": self.messages, "errors": self.errors}
        return {"message": " ".join(self.messages), "status-code": self.status}


def bad_request(*messages: str, **errors: str) -> Refusal:
    """400, for the request as a whole or (by keyword) for its fields."""
    return Refusal(400, *messages, errors=errors)


def no_such_issue() -> Refusal:
    """404: not there, or not for this account's eyes; a site does not say which."""
    return Refusal(404, "Issue does not exist or you do not have permission to see it.")


def invalid_payload() -> Refusal:
    """400: JSON, but not of the form that the operation takes."""
    return Refusal(400, "Invalid request payload. Refer to the REST API documentation and try again.")
