"""Every page of the portal in every state that a person can meet: who is there, what was done before, and the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.factories import make_tree, native, run_import, selfhelp

Prepare = Callable[[Page], None]
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
    """One state. `address` is written with {here} for language and cloud; `status` is what the page answers with."""

    name: str
    address: str
    person: str = ""
    status: int = 200
    prepare: Prepare | None = None


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


def _error(query: str) -> Prepare:
    def open_it(page: Page) -> None:
        page.goto(f"{page.url.partition('/errors/')[0]}/errors/?{query}")
        page.locator(".row-error a").first.click()
        page.wait_for_url(re.compile(r"/errors/\d+/"))

    return open_it


def _answer(page: Page, *values: str) -> None:
    for value in values:
        before = page.locator("#step .way li").count()
        page.locator(f'#step input[name="answer"][value="{value}"]').check()
        page.locator("#step form.question button.primary").click()
        page.locator("#step .way li").nth(before).wait_for()


def _half_way(page: Page) -> None:
    _error("q=mika&status=not-started")(page)
    if not page.locator("#step .way li").count():
        _answer(page, "no")


def _at_the_fix(page: Page) -> None:
    _error("q=noa&status=not-started")(page)
    if not page.locator('#step a[href$="/fix/"]').count():
        _answer(page, "no", "yes")


def _closed(page: Page) -> None:
    """Closed once for all looks: Manual Fix Required in this cycle."""
    _error("q=ulrike")(page)
    if page.locator("#step form.question").count():
        _answer(page, "yes")
    if (close := page.locator('#step form[action$="/close/"] button')).count():
        close.click()
        page.locator('#step form[action$="/reopen/"]').wait_for()


def _refused(page: Page) -> None:
    """A dry run that is refused: the existing user lies in the recycle bin."""
    _error(REFUSED)(page)
    if page.locator("#step form.question").count():
        _answer(page, "no", "yes")
    page.locator('#step a[href$="/fix/"]').click()
    page.locator(".refusal").wait_for()


def _summary(page: Page) -> None:
    _half_way(page)
    page.locator('a[href$="/summary/"]').first.click()
    page.locator("#summary").wait_for()


def _dry_run(page: Page) -> None:
    _at_the_fix(page)
    page.locator('#step a[href$="/fix/"]').click()
    page.wait_for_url("**/fix/")


def _applied(page: Page) -> None:
    """The fix of one error, asked for once for all looks; afterwards its page shows what became of it."""
    _error("q=siobh")(page)
    if page.locator('a[href*="/fixes/"]').count():
        page.locator('a[href*="/fixes/"]').first.click()
    else:
        _answer(page, "no", "yes")
        page.locator('#step a[href$="/fix/"]').click()
        page.get_by_role("checkbox").check()
        page.locator("form.confirm button.primary, .confirm button.primary").first.click()
    page.wait_for_selector(".fix-done, .fix-settled", timeout=30_000)


REFUSED = "q=petra&status=not-started"
TENANT = "{here}/tenants/contoso"
ERRORS = f"{TENANT}/errors/"
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
    State(name="flow-question", address="{here}/flows/duplicated-attribute/"),
    State(name="flow-second-question", address="{here}/flows/duplicated-attribute/?user-exists-on-premises=no"),
    State(name="flow-where-to-look", address="{here}/flows/duplicated-attribute/?user-exists-on-premises=dont-know"),
    State(
        name="flow-both-names",
        address="{here}/flows/duplicated-attribute/?user-exists-on-premises=no&same-user=dont-know",
    ),
    State(name="flow-which-error", address="{here}/flows/which-error/"),
    State(name="flow-drawing", address="{here}/flows/duplicated-attribute/map/"),
    State(name="flow-outline", address="{here}/flows/object-not-syncing/map/?as=outline"),
    State(name="flow-table", address="{here}/flows/attribute-not-syncing/map/?as=table"),
    State(name="form", address="{here}/forms/selfhelp/form/"),
    State(name="sign-in", address="/sign-in"),
    State(name="errors", address=ERRORS, person="ada"),
    State(name="errors-none-fit", address=f"{ERRORS}?q=nobody", person="ada"),
    State(name="error", address=ERRORS, person="ada", prepare=_error("status=not-started&attribute=SipProxyAddress")),
    State(name="error-by-rule", address=ERRORS, person="ada", prepare=_error("status=manual-fix-required")),
    State(name="error-for-reader", address=ERRORS, person="rosa", prepare=_error("attribute=SipProxyAddress")),
    State(name="question-two", address=ERRORS, person="ada", prepare=_half_way),
    State(name="outcome-fix", address=ERRORS, person="ada", prepare=_at_the_fix),
    State(name="dry-run", address=ERRORS, person="ada", prepare=_dry_run),
    State(name="outcome-closed", address=ERRORS, person="ada", prepare=_closed),
    State(name="dry-run-refused", address=ERRORS, person="ada", prepare=_refused),
    State(name="summary", address=ERRORS, person="ada", prepare=_summary),
    State(name="fix", address=ERRORS, person="ada", prepare=_applied),
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
