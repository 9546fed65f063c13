"""The import report on scoping forms: those that are lost, and those with flaws, each with file, line and cure."""

import json

import pytest

from portal.articles.models import ArticleText
from portal.problems import Severity
from tests.factories import make_tree, run_import, selfhelp

pytestmark = pytest.mark.django_db


def form(body: str) -> str:
    return selfhelp("A form", f"---\n{body}\n---", selfHelpType="problemScopingQuestions")


def reported(tmp_path, body: str):
    """The problems of one form, and its file's lines."""
    text = form(body)
    report = run_import(make_tree(tmp_path, {"a/form.md": text}))
    return report.problems, text.split("\n")


def test_a_form_that_cannot_be_read_is_rejected_with_its_line(tmp_path):
    problems, lines = reported(tmp_path, '{\n"formElements": [\n{"id": oops}\n]}')
    (problem,) = problems
    assert (problem.code, problem.severity, problem.path) == ("json-invalid", Severity.ERROR, "a/form.md")
    assert "oops" in lines[problem.line - 1]
    assert "Correct" in problem.message
    assert not ArticleText.objects.exists()


def test_a_form_that_asks_nothing_is_told(tmp_path):
    problems, lines = reported(tmp_path, '{"title": "T",\n"formElements": []}')
    (problem,) = problems
    assert problem.code == "form-without-questions"
    assert "formElements" in lines[problem.line - 1]


def test_a_flaw_is_told_with_the_line_of_its_element_and_the_form_is_kept(tmp_path):
    elements = [{"id": "a", "controlType": "textbox"}, {"id": "b", "controlType": "slider"}]
    problems, lines = reported(tmp_path, json.dumps({"formElements": elements}, indent=1))
    (problem,) = problems
    assert problem.code == "form-control-unknown"
    assert '"b"' in lines[problem.line - 1]
    assert ArticleText.objects.get().problems[0]["code"] == "form-control-unknown"
