"""One row for every address of the portal: how it is written for a test, who may come, and what the right visitor gets.

A new address needs a row here, or tests/pages/test_matrix.py fails and names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.accounts.rights import Right

SHARED = "/en-us/public"
TENANT = "<str:locale>/<str:cloud>/tenants/<slug:tenant>/"
STAFF = "<str:locale>/<str:cloud>/staff/"


@dataclass(frozen=True, kw_only=True)
class Public:
    """An address that answers everybody alike: by method the statuses it may answer with; `others` for all other methods."""

    address: str
    methods: dict[str, tuple[int, ...]]
    form: dict[str, str] = field(default_factory=dict)
    others: int = 405


@dataclass(frozen=True, kw_only=True)
class OfTenant:
    """An address below a tenant's: the right it needs, and by method what a person with that right gets.

    `rest` is written with {error} and {fix} for the tenant's own, and with {token} for one of the person herself.
    """

    rest: str
    right: Right
    methods: dict[str, tuple[int, ...]]
    form: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OfApi:
    """An address of the API below a tenant's, which is only read: by session or token, with the right it needs."""

    rest: str
    right: Right


@dataclass(frozen=True, kw_only=True)
class OfStaff:
    """An address below the staff's: by method what a person of the staff gets; everybody else is turned away."""

    rest: str
    methods: dict[str, tuple[int, ...]]
    form: dict[str, str] = field(default_factory=dict)


READ = {"GET": (200,)}
MISSING = {"GET": (404,)}

PUBLIC: dict[str, Public] = {
    "": Public(address="/", methods={"GET": (302,)}),
    "healthz": Public(address="/healthz", methods=READ),
    "readyz": Public(address="/readyz", methods=READ),
    "robots.txt": Public(address="/robots.txt", methods=READ),
    "choices/": Public(
        address="/choices/", methods={"POST": (303,)}, form={"cloud": "fairfax", "here": "/en-us/public/"}
    ),
    "sign-in": Public(address="/sign-in", methods={"GET": (200,), "POST": (400,)}),
    "sign-out": Public(address="/sign-out", methods={"POST": (303,)}),
    "topics/": Public(address="/topics/", methods={"GET": (302,)}),
    "topics/<str:topic>": Public(address="/topics/32629786", methods={"GET": (302,)}),
    "topics/<str:topic>/": Public(address="/topics/32629786/", methods={"GET": (302,)}),
    "products/<str:product>": Public(address="/products/16666", methods={"GET": (302,)}),
    "resources/<str:service>/<path:resource>": Public(address="/resources/microsoft.x/y", methods={"GET": (302,)}),
    "articles/<str:article_id>": Public(address="/articles/some-id", methods={"GET": (302,)}),
    "articles/<str:collection>/<path:path>/": Public(
        address="/articles/native/x/", methods={"GET": (302,)}, others=302
    ),
    "staff/": Public(address="/staff/", methods={"GET": (302,)}),
    "staff/<path:rest>": Public(address="/staff/x/", methods={"GET": (302,)}),
    "media/<str:collection>/<path:path>": Public(address="/media/native/x.svg", methods=MISSING),
    "api/v1/openapi.json": Public(address="/api/v1/openapi.json", methods=READ, others=200),
    "api/v1/docs": Public(address="/api/v1/docs", methods=READ, others=200),
    "api/v1/topics/<topic>": Public(address="/api/v1/topics/32629786", methods=MISSING),
    "api/v1/articles": Public(address="/api/v1/articles", methods=READ),
    "api/v1/forms/<collection>/<path:path>": Public(
        address="/api/v1/forms/selfhelp/x", methods={"GET": (404,), "POST": (400,)}
    ),
    "api/v1/search": Public(address="/api/v1/search?q=anchor", methods=READ),
    "api/v1/": Public(address="/api/v1/", methods=MISSING, others=404),
    "<str:locale>/<str:cloud>/": Public(address=f"{SHARED}/", methods=READ),
    "<str:locale>/<str:cloud>/search/": Public(
        address=f"{SHARED}/search/?q=anchor", methods={"GET": (200,), "POST": (200,)}, form={"q": "anchor"}
    ),
    "<str:locale>/<str:cloud>/search/suggest/": Public(
        address=f"{SHARED}/search/suggest/?q=an", methods={"GET": (302,)}
    ),
    "<str:locale>/<str:cloud>/articles/<str:collection>/<path:path>/": Public(
        address=f"{SHARED}/articles/native/x/", methods=MISSING
    ),
    "<str:locale>/<str:cloud>/feedback/<str:collection>/<path:path>/": Public(
        address=f"{SHARED}/feedback/native/x/",
        methods={"GET": (302,), "POST": (404,)},
        form={"helpful": "yes", "text": "en-us"},
    ),
    "<str:locale>/<str:cloud>/article-ids/<str:article_id>/": Public(
        address=f"{SHARED}/article-ids/some-id/", methods=MISSING
    ),
    "<str:locale>/<str:cloud>/topics/": Public(address=f"{SHARED}/topics/", methods=READ),
    "<str:locale>/<str:cloud>/topics/<str:topic>/": Public(address=f"{SHARED}/topics/32629786/", methods=MISSING),
    "<str:locale>/<str:cloud>/services/": Public(address=f"{SHARED}/services/", methods=READ),
    "<str:locale>/<str:cloud>/services/<path:service>/": Public(address=f"{SHARED}/services/x/", methods=MISSING),
    "<str:locale>/<str:cloud>/products/": Public(address=f"{SHARED}/products/", methods=READ),
    "<str:locale>/<str:cloud>/products/<str:product>/": Public(address=f"{SHARED}/products/16666/", methods=MISSING),
    "<str:locale>/<str:cloud>/collections/<str:collection>/": Public(
        address=f"{SHARED}/collections/native/", methods=MISSING
    ),
    "<str:locale>/<str:cloud>/resources/<str:service>/<path:resource>/": Public(
        address=f"{SHARED}/resources/microsoft.x/y/", methods=MISSING
    ),
    "<str:locale>/<str:cloud>/flows/": Public(address=f"{SHARED}/flows/", methods=READ),
    "<str:locale>/<str:cloud>/flows/<slug:name>/": Public(address=f"{SHARED}/flows/which-error/", methods=READ),
    "<str:locale>/<str:cloud>/flows/<slug:name>/map/": Public(address=f"{SHARED}/flows/which-error/map/", methods=READ),
    "<str:locale>/<str:cloud>/flows/<slug:name>/pack/": Public(
        address=f"{SHARED}/flows/duplicated-attribute/pack/", methods=READ
    ),
    "<str:locale>/<str:cloud>/flows/<slug:name>/paste/": Public(
        address=f"{SHARED}/flows/which-error/paste/", methods={"POST": (200,)}, form={"text": "LargeObject"}
    ),
    "<str:locale>/<str:cloud>/forms/<str:collection>/<path:path>/": Public(
        address=f"{SHARED}/forms/selfhelp/x/", methods={"GET": (404,), "POST": (404,)}
    ),
    "<str:locale>/<str:cloud>/you/": Public(address=f"{SHARED}/you/", methods={"GET": (302,)}),
    "<str:locale>/<str:cloud>/your-errors/": Public(address=f"{SHARED}/your-errors/", methods={"GET": (302,)}),
    "<str:locale>/<str:cloud>/your-errors/<slug:name>/": Public(
        address=f"{SHARED}/your-errors/duplicated-attribute/", methods={"GET": (200,)}
    ),
}

TENANTS: dict[str, OfTenant] = {
    f"{TENANT}errors/": OfTenant(rest="errors/", right=Right.SEE, methods={"GET": (200,), "POST": (303,)}),
    f"{TENANT}errors.csv": OfTenant(rest="errors.csv", right=Right.SEE, methods={"GET": (200,), "POST": (200,)}),
    f"{TENANT}errors/<int:number>/": OfTenant(rest="errors/{error}/", right=Right.SEE, methods=READ),
    f"{TENANT}errors/<int:number>/answer/": OfTenant(
        rest="errors/{error}/answer/", right=Right.DIAGNOSE, methods={"POST": (409,)}
    ),
    f"{TENANT}errors/<int:number>/close/": OfTenant(
        rest="errors/{error}/close/", right=Right.DIAGNOSE, methods={"POST": (409,)}
    ),
    f"{TENANT}errors/<int:number>/reopen/": OfTenant(
        rest="errors/{error}/reopen/", right=Right.DIAGNOSE, methods={"POST": (409,)}
    ),
    f"{TENANT}errors/<int:number>/fix/": OfTenant(
        rest="errors/{error}/fix/", right=Right.APPLY, methods={"GET": (409,), "POST": (409,)}
    ),
    f"{TENANT}errors/<int:number>/summary/": OfTenant(rest="errors/{error}/summary/", right=Right.SEE, methods=READ),
    f"{TENANT}errors/<int:number>/forms/<str:collection>/<path:path>/": OfTenant(
        rest="errors/{error}/forms/selfhelp/x/", right=Right.SEE, methods={"GET": (404,), "POST": (404,)}
    ),
    f"{TENANT}fixes/<int:number>/": OfTenant(rest="fixes/{fix}/", right=Right.SEE, methods=READ),
    f"{TENANT}fixes/<int:number>/settle/": OfTenant(
        rest="fixes/{fix}/settle/", right=Right.SETTLE, methods={"POST": (409,)}
    ),
    f"{TENANT}standing/": OfTenant(rest="standing/", right=Right.SEE, methods=READ),
    f"{TENANT}cycles/": OfTenant(rest="cycles/", right=Right.SEE, methods=READ),
    f"{TENANT}cycle/": OfTenant(rest="cycle/", right=Right.RUN_CYCLE, methods={"POST": (303,)}),
    f"{TENANT}record/": OfTenant(rest="record/", right=Right.SEE_RECORD, methods=READ),
    f"{TENANT}record.csv": OfTenant(rest="record.csv", right=Right.SEE_RECORD, methods=READ),
    f"{TENANT}record.jsonl": OfTenant(rest="record.jsonl", right=Right.SEE_RECORD, methods=READ),
    f"{TENANT}tokens/": OfTenant(rest="tokens/", right=Right.SEE, methods={"GET": (200,), "POST": (200,)}),
    f"{TENANT}tokens/<int:number>/revoke/": OfTenant(
        rest="tokens/{token}/revoke/", right=Right.SEE, methods={"POST": (303,)}
    ),
    f"{TENANT}demo/": OfTenant(rest="demo/", right=Right.SEE, methods=READ),
    f"{TENANT}demo/act/": OfTenant(rest="demo/act/", right=Right.CHANGE_DEMO, methods={"POST": (400,)}),
    f"{TENANT}demo/anew/": OfTenant(rest="demo/anew/", right=Right.CHANGE_DEMO, methods={"POST": (303,)}),
}

API = "api/v1/tenants"
# {error} is the tenant's own, and somebody has opened its diagnosis. The tenants themselves need no right but to be in one.
APIS: dict[str, OfApi] = {
    f"{API}/<tenant>/errors": OfApi(rest="errors", right=Right.SEE),
    f"{API}/<tenant>/errors/<error>": OfApi(rest="errors/{error}", right=Right.SEE),
    f"{API}/<tenant>/errors/<error>/diagnosis": OfApi(rest="errors/{error}/diagnosis", right=Right.SEE),
    f"{API}/<tenant>/cycles": OfApi(rest="cycles", right=Right.SEE),
    f"{API}/<tenant>/record": OfApi(rest="record", right=Right.SEE_RECORD),
}

# An address is written with STAFF before its `rest`.
STAFF_PAGES: dict[str, OfStaff] = {
    f"{STAFF}design/": OfStaff(rest="design/", methods=READ),
    f"{STAFF}content/": OfStaff(rest="content/", methods=READ),
    f"{STAFF}content/stale/<int:number>/": OfStaff(rest="content/stale/999999999/", methods={"GET": (404,)}),
    f"{STAFF}content/<slug:name>/": OfStaff(rest="content/problems/", methods=READ),
    f"{STAFF}content/<slug:name>.csv": OfStaff(rest="content/problems.csv", methods=READ),
    STAFF: OfStaff(rest="", methods={"GET": (200,), "POST": (200,)}, form={"find": "no such thing"}),
    f"{STAFF}topics/": OfStaff(rest="topics/", methods=READ),
    f"{STAFF}topics.csv": OfStaff(rest="topics.csv", methods=READ),
    f"{STAFF}coverage/": OfStaff(rest="coverage/", methods=READ),
    f"{STAFF}coverage.csv": OfStaff(rest="coverage.csv", methods=READ),
}
