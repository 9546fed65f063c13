"""The names of one concept find each other, however they are spelled."""

import pytest

from portal.search.synonyms import mentions, name_form
from portal.search.words import words


def concepts(text: str) -> list[str]:
    return [one.concept for one in mentions([name_form(word.text) for word in words(text) if not word.whole])]


@pytest.mark.parametrize(
    "forms",
    [
        ["AAD", "Azure AD", "azure ad", "Entra ID", "Microsoft Entra ID", "Azure Active Directory"],
        ["AADConnect", "AAD Connect", "Azure AD Connect", "Entra Connect", "Azure-AD-Connect"],
        ["UPN", "UPNs", "UserPrincipalName", "user principal name"],
        ["PHS", "password hash sync", "Password Hash Synchronization"],
        ["PTA", "pass-through authentication"],
        ["SSPR", "self-service password reset"],
        ["VM", "VMs", "virtual machines"],
    ],
)
def test_names_of_one_concept(forms):
    assert len({tuple(concepts(form)) for form in forms}) == 1
    assert concepts(forms[0])


def test_the_longest_name_wins():
    assert concepts("Azure AD Connect") != concepts("Azure AD")
    assert len(concepts("Azure AD Connect")) == 1


def test_words_of_no_concept_name_none():
    assert concepts("the printer is on fire") == []
