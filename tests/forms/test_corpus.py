"""Every scoping form of the shared corpus: read, answered, held against its rules, summed up; what is lost is reported."""

import pytest

from portal.forms.answers import fill
from portal.forms.checking import problems_of
from portal.forms.reading import read_form
from portal.forms.schema import Control
from portal.forms.summary import summary
from portal.forms.validating import Wrong, faults
from tests.forms import corpus
from tests.shared import needs_shared

pytestmark = needs_shared

SAID = {Control.NUMBER: "7", Control.DATE_TIME: "2026-01-31T08:15"}


def answered(form):
    """The first option of each question, a number, a moment, or words."""
    return {
        one.id: [one.options[0].value if one.options else SAID.get(one.control, "Words.")] for one in form.questions
    }


def test_every_form_is_read_and_asks_something():
    assert len(corpus.forms()) > 500
    assert [path for path, source in corpus.forms().items() if source is None] == []
    for path, source in corpus.readable().items():
        form = read_form(source.data).form
        given = [one for one in source.data["formElements"] if isinstance(one, dict)]
        assert len(form.elements) == len(given), path
        assert form.questions, path
        assert not [one for one in form.questions if not (one.label or one.watermark or one.id)], path


def test_every_form_can_be_answered_and_tells_every_answer():
    for path, source in corpus.readable().items():
        form = read_form(source.data, title=source.header.title).form
        filled = fill(form, answered(form))
        text = summary(filled).text
        assert {fault.wrong for fault in faults(filled)} <= {Wrong.PATTERN, Wrong.NOT_GREATER}, path
        for element in filled.questions:
            assert (element.label or element.watermark or element.id).rstrip(" :") in text, (path, element.id)


def test_every_form_misses_what_it_requires_and_nothing_else():
    for path, source in corpus.readable().items():
        filled = fill(read_form(source.data).form, {})
        required = [one.id for one in filled.questions if one.required]
        found = faults(filled)
        assert [fault.element.id for fault in found] == required, path
        assert {fault.wrong for fault in found} <= {Wrong.MISSING}, path


def test_what_is_wrong_with_a_form_is_told_with_its_line():
    path = "articles/microsoft.aad.iam/graphapi-graphauthenticationissues.md"
    text = (corpus.SELFHELP / path).read_text()
    (problem,) = problems_of(corpus.readable()[path].data, text)
    assert problem.code == "form-visibility-unknown-id"
    assert '"tenantId"' in text.split("\n")[problem.line - 1]


@pytest.mark.parametrize("control", Control)
def test_every_control_but_the_rarest_occurs(control):
    found = {one.control for source in corpus.readable().values() for one in read_form(source.data).form.elements}
    assert control in found or control is Control.TEXT
