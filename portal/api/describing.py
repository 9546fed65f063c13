"""The OpenAPI document, completed: what each parameter means, every failure with its shape, tokens, examples to paste."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from ninja import NinjaAPI

from portal.api.problems import TITLES, TYPE

HERE = Path(__file__).parent
# Where the portal stands in the document's examples; the page shows its own address.
BASE = "http://127.0.0.1:8000"
EVERYWHERE = ("400", "406", "429", "500")
OF_TENANTS = ("401", "403", "404")
METHODS = ("get", "post")

PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "What is wrong and what would be right (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string", "description": "The kind of failure, in a few words."},
        "status": {"type": "integer", "description": "The HTTP status once more."},
        "detail": {"type": "string", "description": "What is wrong this time, and what to do."},
        "parameter": {"type": "string", "description": "The parameter that makes no sense, where it is one."},
        "faults": {
            "type": "array",
            "description": "Of a form: every answer that cannot be used.",
            "items": {
                "type": "object",
                "required": ["id", "wrong", "detail"],
                "properties": {name: {"type": "string"} for name in ("id", "wrong", "detail")},
            },
        },
    },
}
LIMITS = {
    "RateLimit": {
        "description": "How many requests are left (r), and for how many seconds (t).",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {"description": "How many requests (q) in how many seconds (w).", "schema": {"type": "string"}},
}
ETAG = {
    "ETag": {"description": "Send it as If-None-Match, and an unchanged answer is 304.", "schema": {"type": "string"}}
}
WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


@cache
def table() -> dict[str, Any]:
    return tomllib.loads((HERE / "described.toml").read_text())


def examples(base: str = BASE) -> list[dict[str, str]]:
    """Every documented example: the call it is of, what it shows, and the command."""
    return [{**one, "curl": one["curl"].strip().replace("{base}", base)} for one in table()["examples"]]


class Api(NinjaAPI):
    """The API with a document that leaves nothing to guess."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None):
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if method in METHODS:
                    complete(method, "/" + path.removeprefix(prefix).lstrip("/"), operation)
        components = document["components"]
        components.setdefault("schemas", {})["Problem"] = PROBLEM
        components["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": table()["tokens"].strip()}
        }
        document["info"]["description"] = table()["introduction"].strip()
        document["tags"] = [{"name": name, "description": words} for name, words in table()["tags"].items()]
        return document


def complete(method: str, path: str, operation: dict[str, Any]) -> None:
    """Describe one call: its parameters, its failures, its headers, who may ask, and how."""
    call = f"{method.upper()} {path}"
    is_of_tenants = path.startswith("/tenants")
    for parameter in operation.get("parameters", []):
        about = table()["parameters"].get(parameter["name"], {"says": "", "example": ""})
        parameter["description"], parameter["example"] = about["says"], about["example"]
    failures = {*EVERYWHERE, *(OF_TENANTS if is_of_tenants else ()), *table()["failures"].get(call, [])}
    responses = {str(status): given for status, given in operation["responses"].items()}
    responses["200"]["headers"] = {**LIMITS, **(ETAG if method == "get" else {})}
    if method == "get":
        responses["304"] = {"description": "Unchanged since the ETag that was sent", "headers": {**LIMITS, **ETAG}}
    for status in sorted(failures):
        responses[status] = failure(int(status))
    operation["responses"] = dict(sorted(responses.items()))
    operation.setdefault("tags", ["articles"])
    operation["security"] = [{"token": []}] if is_of_tenants else []
    pasted = [one for one in examples() if one["call"] == call]
    shown = [f"{one['says']}\n\n```sh\n{one['curl']}\n```" for one in pasted]
    operation["description"] = "\n\n".join([operation.get("description", ""), *shown]).strip()


def failure(status: int) -> dict[str, Any]:
    says = table()["says"][str(status)]
    example = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": says}
    content = {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": TITLES[status], "content": content, "headers": WAIT if status == 429 else {}}
