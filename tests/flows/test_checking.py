"""A broken flow is named with its file, its line and its cure."""

from pathlib import Path

import pytest

from portal.flows import check, read
from portal.problems import Problem, Severity


def broken(folder: Path, old: str, new: str, name: str = "tea.toml") -> list[Problem]:
    """The problems after one change; the change must really change something."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check(folder)


def text_at(problem: Problem) -> str:
    return Path(problem.path).read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_a_sound_folder_has_no_problems(folder):
    assert check(folder) == []
    assert read(folder).locales("tea") == ("en-us", "sv-se")


# What is changed, the code of the problem, and what stands on the line it names.
DEFECTS = [
    ('then = "sweet"', 'then = "sour"', "unknown-target", "answers.yes"),
    ('start = "warm"', 'start = "cold"', "unknown-target", "start"),
    ('reconsider = "warm"', 'reconsider = "drink"', "unknown-target", "reconsider"),
    ('{ say = "Yes", then = "drink" }', '{ say = "Yes", then = "warm" }', "circle", "yes ="),
    ('{ say = "Yes", then = "drink" }', '{ say = "Yes", then = "ask" }', "unreachable", "[outcome.drink]"),
    ('then = "sweet"', 'then = "heat"', "unreachable", "[question.sweet]"),
    ('answers.dont-know = { say = "I don\'t know", then = "ask" }', "", "missing-dont-know", "answers.yes"),
    ('answers.dont-know = { say = "I don\'t know", then = "ask" }', 'answers.dont-know = { say = "?", then = "sweet" }',
     "fix-after-dont-know", "answers.dont-know"),
    ('roles = ["anyone"]', 'roles = ["the-boss"]', "unknown-roles", "roles"),
    ('evidence = ["last-sync"]', 'evidence = ["tea-leaves"]', "unknown-evidence", "evidence"),
    ('kind = "manual"', 'kind = "magic"', "unknown-kind", "kind"),
    ('reversible = "no"', 'reversible = "maybe"', "unknown-reversible", "reversible"),
    ("verified_on = 2026-09-10\n", "", "missing-verified-on", "[outcome.drink]"),
    ('sources = ["https://example.org/tea"]', "", "missing-sources", "[outcome.drink]"),
    ('sources = ["https://example.org/tea"]', "sources = []", "missing-sources", "sources = []"),
    ('sources = ["https://example.org/tea"]', 'sources = ["example.org"]', "bad-sources", "sources"),
    ('cost = "A burnt tongue."', "", "missing-cost", "[outcome.drink]"),
    ('undo = "Let it cool."', 'undo = ""', "missing-undo", "undo"),
    ('why = "Tastes differ."', 'whyy = "Tastes differ."', "unknown-key", "whyy"),
    ('offers = ["close"]', 'offers = ["apply-fix"]', "offer-and-status", "status"),
    ('kind = "fix"', 'kind = "wait"', "offer-and-kind", "kind"),
    ("stateful = true", "stateful = false", "offer-without-state", "offers"),
    ('kind = "call-a-person"', 'kind = "flow"', "flow-and-kind", "kind"),
    ('kind = "call-a-person"', 'kind = "flow"\nflow = "coffee"', "unknown-flow", "flow ="),
    ('reconsider = "warm"', 'refusal = "too-hot"', "unknown-refusal", "refusal ="),
    ("answers = { warm = \"no\" }", "answers = { sweet = \"no\" }", "match-leads-nowhere", "answers ="),
    ('phrases = ["tea is freezing cold"]', 'phrases = ["cold"]', "phrase-too-short", "phrases"),
    ("[outcome.ask]", "[outcome.sweet]", "bad-file", None),
    ('answers.no = {', "answers.no = [", "not-toml", "answers.no"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), DEFECTS)
def test_it_finds(folder, old, new, code, line):
    problem = next(one for one in broken(folder, old, new) if one.code == code)
    assert problem.severity is Severity.ERROR
    assert problem.path.endswith("articles/flows/tea.toml")
    assert problem.message.endswith((".", "…"))
    if line is not None:
        assert line in text_at(problem)


def test_it_finds_a_question_without_answers(folder):
    old = """[question.sweet.answers]
yes = { say = "Yes", then = "drink" }
no = { say = "No", then = "heat" }
"""
    codes = {one.code for one in broken(folder, old, "[question.sweet.answers]\n")}
    assert "dead-end" in codes


def test_it_finds_every_problem_in_one_go(folder):
    broken(folder, 'then = "sweet"', 'then = "sour"')
    codes = [one.code for one in broken(folder, 'then = "heat"', 'then = "boil"')]
    assert codes.count("unknown-target") == 2


def test_a_phrase_belongs_to_one_match(folder):
    more = '\n[match.frosty]\nanswers = { warm = "no" }\nphrases = ["Tea is freezing cold"]\n'
    old = 'phrases = ["tea is freezing cold"]\n'
    (problem,) = broken(folder, old, old + more)
    assert problem.code == "match-ambiguous"
    assert "frosty" in text_at(problem)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('ask = "Är det sött?"\n', "", "translation-missing", "[question.sweet]"),
        ('cost = "Lite tid."', "", "translation-missing", "[outcome.heat]"),
        ('answers.no.say = "Nej"\n', "", "translation-missing", "answers"),
        ('cost = "Lite tid."', 'cost = "Lite tid."\nprice = "1 kr"', "translation-extra", "price"),
        ('cost = "Lite tid."', 'cost = "Lite tid."\nkind = "wait"', "translation-extra", "kind"),
        ('how = ["Känn på din `cup`.", "Eller vänta."]', 'how = ["Vänta."]', "translation-parts", "how"),
        ('title = "Te"', 'title = ""', "translation-empty", "title"),
        ("`cup`", "kopp", "translation-loses-name", "how"),
    ],
)
def test_a_translation_is_complete_or_absent(folder, old, new, code, line):
    problem = next(one for one in broken(folder, old, new, "tea.sv-se.toml") if one.code == code)
    assert problem.path.endswith("tea.sv-se.toml")
    assert line in text_at(problem)
    assert read(folder).locales("tea") == ("en-us",)


def test_a_broken_translation_leaves_the_whole_flow_in_english(folder):
    broken(folder, 'ask = "Är det sött?"\n', "", "tea.sv-se.toml")
    flow = read(folder).flow("tea", "sv-se")
    assert flow.locale == "en-us"
    assert flow.questions["warm"].ask == "Is it warm?"


def test_a_broken_flow_is_not_offered(folder):
    broken(folder, 'then = "sweet"', 'then = "sour"')
    assert read(folder).names == ()


def test_it_finds_a_binding_to_an_unknown_flow(folder):
    (problem,) = broken(folder, 'flow = "tea"', 'flow = "coffee"', "bindings.toml")
    assert (problem.code, problem.line) == ("unknown-flow", 2)


def test_it_finds_a_binding_that_binds_nothing(folder):
    (problem,) = broken(folder, 'topics = ["1"]', "", "bindings.toml")
    assert "needs topics" in problem.message


def test_a_missing_table_is_said(folder):
    (folder / "words.toml").unlink()
    (problem,) = check(folder)
    assert problem.code == "missing-file"


def test_a_role_without_a_label_is_said(folder):
    problems = broken(folder, 'anyone = { label = "Anyone", means = "No role is needed." }\n', "", "words.toml")
    assert "role anyone has no label" in problems[0].message


def test_a_file_that_is_not_utf_8_is_said(folder):
    (folder / "tea.sv-se.toml").write_bytes('title = "T\xe9"'.encode("latin-1"))
    (problem,) = check(folder)
    assert problem.code == "not-utf-8"


def test_an_article_that_is_not_there_is_a_warning(folder):
    (problem,) = broken(folder, "evidence = ", 'articles = ["no-such-article"]\nevidence = ')
    assert (problem.code, problem.severity) == ("missing-article", Severity.WARNING)
    (folder.parent / "no-such-article").mkdir()
    assert check(folder) == []


@pytest.mark.parametrize(
    ("text", "code"), [("number = " + "9" * 5000, "not-toml"), ("deep = " + "[" * 3000 + "]" * 3000, "not-toml")]
)
def test_a_file_that_cannot_be_read_at_all_is_a_problem_and_no_failure(folder, text, code):
    (folder / "tea.toml").write_text(text, encoding="utf-8")
    assert code in {one.code for one in check(folder)}


def test_an_outcome_whose_refusal_is_no_name_is_a_problem_and_no_failure(folder):
    assert broken(folder, 'roles = ["anyone"]', 'roles = ["anyone"]\nrefusal = ["x"]')


@pytest.mark.parametrize("name", ["tea.sv-se.v2.toml", "coffee.sv-se.toml"])
def test_a_file_that_is_no_translation_of_anything_is_said_and_replaces_none(folder, name):
    (folder / name).write_text('title = "Annat"\n', encoding="utf-8")
    assert [(one.code, Path(one.path).name) for one in check(folder)] == [("unknown-file", name)]
    assert read(folder).locales("tea") == ("en-us", "sv-se")
