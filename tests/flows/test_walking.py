"""The walk: a person's way from the answers alone."""

from hypothesis import given
from hypothesis import strategies as st

from portal.flows import Flow, from_query, paths, read, to_query, walk
from tests.flows.conftest import FLOWS

LIBRARY = read(FLOWS)
FLOW = LIBRARY.flow("duplicated-attribute")
NO_YES = {"user-exists-on-premises": "no", "same-user": "yes"}

flows = st.sampled_from([LIBRARY.flow(name) for name in LIBRARY.names])
words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)


@st.composite
def flows_and_answers(draw) -> tuple[Flow, dict[str, str]]:
    """A flow, and valid answers to any of its questions, on one way or not."""
    flow = draw(flows)
    names = draw(st.sets(st.sampled_from(sorted(flow.questions))))
    return flow, {name: draw(st.sampled_from(sorted(flow.questions[name].answers))) for name in sorted(names)}


@given(flows_and_answers(), st.dictionaries(words, words))
def test_unknown_keys_never_matter(flow_and_answers, noise):
    flow, answers = flow_and_answers
    strange = {key: value for key, value in noise.items() if key not in flow.questions}
    assert walk(flow, {**strange, **answers}) == walk(flow, answers)


@given(flows_and_answers())
def test_what_was_taken_leads_to_the_same_place(flow_and_answers):
    flow, answers = flow_and_answers
    way = walk(flow, answers)
    again = walk(flow, way.answers)
    assert (again.taken, again.here, again.remembered) == (way.taken, way.here, {})


@given(flows_and_answers(), st.integers(min_value=0, max_value=12))
def test_a_part_of_the_answers_leads_to_a_part_of_the_way(flow_and_answers, length):
    flow, answers = flow_and_answers
    way = walk(flow, answers)
    part = walk(flow, dict(list(way.answers.items())[:length]))
    assert part.taken == way.taken[:length]


@given(flows_and_answers())
def test_each_answer_is_either_taken_or_remembered(flow_and_answers):
    flow, answers = flow_and_answers
    way = walk(flow, answers)
    assert {**way.answers, **way.remembered} == answers
    assert not set(way.answers) & set(way.remembered)


@given(flows_and_answers(), st.data())
def test_a_change_of_mind_keeps_later_answers_that_are_still_on_the_way(flow_and_answers, data):
    flow, answers = flow_and_answers
    question = data.draw(st.sampled_from(sorted(flow.questions)))
    changed = {**answers, question: data.draw(st.sampled_from(sorted(flow.questions[question].answers)))}
    way = walk(flow, changed)
    assert {**way.answers, **way.remembered} == changed
    changed_back = {**way.answers, **way.remembered, **answers}
    if question in answers:
        assert walk(flow, changed_back) == walk(flow, answers)


@given(flows_and_answers())
def test_an_address_brings_the_answers_back(flow_and_answers):
    flow, answers = flow_and_answers
    pairs = [tuple(pair.split("=")) for pair in to_query(flow, answers).split("&") if pair]
    assert from_query(flow, pairs) == answers


@given(flows_and_answers(), words)
def test_a_value_that_is_no_answer_is_not_followed_and_is_said(flow_and_answers, value):
    flow, answers = flow_and_answers
    value = f"{value}-nonsense"
    way = walk(flow, {**answers, flow.start: value})
    assert (way.here.name, way.taken, way.invalid) == (flow.start, (), value)


@given(st.text(max_size=400))
def test_an_invalid_value_is_cut_short(value):
    invalid = walk(FLOW, from_query(FLOW, {FLOW.start: value})).invalid
    assert invalid is None or len(invalid) <= 80


def test_without_answers_it_stands_at_the_start():
    way = walk(FLOW, {})
    assert (way.question.name, way.outcome, way.answers) == ("user-exists-on-premises", None, {})


def test_going_back_shows_a_question_with_its_old_answer():
    way = walk(FLOW, NO_YES, until="same-user")
    assert (way.here.name, way.suggested) == ("same-user", "yes")
    assert way.answers == {"user-exists-on-premises": "no"}


def test_changing_the_first_answer_and_back_again_loses_nothing():
    changed = {**NO_YES, "user-exists-on-premises": "yes"}
    assert walk(FLOW, changed).here.name == "two-live-users"
    assert walk(FLOW, changed).remembered == {"same-user": "yes"}
    assert walk(FLOW, {**changed, "user-exists-on-premises": "no"}).here.name == "orphaned"


def test_an_address_holds_known_choices_only_in_the_order_of_the_flow():
    answers = {"same-user": "yes", "upn": "joe@contoso.com", "user-exists-on-premises": "no", "both-names": "joe"}
    assert to_query(FLOW, answers) == "user-exists-on-premises=no&same-user=yes"


def test_the_paths_of_the_duplicated_attribute():
    assert len(list(paths(FLOW))) == 11
