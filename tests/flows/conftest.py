"""The flows as they are shipped, and a small folder of flows to break."""

from pathlib import Path

import pytest

from portal.flows import Library, read

FLOWS = Path(__file__).resolve().parents[2] / "articles" / "flows"


@pytest.fixture(scope="session")
def library() -> Library:
    return read(FLOWS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder with one flow, `tea`, in English and Swedish, and the tables around it as they are shipped."""
    flows = tmp_path / "articles" / "flows"
    flows.mkdir(parents=True)
    for table in ("refusals", "words"):
        (flows / f"{table}.toml").write_text((FLOWS / f"{table}.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (flows / "bindings.toml").write_text('[[rows]]\nflow = "tea"\ntopics = ["1"]\n', encoding="utf-8")
    (flows / "tea.toml").write_text(TEA, encoding="utf-8")
    (flows / "tea.sv-se.toml").write_text(TEA_IN_SWEDISH, encoding="utf-8")
    return flows


TEA = """\
title = "Tea"
description = "Is the tea any good?"
start = "warm"
stateful = true

[question.warm]
ask = "Is it warm?"
why = "Cold tea is no tea. [Really] # not a comment"
how = [
  "Touch the `cup`.",  # with care
  "Or wait.",
]
evidence = ["last-sync"]
answers.yes = { say = "Yes", then = "sweet" }
answers.no = { say = "No", then = "heat" }
answers.dont-know = { say = "I don't know", then = "ask" }

[question.sweet]
ask = "Is it sweet?"
why = "Tastes differ."
how = ["Taste it."]
[question.sweet.answers]
yes = { say = "Yes", then = "drink" }
no = { say = "No", then = "heat" }
dont-know = { say = "I don't know", then = "ask" }

[outcome.drink]
title = "Drink it"
summary = "It is good."
steps = ["Drink."]
kind = "fix"
status = "pending-sync"
offers = ["apply-fix"]
roles = ["anyone"]
reversible = "no"
undo = "What is drunk is drunk."
effective = "At once."
cost = "A burnt tongue."
verified_on = 2026-09-10
sources = ["https://example.org/tea"]

[outcome.heat]
title = "Heat it"
summary = "It is cold."
steps = ["Heat it."]
kind = "manual"
status = "manual-fix-required"
offers = ["close"]
roles = ["anyone"]
reversible = "yes"
undo = "Let it cool."
effective = "In minutes."
cost = "A little time."
verified_on = 2026-09-10
sources = ["https://example.org/tea"]

[outcome.ask]
title = "Ask somebody"
summary = "Two know more than one."
steps = ["Ask."]
kind = "call-a-person"
roles = ["anyone"]
reversible = "yes"
undo = "Nothing to undo."
effective = "At once."
cost = "Nothing."
reconsider = "warm"
verified_on = 2026-09-10
sources = ["https://example.org/tea"]

[match.cold]
answers = { warm = "no" }
phrases = ["tea is freezing cold"]
"""

TEA_IN_SWEDISH = """\
title = "Te"
description = "Är teet bra?"

[question.warm]
ask = "Är det varmt?"
why = "Kallt te är inget te."
how = ["Känn på din `cup`.", "Eller vänta."]
answers.yes.say = "Ja"
answers.no.say = "Nej"
answers.dont-know.say = "Jag vet inte"

[question.sweet]
ask = "Är det sött?"
why = "Smaken är olika."
how = ["Smaka."]
answers.yes.say = "Ja"
answers.no.say = "Nej"
answers.dont-know.say = "Jag vet inte"

[outcome.drink]
title = "Drick det"
summary = "Det är bra."
steps = ["Drick."]
undo = "Drucket är drucket."
effective = "Genast."
cost = "En bränd tunga."

[outcome.heat]
title = "Värm det"
summary = "Det är kallt."
steps = ["Värm det."]
undo = "Låt det svalna."
effective = "Om några minuter."
cost = "Lite tid."

[outcome.ask]
title = "Fråga någon"
summary = "Två vet mer än en."
steps = ["Fråga."]
undo = "Inget att ångra."
effective = "Genast, tack."
cost = "Ingenting."
"""
