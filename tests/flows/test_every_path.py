"""Every way through every flow that is shipped: none dead, every end reached, complete in each language offered."""

import pytest

from portal.flows import DONT_KNOW, Flow, Kind, Library, Offer, Status, paths, read, walk
from portal.flows.translating import words_of
from portal.problems import Severity
from tests.flows.conftest import FLOWS

NAMES = ("attribute-not-syncing", "duplicated-attribute", "object-not-syncing", "which-error")
FIVE = {"en-us", "sv-se", "de-de", "ja-jp", "ar-sa"}


def all_flows() -> list[Flow]:
    library = read(FLOWS)
    return [library.flow(name, locale) for name in library.names for locale in library.locales(name)]


@pytest.fixture(params=all_flows(), ids=lambda flow: f"{flow.name}-{flow.locale}")
def flow(request) -> Flow:
    return request.param


def test_the_flows_have_no_errors(library: Library):
    assert [str(one) for one in library.problems if one.severity is Severity.ERROR] == []
    assert set(library.names) == set(NAMES)


def test_every_path_ends_at_an_outcome(flow):
    ways = list(paths(flow))
    assert all(way.outcome for way in ways)
    assert len({tuple(way.answers.items()) for way in ways}) == len(ways)


def test_every_question_and_every_outcome_is_reached(flow):
    ways = list(paths(flow))
    assert {way.here.name for way in ways} == set(flow.outcomes)
    assert {step.question.name for way in ways for step in way.taken} == set(flow.questions)


def test_every_answer_is_on_some_path(flow):
    on_paths = {(step.question.name, step.answer.name) for way in paths(flow) for step in way.taken}
    assert on_paths == {(q.name, answer) for q in flow.questions.values() for answer in q.answers}


def test_i_dont_know_is_the_last_answer_and_never_leads_to_a_fix(flow):
    for question in flow.questions.values():
        assert list(question.answers)[-1] == DONT_KNOW
    for way in paths(flow):
        if DONT_KNOW in way.answers.values():
            assert Offer.APPLY_FIX not in way.here.offers


def test_every_outcome_says_what_being_wrong_costs(flow):
    for outcome in flow.outcomes.values():
        assert outcome.roles
        assert outcome.sources
        assert outcome.verified_on.year >= 2026
        assert all([outcome.undo, outcome.effective, outcome.cost, outcome.steps])
        assert outcome.articles


def test_it_is_the_same_flow_in_every_language(library):
    for name in library.names:
        english = library.flow(name)
        for locale in library.locales(name):
            other = library.flow(name, locale)
            assert other.locale == locale
            assert [way.answers for way in paths(other)] == [way.answers for way in paths(english)]


def test_no_sentence_was_left_in_english(library):
    for name in library.names:
        english = dict(words_of(library.flow(name).model_dump()))
        for locale in set(library.locales(name)) - {"en-us"}:
            other = dict(words_of(library.flow(name, locale).model_dump()))
            same = {key for key, words in english.items() if words == other[key] and " " in str(words)}
            assert {english[key] for key in same} <= NAMES_AND_CODES


# Names, codes, and what happens to be the same in German.
NAMES_AND_CODES = {
    "LargeObject, ExceededAllowedLength",
    "stopped-…, no-start-…",
    "Existing Admin Role Conflict",
    "In Active Directory",
    "In Microsoft Entra ID",
}


def test_the_languages_that_are_offered(library):
    assert set(library.refusals) == FIVE
    assert set(library.catalogues) == FIVE
    assert all(set(library.locales(name)) == FIVE for name in library.names)


def test_a_language_that_is_missing_falls_back_to_english_as_a_whole(library):
    assert library.flow("which-error", "fr-fr") == library.flow("which-error")
    assert library.refusals_in("fr-fr").locale == "en-us"


class TestDuplicatedAttribute:
    @pytest.fixture
    def flow(self, library) -> Flow:
        return library.flow("duplicated-attribute")

    def test_the_questions_are_worded_as_in_the_spec(self, flow):
        assert flow.questions["user-exists-on-premises"].ask == (
            "Does the user exist in your on-premises Active Directory?"
        )
        assert flow.questions["same-user"].ask == "Do both of these accounts belong to the same user?"
        assert flow.stateful

    def test_only_no_then_yes_offers_apply_fix(self, flow):
        fixes = [way.answers for way in paths(flow) if Offer.APPLY_FIX in way.here.offers]
        assert fixes == [{"user-exists-on-premises": "no", "same-user": "yes"}]

    def test_the_fix_leaves_pending_sync(self, flow):
        end = walk(flow, {"user-exists-on-premises": "no", "same-user": "yes"}).outcome
        assert (end.kind, end.status) == (Kind.FIX, Status.PENDING_SYNC)

    @pytest.mark.parametrize(
        "answers",
        [
            {"user-exists-on-premises": "yes"},
            {"user-exists-on-premises": "no", "same-user": "no"},
            {"user-exists-on-premises": "existing-should-go"},
            {"user-exists-on-premises": "no", "same-user": "existing-should-go"},
        ],
    )
    def test_every_other_end_offers_close_and_leaves_manual_fix_required(self, flow, answers):
        end = walk(flow, answers).outcome
        assert end.offers == (Offer.CLOSE,)
        assert end.status is Status.MANUAL_FIX_REQUIRED

    def test_whoever_has_to_look_first_leaves_the_error_not_started(self, flow):
        for way in paths(flow):
            if way.outcome.kind in (Kind.FIND_OUT, Kind.CALL_A_PERSON):
                assert (way.outcome.status, way.outcome.offers) == (Status.NONE, ())
                assert way.outcome.reconsider in ("user-exists-on-premises", "same-user")


def test_every_refusal_is_an_end_of_which_error(library):
    ends = {outcome.refusal for outcome in library.flow("which-error").outcomes.values()} - {None}
    assert ends == set(library.refusals_in("en-us").rows)
