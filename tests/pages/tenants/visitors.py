"""Browsers of the people who visit a tenant's pages, on the machine on which the portal runs."""

from __future__ import annotations

from django.test import Client

from portal.accounts.models import Person
from portal.sync.models import SyncError
from tests.diagnosis.office import Office

HTMX = {"HX-Request": "true"}
HERE = "/en-us/public/tenants"


def browser(person: Person | None = None, **more: str) -> Client:
    """Somebody's browser; it comes from this machine, without anything in between."""
    client = Client(headers={"host": "localhost", **more}, REMOTE_ADDR="127.0.0.1", raise_request_exception=True)
    if person:
        client.force_login(person)
    return client


def address(office: Office, rest: str = "errors/") -> str:
    return f"{HERE}/{office.tenant.slug}/{rest}"


def of_error(office: Office, rest: str = "", error: SyncError | None = None) -> str:
    return address(office, f"errors/{(error or office.error()).pk}/{rest}")


def words(response) -> str:
    return response.content.decode()


def hidden(response) -> dict[str, str]:
    """What the form of the open question carries along."""
    diagnosis = response.context["diagnosis"]
    question = response.context.get("question")
    return {
        "cycle": str(response.context["cycle"]),
        "revision": str(diagnosis.revision),
        "flow_version": response.context.get("flow_version", ""),
        "question": question.name if question else "",
    }


def answer(visitor: Client, office: Office, value: str, **more: str):
    """Answer the question that the page shows; the page that comes of it."""
    form = hidden(visitor.get(of_error(office)))
    sent = visitor.post(of_error(office, "answer/"), {**form, "answer": value, **more})
    return visitor.get(sent.url.partition("#")[0]) if sent.status_code == 303 else sent
