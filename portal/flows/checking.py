"""What a flow must be beyond its schema: no dead end, no circle, nothing out of reach, never a fix after a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from portal.flows.bindings import Bindings
from portal.flows.matching import ANYTHING, SHORTEST_PHRASE, squeeze
from portal.flows.schema import DONT_KNOW, Flow, Kind, Offer, Question, Status
from portal.flows.tables import Table, read_table
from portal.flows.walking import walk
from portal.locales import ENGLISH
from portal.problems import Problem, Severity

STATUS_OF = {Offer.APPLY_FIX: Status.PENDING_SYNC, Offer.CLOSE: Status.MANUAL_FIX_REQUIRED}


def check_flow(flow: Flow, table: Table) -> list[Problem]:
    """Every defect of a flow that its schema cannot see, by the line of its file."""
    problems = [*_targets(flow, table), *_questions(flow, table), *_outcomes(flow, table)]
    if problems:
        return problems
    if circle := list(_circles(flow, table)):
        return circle
    return [*_unreached(flow, table), *_fixes_after_a_guess(flow, table), *_matches(flow, table)]


def check_end(table: Table, outcome: str, refusal: str) -> Problem:
    message = f'outcome "{outcome}" ends at the refusal "{refusal}", which is not in refusals.toml; add it there.'
    return table.problem("unknown-refusal", message, "outcome", outcome, "refusal")


def check_together(
    folder: Path,
    flows: Mapping[str, Mapping[str, Flow]],
    names: Collection[str],
    bindings: Bindings | None,
    categories: Collection[str],
) -> list[Problem]:
    """What only the whole folder can show: links between flows, bindings, and articles that are not there.

    `names` are all flows that have a file: what is wrong with a broken one is said where it is wrong. `categories` are
    those of errors; none are checked where none are given.
    """
    problems = []
    for name, languages in flows.items():
        table = read_table(folder / f"{name}.toml")
        if isinstance(table, Table):
            problems += _onward(languages[ENGLISH], table, names)
            problems += _articles(languages[ENGLISH], table, folder.parent)
    table = read_table(folder / "bindings.toml")
    if bindings is not None and isinstance(table, Table):
        problems += _bindings(bindings, table, names)
        problems += _kinds(bindings, table, names, categories)
    return problems


def _bindings(bindings: Bindings, table: Table, names: Collection[str]) -> Iterator[Problem]:
    for number, row in enumerate(bindings.rows):
        if row.flow not in names:
            message = f'The binding names the flow "{row.flow}", which does not exist; correct it.'
            yield table.problem("unknown-flow", message, "rows", number, "flow")


def _kinds(bindings: Bindings, table: Table, names: Collection[str], categories: Collection[str]) -> Iterator[Problem]:
    for kind in bindings.kinds.values():
        if kind.flow not in names:
            message = f'The kind "{kind.name}" names the flow "{kind.flow}", which does not exist; correct it.'
            yield table.problem("unknown-flow", message, "kind", kind.name, "flow")
        for category in set(kind.categories) - set(categories) if categories else ():
            message = f'The kind "{kind.name}" names the category "{category}", which errors do not have; correct it.'
            yield table.problem("unknown-category", message, "kind", kind.name, "categories")


def _edges(flow: Flow) -> Iterator[tuple[Question, str, str]]:
    for question in flow.questions.values():
        for answer in question.answers.values():
            yield question, answer.name, answer.then


def _targets(flow: Flow, table: Table) -> Iterator[Problem]:
    if flow.node(flow.start) is None:
        message = f'The flow starts at "{flow.start}", which does not exist; name a question.'
        yield table.problem("unknown-target", message, "start")
    for question, answer, then in _edges(flow):
        if flow.node(then) is None:
            message = f'Answer "{answer}" of "{question.name}" leads to "{then}", which does not exist; correct it.'
            yield table.problem("unknown-target", message, "question", question.name, "answers", answer)
    for outcome in flow.outcomes.values():
        if outcome.reconsider and outcome.reconsider not in flow.questions:
            message = (
                f'Outcome "{outcome.name}" leads back to "{outcome.reconsider}", which is no question; correct it.'
            )
            yield table.problem("unknown-target", message, "outcome", outcome.name, "reconsider")


def _questions(flow: Flow, table: Table) -> Iterator[Problem]:
    for question in flow.questions.values():
        at = ("question", question.name, "answers")
        if not set(question.answers) - {DONT_KNOW}:
            yield table.problem("dead-end", f'Question "{question.name}" has no answer; add at least one.', *at)
        if DONT_KNOW not in question.answers:
            message = f'Question "{question.name}" has no answer "{DONT_KNOW}"; add one that leads on to help.'
            yield table.problem("missing-dont-know", message, *at)


def _outcomes(flow: Flow, table: Table) -> Iterator[Problem]:
    for outcome in flow.outcomes.values():
        at = ("outcome", outcome.name)
        if outcome.offers and not flow.stateful:
            message = f'Outcome "{outcome.name}" offers something, but the flow is not stateful; remove the offer.'
            yield table.problem("offer-without-state", message, *at, "offers")
        if {STATUS_OF[offer] for offer in outcome.offers} != {outcome.status} - {Status.NONE}:
            message = f'Outcome "{outcome.name}" leaves "{outcome.status}", which its offers do not; make them agree.'
            yield table.problem("offer-and-status", message, *at, "status")
        if (Offer.APPLY_FIX in outcome.offers) != (outcome.kind is Kind.FIX):
            message = f'Outcome "{outcome.name}": only the kind "fix" offers "apply-fix", and it must; make them agree.'
            yield table.problem("offer-and-kind", message, *at, "kind")
        if (outcome.flow is not None) != (outcome.kind is Kind.FLOW):
            message = f'Outcome "{outcome.name}": the kind "flow" names a flow to go on with, others do not.'
            yield table.problem("flow-and-kind", message, *at, "kind")


def _circles(flow: Flow, table: Table) -> Iterator[Problem]:
    """The answers that close a circle; depth first, without recursion."""
    done: set[str] = set()
    for start in flow.questions:
        way: list[str] = []
        todo: list[tuple[str, tuple[str, str] | None]] = [(start, None)]
        while todo:
            name, by = todo.pop()
            if name == "":
                done.add(way.pop())
                continue
            if name in way and by:
                message = f'Answer "{by[1]}" of "{by[0]}" leads back to "{name}"; lead on, never in a circle.'
                yield table.problem("circle", message, "question", by[0], "answers", by[1])
                continue
            if name in done or name not in flow.questions:
                continue
            way.append(name)
            todo.append(("", None))
            todo += [(answer.then, (name, answer.name)) for answer in flow.questions[name].answers.values()]


def reachable(flow: Flow, start: str) -> set[str]:
    """The names of all nodes that can be reached from `start`, itself among them."""
    found, todo = {start}, [start]
    while todo:
        question = flow.questions.get(todo.pop())
        news = {answer.then for answer in question.answers.values()} - found if question else set()
        found |= news
        todo += news
    return found


def _unreached(flow: Flow, table: Table) -> Iterator[Problem]:
    found = reachable(flow, flow.start)
    for kind, nodes in (("question", flow.questions), ("outcome", flow.outcomes)):
        for name in nodes:
            if name not in found:
                message = f'The {kind} "{name}" is never reached; let an answer lead to it, or remove it.'
                yield table.problem("unreachable", message, kind, name)


def _fixes_after_a_guess(flow: Flow, table: Table) -> Iterator[Problem]:
    for question in flow.questions.values():
        for name in reachable(flow, question.answers[DONT_KNOW].then):
            outcome = flow.outcomes.get(name)
            if outcome and Offer.APPLY_FIX in outcome.offers:
                message = f'"{DONT_KNOW}" of "{question.name}" leads to the fix "{name}"; lead it to help instead.'
                yield table.problem("fix-after-dont-know", message, "question", question.name, "answers", DONT_KNOW)


def _matches(flow: Flow, table: Table) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for match in flow.matches.values():
        at = ("match", match.name)
        if walk(flow, match.answers).answers != match.answers:
            message = f'The answers of match "{match.name}" cannot be followed one after the other; correct them.'
            yield table.problem("match-leads-nowhere", message, *at, "answers")
        for phrase in match.phrases:
            if max(len(squeeze(part)) for part in phrase.split(ANYTHING)) < SHORTEST_PHRASE:
                message = f'The phrase "{phrase}" is too short to tell an error by; make it a code, or longer.'
                yield table.problem("phrase-too-short", message, *at, "phrases")
        for words in (*match.phrases, *match.sentences, *match.codes, *match.together):
            if (first := seen.setdefault(words.casefold(), match.name)) != match.name:
                message = f'"{words}" already belongs to match "{first}"; keep it in one of them.'
                yield table.problem("match-ambiguous", message, *at)


def _onward(flow: Flow, table: Table, names: Collection[str]) -> Iterator[Problem]:
    for outcome in flow.outcomes.values():
        if outcome.flow and outcome.flow not in names:
            message = (
                f'Outcome "{outcome.name}" goes on with the flow "{outcome.flow}", which does not exist; correct it.'
            )
            yield table.problem("unknown-flow", message, "outcome", outcome.name, "flow")


def _articles(flow: Flow, table: Table, articles: Path) -> Iterator[Problem]:
    """Links to articles of ours that are not there: a warning, for the flow can be walked without them."""
    for kind, nodes in (("question", flow.questions), ("outcome", flow.outcomes)):
        for node in nodes.values():
            for slug in node.articles:
                if not (articles / slug).is_dir():
                    message = f'The article "{slug}" is not among our own; correct the slug, or write it.'
                    yield table.problem(
                        "missing-article", message, kind, node.name, "articles", severity=Severity.WARNING
                    )
