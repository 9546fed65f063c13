"""The outline and the table of a flow say the same as its drawing."""

import pytest

from portal.flows import Item, outline, paths, read, table, walk
from tests.flows.conftest import FLOWS

LIBRARY = read(FLOWS)
NO_YES = {"user-exists-on-premises": "no", "same-user": "yes"}


def items(item: Item) -> list[Item]:
    return [item, *(one for below in item.below for one in items(below))]


@pytest.mark.parametrize("name", LIBRARY.names)
def test_the_outline_holds_every_answer_once(name):
    flow = LIBRARY.flow(name)
    listed = items(outline(flow))
    assert len(listed) == 1 + sum(len(question.answers) for question in flow.questions.values())
    assert {one.name for one in listed} == set(flow.questions) | set(flow.outcomes)
    assert len({one.name for one in listed if not one.again}) == len([one for one in listed if not one.again])


@pytest.mark.parametrize("name", LIBRARY.names)
def test_the_way_taken_is_marked_the_same_in_all_views(name):
    flow = LIBRARY.flow(name)
    for way in list(paths(flow))[:40]:
        listed = [one for one in items(outline(flow, way)) if one.taken]
        rows = [one for one in table(flow, way) if one.taken]
        assert {one.name for one in listed} == {*way.answers, way.here.name}
        assert {(one.question, one.answer) for one in rows} == set(way.answers.items())
        assert [one.name for one in listed if one.here] == [way.here.name]
        assert [one.target for one in rows if one.here] == [way.here.name]


def test_a_row_says_what_an_answer_leads_to():
    flow = LIBRARY.flow("duplicated-attribute")
    row = next(one for one in table(flow, walk(flow, NO_YES)) if (one.question, one.answer) == ("same-user", "yes"))
    assert (row.leads_to, row.kind, row.taken, row.here) == (flow.outcomes["orphaned"].title, "fix", True, True)


def test_the_lines_of_a_question_are_spanned_by_its_first():
    flow = LIBRARY.flow("duplicated-attribute")
    assert [line.span for line in table(flow)][:5] == [4, 0, 0, 0, 4]


def test_without_a_walk_nothing_is_marked():
    assert not any(one.taken or one.here for one in items(outline(LIBRARY.flow("which-error"))))
