"""Reading the folder of flows: everything good in it, and every problem of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.flows.bindings import Bindings
from portal.flows.catalogue import Catalogue
from portal.flows.checking import check_end, check_flow, check_together
from portal.flows.parsing import Model, parse
from portal.flows.refusals import Refusals
from portal.flows.schema import Flow, Match
from portal.flows.tables import Table, read_table
from portal.flows.translating import check_translation, translated
from portal.flows.walking import walk_to
from portal.locales import ENGLISH
from portal.problems import Problem, Severity, has_errors

BINDINGS, REFUSALS, CATALOGUE = "bindings", "refusals", "words"
TABLES = frozenset({BINDINGS, REFUSALS, CATALOGUE})


class UnknownFlow(LookupError):
    """There is no flow of that name."""


@dataclass(frozen=True, kw_only=True)
class Library:
    """All flows of a folder, in every language that is complete, with the tables around them."""

    flows: Mapping[str, Mapping[str, Flow]] = field(default_factory=dict)
    refusals: Mapping[str, Refusals] = field(default_factory=dict)
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    bindings: Bindings = field(default_factory=lambda: Bindings(rows=()))
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.flows)

    def locales(self, name: str) -> tuple[str, ...]:
        """The languages in which a flow is complete, English first."""
        return tuple(self._languages(name))

    def flow(self, name: str, locale: str = ENGLISH) -> Flow:
        """The flow in that language, else wholly in English; `flow.locale` says which. Raises UnknownFlow."""
        languages = self._languages(name)
        return languages.get(locale) or languages[ENGLISH]

    def refusals_in(self, locale: str) -> Refusals:
        return self.refusals.get(locale) or self.refusals[ENGLISH]

    def words_in(self, locale: str) -> Catalogue:
        return self.catalogues.get(locale) or self.catalogues[ENGLISH]

    def for_article(self, **ties: Any) -> tuple[str, ...]:
        """The flows of an article (see `Bindings.flows_for`), those that exist."""
        return tuple(name for name in self.bindings.flows_for(**ties) if name in self.flows)

    def _languages(self, name: str) -> Mapping[str, Flow]:
        if name not in self.flows:
            raise UnknownFlow(f"There is no flow named {name}.")
        return self.flows[name]


def read(folder: Path, *, categories: Collection[str] = ()) -> Library:
    """Read a folder of flows. What is broken is left out and stands in `problems`; a broken translation alone leaves
    its flow in the other languages. `categories` are those of errors that bindings may name; none given, any is taken.
    """
    problems: list[Problem] = []
    refusals = _in_languages(folder, REFUSALS, Refusals, problems)
    catalogues = _in_languages(folder, CATALOGUE, Catalogue, problems)
    flows = {}
    names = flow_names(folder)
    for name in names:
        if languages := _read_flow(folder, name, refusals, problems):
            flows[name] = languages
    problems += _strays(folder, names)
    bindings = _read_bindings(folder, problems)
    problems += check_together(folder, flows, names, bindings, categories)
    return Library(
        flows=flows,
        refusals=refusals,
        catalogues=catalogues,
        bindings=bindings or Bindings(rows=()),
        problems=tuple(sorted(problems, key=lambda one: (one.path, one.line or 0, one.message))),
    )


def check(folder: Path, *, categories: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with a folder of flows, by file and line; [] when it is sound."""
    return list(read(folder, categories=categories).problems)


def load(folder: Path, name: str, locale: str = ENGLISH) -> Flow:
    """One flow in a language, else wholly in English. Raises UnknownFlow, also for one that is broken."""
    return read(folder).flow(name, locale)


def flow_names(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.toml") if "." not in file.stem and file.stem not in TABLES)


def translations(folder: Path, name: str) -> dict[str, Path]:
    """The files with a table's words in other languages, by locale."""
    files = {file.stem.removeprefix(f"{name}."): file for file in sorted(folder.glob(f"{name}.*.toml"))}
    return {locale: file for locale, file in files.items() if "." not in locale}


def _strays(folder: Path, names: Collection[str]) -> Iterator[Problem]:
    """Files that look like a translation and are none: one of them must not take the place of the real one."""
    for file in sorted(folder.glob("*.*.toml")):
        table, locale = file.stem.split(".", 1)
        if "." in locale or table not in {*names, *TABLES}:
            message = (
                "No table goes by this name; a translation is named TABLE.LOCALE.toml. Rename the file, or remove it."
            )
            yield Problem(code="unknown-file", message=message, severity=Severity.ERROR, path=file.as_posix())


def _read_flow(
    folder: Path, name: str, refusals: Mapping[str, Refusals], problems: list[Problem]
) -> dict[str, Flow] | None:
    table = _open(folder / f"{name}.toml", problems)
    if table is None:
        return None
    flow, found = _build_flow(name, ENGLISH, table, table.data, refusals.get(ENGLISH))
    if flow and not found:
        found += check_flow(flow, table)
    problems += found
    tables = _translated_tables(folder, name, table, problems)
    if flow is None or has_errors(found):
        return None
    flows = {ENGLISH: _with_refusals_recognised(flow, refusals.get(ENGLISH))}
    for locale, (words, data) in tables.items():
        if _leans_on(flow) and locale not in refusals:
            message = f"The flow ends at refusals, which have no words in {locale}; translate {REFUSALS}.toml first."
            problems.append(words.problem("translation-missing", message))
            continue
        other, found = _build_flow(name, locale, words, data, refusals.get(locale))
        problems += found
        if other and not has_errors(found):
            flows[locale] = _with_refusals_recognised(other, refusals.get(locale))
    return flows


def _build_flow(
    name: str, locale: str, table: Table, data: Mapping[str, Any], refusals: Refusals | None
) -> tuple[Flow | None, list[Problem]]:
    outcomes = data.get("outcome")
    problems: list[Problem] = []
    if isinstance(outcomes, Mapping):
        filled = {}
        for key, outcome in outcomes.items():
            filled[key], found = _fill(key, outcome, table, refusals)
            problems += found
        data = {**data, "outcome": filled}
    if problems:
        return None, problems
    return parse(Flow, table, {**data, "name": name, "locale": locale})


def _fill(key: str, outcome: Any, table: Table, refusals: Refusals | None) -> tuple[Any, list[Problem]]:
    """An outcome that only names a refusal gets that refusal's words."""
    if not isinstance(outcome, Mapping) or "refusal" not in outcome:
        return outcome, []
    named = outcome["refusal"]
    row = refusals.get(named) if refusals and isinstance(named, str) else None
    if row is None:
        return outcome, [check_end(table, key, str(outcome["refusal"]))]
    return {**row.as_outcome(), **outcome}, []


def _leans_on(flow: Flow) -> bool:
    return any(outcome.refusal for outcome in flow.outcomes.values())


def _with_refusals_recognised(flow: Flow, refusals: Refusals | None) -> Flow:
    """The flow with a match for each refusal it ends at, so that Microsoft's sentence leads there when pasted."""
    if refusals is None or not flow.matches:
        return flow
    matches = dict(flow.matches)
    for outcome in flow.outcomes.values():
        row = refusals.get(outcome.refusal) if outcome.refusal else None
        if row and (row.sentences or row.codes):
            name = outcome.name
            matches[name] = Match(
                name=name, answers=walk_to(flow, name).answers, phrases=row.sentences, codes=row.codes
            )
    return flow.model_copy(update={"matches": matches})


def _in_languages(folder: Path, name: str, model: type[Model], problems: list[Problem]) -> dict[str, Model]:
    """A table and its translations as models, by locale; {} when the English one is broken or missing."""
    table = _open(folder / f"{name}.toml", problems)
    if table is None:
        return {}
    english, found = parse(model, table, {**table.data, "locale": ENGLISH})
    problems += found
    if english is None:
        return {}
    result = {ENGLISH: english}
    for locale, (words, data) in _translated_tables(folder, name, table, problems).items():
        other, found = parse(model, words, {**data, "locale": locale})
        problems += found
        if other is not None:
            result[locale] = other
    return result


def _translated_tables(
    folder: Path, name: str, english: Table, problems: list[Problem]
) -> dict[str, tuple[Table, dict[str, Any]]]:
    """The complete translations of a table: their own table (for lines) and the English data in their words."""
    result = {}
    for locale, file in translations(folder, name).items():
        words = _open(file, problems)
        if words is None:
            continue
        found = check_translation(english, words)
        problems += found
        if not found:
            result[locale] = (words, translated(english.data, words.data))
    return result


def _read_bindings(folder: Path, problems: list[Problem]) -> Bindings | None:
    table = _open(folder / f"{BINDINGS}.toml", problems)
    if table is None:
        return None
    bindings, found = parse(Bindings, table, table.data)
    problems += found
    return bindings


def _open(file: Path, problems: list[Problem]) -> Table | None:
    table = read_table(file)
    if isinstance(table, Problem):
        problems.append(table)
        return None
    return table
