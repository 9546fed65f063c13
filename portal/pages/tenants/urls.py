"""The addresses of a tenant's pages, below `/{locale}/{cloud}/tenants/{tenant}/`."""

from django.urls import path

from portal.pages.tenants import (
    cycles,
    cycling,
    demo,
    diagnosing,
    errors,
    exporting,
    fixing,
    record,
    scoping,
    summarizing,
    tokens,
)

of_tenants = [
    path("errors/", errors.errors, name="errors"),
    path("errors.csv", exporting.errors_csv, name="errors-csv"),
    path("errors/<int:number>/", diagnosing.error, name="error"),
    path("errors/<int:number>/answer/", diagnosing.answer, name="answer"),
    path("errors/<int:number>/close/", diagnosing.close, name="close"),
    path("errors/<int:number>/reopen/", diagnosing.reopen, name="reopen"),
    path("errors/<int:number>/fix/", fixing.fix_error, name="dry-run"),
    path("errors/<int:number>/summary/", summarizing.case_summary, name="summary"),
    path("errors/<int:number>/forms/<str:collection>/<path:path>/", scoping.case_form, name="case-form"),
    path("fixes/<int:number>/", fixing.fix, name="fix"),
    path("fixes/<int:number>/settle/", fixing.settle, name="settle"),
    path("standing/", cycling.strip, name="standing"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycle/", cycling.run_cycle, name="run-cycle"),
    path("record/", record.record, name="record"),
    path("record.csv", record.record_csv, name="record-csv"),
    path("record.jsonl", record.record_json, name="record-json"),
    path("tokens/", tokens.api_tokens, name="api-tokens"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="revoke-token"),
    path("demo/", demo.demo, name="demo"),
    path("demo/act/", demo.act, name="demo-act"),
    path("demo/anew/", demo.begin_anew, name="demo-anew"),
]
