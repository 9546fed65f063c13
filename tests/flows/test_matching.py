"""Whatever form a message is pasted in, it leads to what it means."""

import html
import json
import textwrap

import pytest

from portal.flows import guess, read, walk
from portal.flows.matching import LONGEST_TEXT, unfold
from tests.flows.conftest import FLOWS

FLOW = read(FLOWS).flow("which-error")
REFUSALS = read(FLOWS).refusals_in("en-us")

# A message or code, the end (or question) it leads to, and the article that is offered there.
MESSAGES = [
    ("AttributeValueMustBeUnique", "duplicate", "duplicated-attributes"),
    ("QuarantinedAttributeValueMustBeUnique", "quarantined", "quarantined-attribute-values"),
    ("PropertyConflict", "quarantined", "quarantined-attribute-values"),
    ("Duplicate Attribute", "duplicate", "duplicated-attributes"),
    ("Data Mismatch", "which-match", "matching-and-source-anchors"),
    ("InvalidSoftMatch", "soft-match", "data-mismatch-soft-match"),
    ("InvalidHardMatch", "hard-match", "hard-match-blocked"),
    ("Hard match operation blocked due to security hardening. Review OnPremisesObjectIdentifier mapping.",
     "identifier-set", "hard-match-blocked"),
    ("InvalidHardMatch/103 The cloud user with privileged roles is not allowed to be taken over.", "role-holder",
     "existing-admin-role-conflict"),
    ("InvalidHardMatch/103", "role-holder", "existing-admin-role-conflict"),
    ("AttributeUpdateNotAllowed/96", "identifier-not-null", "hard-match-blocked"),
    ("[OnPremisesObjectIdentifier cannot be changed unless its current value is null.]", "identifier-not-null",
     "hard-match-blocked"),
    ("ObjectTypeMismatch", "type-mismatch", "object-type-mismatch"),
    ("Existing Admin Role Conflict", "admin-role", "existing-admin-role-conflict"),
    ("IdentityDataValidationFailed", "validation", "data-validation-failed"),
    ("FederatedDomainChangeError", "federated-domain", "federated-domain-change"),
    ("Federated Domain Change", "federated-domain", "federated-domain-change"),
    ("LargeObject", "large", "large-attribute"),
    ("ExceededAllowedLength", "large", "large-attribute"),
    ("Deletion access violation", "deletion-violation", "deletion-access-violation"),
    ("Error code: 114", "deletion-violation", "deletion-access-violation"),
    ("error type 114 (0x8023134a)", "deletion-violation", "deletion-access-violation"),
    ("dn-attributes-failure", "reference", "reference-errors-dn-attributes-failure"),
    ("stopped-error-limit", "stopped", "run-status-and-stopped-runs"),
    ("stopped-server-down", "stopped", "run-status-and-stopped-runs"),
    ("no-start-credentials", "stopped", "run-status-and-stopped-runs"),
    ("completed-export-errors", "completed", "run-status-and-stopped-runs"),
    ("completed-sync-warnings", "completed", "run-status-and-stopped-runs"),
]  # fmt: skip
SENTENCES = [(sentence, row.name) for row in REFUSALS.rows.values() for sentence in row.sentences]
CODES = [(code, row.name) for row in REFUSALS.rows.values() for code in row.codes if not code.isdigit()]

FORMS = {
    "as it is": lambda text: text,
    "in a mail": lambda text: (
        f"Hello,\r\n\r\nthe nightly report says:\r\n> {text}\r\n\r\nRegards, Joe <joe@contoso.com>"
    ),
    "in capitals": str.upper,
    "in small letters": str.lower,
    "wrapped": lambda text: "\n   ".join(textwrap.wrap(text, 20, break_on_hyphens=True)),
    "as HTML": lambda text: f"<td class='x'><b>{html.escape(text)}</b>&nbsp;</td>",
    "as HTML in pieces": lambda text: "<span>" + html.escape(text).replace(" ", "</span>&nbsp;<span>") + "</span>",
    "as JSON": lambda text: json.dumps({"error": {"code": "x", "message": f"\n{text}\t"}}),
    "escaped twice": lambda text: html.escape(html.escape(f'"{text}"')),
    "in curly quotes": lambda text: f"“{text}”",
    "with curly apostrophes": lambda text: text.replace("'", "’"),
    "with soft hyphens": lambda text: text[:4] + "\u00ad" + text[4:],
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
}


def first(text: str) -> str:
    return walk(FLOW, guess(FLOW, text)[0].answers).here.name


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("message", "end", "article"), MESSAGES)
def test_a_message_leads_to_its_category(form, message, end, article):
    assert first(FORMS[form](message)) == end
    assert article in FLOW.node(end).articles


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("sentence", "refusal"), SENTENCES)
def test_a_refusal_leads_to_what_to_do_next(form, sentence, refusal):
    row = REFUSALS[FLOW.outcomes[first(FORMS[form](sentence))].refusal]
    assert sentence in row.sentences
    assert REFUSALS.recognise(FORMS[form](sentence)).sentence == REFUSALS[refusal].sentence


@pytest.mark.parametrize(("code", "refusal"), CODES)
def test_a_code_leads_to_its_refusal(code, refusal):
    assert first(f'{{"error": {{"code": "{code}", "message": ""}}}}') == refusal


def test_a_type_inside_a_longer_one_is_no_second_guess():
    assert [one.by for one in guess(FLOW, "QuarantinedAttributeValueMustBeUnique")] == [
        "QuarantinedAttributeValueMustBeUnique"
    ]


def test_several_errors_are_all_named_the_surest_first():
    found = guess(FLOW, "First LargeObject, and then IdentityDataValidationFailed")
    assert [one.name for one in found] == ["validation", "large"]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "hello", "my printer is on fire", "114 users", "in 1996", "error 1140", "it stopped", "103 Main St"],
)
def test_it_does_not_guess_wildly(text):
    assert guess(FLOW, text) == []


@pytest.mark.parametrize("text", ["<" * 50_000, "&amp;" * 20_000, "a-\n" * 30_000, "\\u0041" * 10_000, "x" * 1_000_000])
def test_a_monstrous_text_is_read_in_no_time(text):
    assert guess(FLOW, text) == []


def test_letters_that_unfold_into_many_do_not_lengthen_a_text():
    """U+FDFA alone stands for eighteen letters."""
    assert len(unfold("\ufdfa" * LONGEST_TEXT)) <= LONGEST_TEXT
