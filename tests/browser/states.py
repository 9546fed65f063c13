"""Every page of the portal in every state that a person can meet: who is there, what was done before, and the address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.browser import errands
from tests.browser.errands import Prepare
from tests.factories import make_tree, native, run_import, selfhelp

SXS = (
    '<span data-ttu-id="abcde-{number}">{local}</span><span class="sxs-lookup">'
    '<span data-stu-id="abcde-{number}">{english}</span></span>'
)
LONG = "Wolfeschlegelsteinhausenbergerdorff-and-a-title-without-any-blank-that-would-break-a-narrow-page"
FORM = """<properties
    pageTitle="What support asks" selfHelpType="problemScopingQuestions" cloudEnvironments="public"
    supportTopicIds="32629786" articleId="form-of-the-browser"
/>

# What support asks

---
{"$schema": "SelfHelpContent", "title": "What support asks", "formElements": [
 {"id": "what", "order": 1, "controlType": "dropdown", "displayLabel": "What happens?", "required": true,
  "dropdownOptions": [{"value": "slow", "text": "It is slow"}, {"value": "none", "text": "Nothing"}]},
 {"id": "since", "order": 2, "controlType": "datetimepicker", "displayLabel": "Since when?", "visibility": "what == slow"},
 {"id": "problem_description", "order": 3, "controlType": "multilinetextbox", "displayLabel": "Tell us more"}]}
---
"""


@dataclass(frozen=True, kw_only=True)
class State:
    """One state. `address` is written with {here} for language and cloud, or with {locale} for the language alone.

    What the page must show, so that it is no other state: `asks` names a flow and its question, '' for its first one, whose
    words are the heading; `shows` is a selector. `status` is what the page answers with.
    """

    name: str
    address: str
    person: str = ""
    status: int = 200
    prepare: Prepare | None = None
    asks: tuple[str, str] | None = None
    shows: str = "h1"


def shelve(folder: Path) -> None:
    """Imported articles beside our own: bilingual, for one cloud only, with long words, and a form."""
    bilingual = "\n\n".join(
        SXS.format(number=100 + number, local=local, english=english)
        for number, (local, english) in enumerate(
            [("Öppna sidan.", "Open the page."), ("Välj ett namn.", "Choose a name.")]
        )
    )
    header = (
        "---\ntitle: Tvåspråkig\nms.contentlocale: sv-SE\nms.translationtype: MT\nms.lasthandoff: 03/03/2021\n---\n"
    )
    heading = '# <a name="bilingual"></a>' + SXS.format(number=99, local="Tvåspråkig", english="Bilingual")
    tree = make_tree(
        folder,
        {
            "selfhelp/mooncake.md": selfhelp(
                "Only for 21Vianet", cloudEnvironments="mooncake", articleId="only-mooncake"
            ),
            "selfhelp/long.md": selfhelp(
                LONG, f"{LONG} " * 3 + f"\n\n```\n{LONG * 3}\n```\n\n|a|b|\n|-|-|\n|{LONG}|{LONG}|"
            ),
            "selfhelp/form.md": FORM,
            "sv-SE/bilingual.md": f"{header}{heading}\n\n{bilingual}\n",
            "native/english-only/en-us.md": native("English only"),
        },
    )
    run_import(tree / "selfhelp", collection="selfhelp")
    run_import(tree / "sv-SE", collection="alchemy", root=tree)


TENANT = "{here}/tenants/contoso"
ERRORS = f"{TENANT}/errors/"
# States that a cycle goes with are those of another tenant, so that Contoso's errors stay where they are.
OTHERS = "/{locale}/fairfax/tenants/fabrikam/errors/"
DUPLICATED = "duplicated-attribute"
FLOW = f"{{here}}/flows/{DUPLICATED}/"
STANDING_WARNING = "#standing .alert-warning"
STATES = (
    State(name="home", address="{here}/"),
    State(name="home-signed-in", address="{here}/", person="ada"),
    State(name="services", address="{here}/services/"),
    State(name="products", address="{here}/products/"),
    State(name="topics", address="{here}/topics/"),
    State(name="collection", address="{here}/collections/native/"),
    State(name="article", address="{here}/articles/native/duplicated-attributes/"),
    State(name="article-with-table", address="{here}/articles/native/run-status-and-stopped-runs/"),
    State(name="article-long-words", address="{here}/articles/selfhelp/long/"),
    State(name="article-side-by-side", address="{here}/articles/alchemy/bilingual/?read=both"),
    State(name="article-by-sentence", address="{here}/articles/alchemy/bilingual/?read=sentences"),
    State(name="not-in-this-cloud", address="{here}/articles/selfhelp/mooncake/", status=404),
    State(name="topic-unknown", address="{here}/topics/99999999/", status=404),
    State(name="missing", address="{here}/nothing/here/", status=404),
    State(name="bad-address", address="{here}/articles/native/duplicated-attributes/?read=backwards"),
    State(name="search", address="{here}/search/?q=source+anchor"),
    State(name="search-nothing", address="{here}/search/?q=qqqzzz"),
    State(name="search-empty", address="{here}/search/"),
    State(name="flows", address="{here}/flows/"),
    State(name="flow-question", address=FLOW, asks=(DUPLICATED, "user-exists-on-premises")),
    State(name="flow-second-question", address=f"{FLOW}?user-exists-on-premises=no", asks=(DUPLICATED, "same-user")),
    State(
        name="flow-first-not-known",
        address=f"{FLOW}?user-exists-on-premises=dont-know",
        asks=(DUPLICATED, "where-can-you-look"),
    ),
    State(
        name="flow-second-not-known",
        address=f"{FLOW}?user-exists-on-premises=no&same-user=dont-know",
        asks=(DUPLICATED, "both-names"),
    ),
    State(name="flow-which-error", address="{here}/flows/which-error/", asks=("which-error", "")),
    State(name="flow-drawing", address="{here}/flows/duplicated-attribute/map/"),
    State(name="flow-outline", address="{here}/flows/object-not-syncing/map/?as=outline"),
    State(name="flow-table", address="{here}/flows/attribute-not-syncing/map/?as=table"),
    State(name="form", address="{here}/forms/selfhelp/form/"),
    State(name="sign-in", address="/sign-in"),
    State(name="errors", address=ERRORS, person="ada"),
    State(name="errors-none-fit", address=f"{ERRORS}?q=nobody", person="ada"),
    State(
        name="error",
        address=ERRORS,
        person="ada",
        prepare=errands.error("status=not-started&attribute=SipProxyAddress"),
    ),
    State(name="error-by-rule", address=ERRORS, person="ada", prepare=errands.error("status=manual-fix-required")),
    State(name="error-for-reader", address=ERRORS, person="rosa", prepare=errands.error("attribute=SipProxyAddress")),
    State(name="question-two", address=ERRORS, person="ada", prepare=errands.half_way, asks=(DUPLICATED, "same-user")),
    State(
        name="question-one-not-known",
        address=OTHERS,
        person="grace",
        prepare=errands.answered("q=rhea&status=not-started", "dont-know"),
        asks=(DUPLICATED, "where-can-you-look"),
    ),
    State(
        name="question-two-not-known",
        address=OTHERS,
        person="grace",
        prepare=errands.answered("q=layla&status=not-started", "no", "dont-know"),
        asks=(DUPLICATED, "both-names"),
    ),
    State(name="outcome-fix", address=ERRORS, person="ada", prepare=errands.at_the_fix),
    State(name="dry-run", address=ERRORS, person="ada", prepare=errands.dry_run),
    State(name="fix", address=ERRORS, person="ada", prepare=errands.applied),
    State(
        name="dry-run-refused",
        address=OTHERS,
        person="grace",
        prepare=errands.refused_dry_run,
        shows=".refusal",
    ),
    State(
        name="fix-refused",
        address=OTHERS,
        person="grace",
        prepare=errands.refused_fix,
        shows=".fix-refused ~ .refusal",
    ),
    State(name="fix-unknown", address=OTHERS, person="grace", prepare=errands.unknown, shows=".settle button"),
    State(
        name="closed",
        address=OTHERS,
        person="grace",
        prepare=errands.closed,
        shows="#step .status-manual-fix-required",
    ),
    State(name="case-summary", address=OTHERS, person="grace", prepare=errands.summarized, shows="#summary"),
    State(name="scheduler-stopped", address=OTHERS, person="grace", prepare=errands.stopped, shows=STANDING_WARNING),
    State(name="staging", address=OTHERS, person="grace", prepare=errands.staging, shows=STANDING_WARNING),
    State(name="still-there", address=OTHERS, person="grace", prepare=errands.still_there, shows=".mark-still-there"),
    State(name="cycles", address=f"{TENANT}/cycles/", person="ada"),
    State(name="record", address=f"{TENANT}/record/", person="ada"),
    State(name="demo", address=f"{TENANT}/demo/?action=ad-set", person="ada"),
    State(name="tokens", address=f"{TENANT}/tokens/", person="ada"),
    State(name="record-not-allowed", address=f"{TENANT}/record/", person="rosa", status=403),
    State(name="tenant-of-others", address="{here}/tenants/fabrikam/errors/", person="ada", status=404),
    State(name="staff-desk", address="{here}/staff/", person="sam"),
    State(name="staff-desk-topic", address="{here}/staff/?sort=topic&id=32629786", person="sam"),
    State(name="staff-topics", address="{here}/staff/topics/", person="sam"),
    State(name="staff-coverage", address="{here}/staff/coverage/", person="sam"),
    State(name="staff-content", address="{here}/staff/content/", person="sam"),
    State(name="staff-content-list", address="{here}/staff/content/problems/", person="sam"),
    State(name="staff-design", address="{here}/staff/design/", person="sam"),
    State(name="staff-not-allowed", address="{here}/staff/design/", person="ada", status=403),
)
