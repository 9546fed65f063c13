"""Messages as people paste them, English inside the words of a portal in five languages, lead to what helps first."""

import pytest
from django.conf import settings

from portal.articles.searching.wishes import Way
from tests.articles.searching.asking import ask
from tests.factories import run_import

# Locale, what was pasted, and our article that should come first.
PASTED = [
    ("en-us", "Unable to update this object because the following attributes associated with this object have values that may already be associated with another object in your local directory services: [UserPrincipalName joe.jackson@contoso.com;]. AttributeValueMustBeUnique", "duplicated-attributes"),
    ("en-us", "Error: QuarantinedAttributeValueMustBeUnique - property ProxyAddresses smtp:joe@contoso.com, object quarantined", "quarantined-attribute-values"),
    ("en-us", "InvalidSoftMatch: Unable to update this object in Azure Active Directory. Tracking Id: 6f1c7a3e-5d2b-4c0e-9e63-1f6a2b7d8c90", "data-mismatch-soft-match"),
    ("en-us", "stopped-server-down  Export  contoso.onmicrosoft.com - AAD  11/24/2026 03:12:44", "run-status-and-stopped-runs"),
    ("sv-se", "Synkroniseringsfel\nTyp: AttributeValueMustBeUnique\nAttribut: UserPrincipalName\nVärde: joe.jackson@contoso.com", "duplicated-attributes"),
    ("sv-se", "Felrapport för synkronisering – Duplicate Attribute – objektet anna.berg@contoso.com kunde inte exporteras", "quarantined-attribute-values|duplicated-attributes"),
    ("sv-se", "Felkod: 114. Deletion access violation. Åtgärden kunde inte slutföras, kontakta administratören.", "deletion-access-violation"),
    ("sv-se", "Status: completed-export-errors, körprofil Export, anslutning contoso.com, starttid 03:00", "run-status-and-stopped-runs"),
    ("de-de", "Synchronisierungsfehler: ObjectTypeMismatch. Das Objekt support@contoso.com konnte nicht exportiert werden.", "object-type-mismatch"),
    ("de-de", "Fehler beim Export (InvalidHardMatch/103): The cloud user with privileged roles is not allowed to be taken over.", "hard-match-blocked|existing-admin-role-conflict"),
    ("de-de", "Details zum Fehler: IdentityDataValidationFailed – Attribut UserPrincipalName enthält ungültige Zeichen", "data-validation-failed"),
    ("de-de", "Fehlertyp: FederatedDomainChangeError, Benutzer: max.muster@contoso.de, Zeitpunkt: gestern", "federated-domain-change"),
    ("ja-jp", "同期エラー: LargeObject オブジェクト joe@contoso.com 属性 thumbnailPhoto をエクスポートできません", "large-attribute"),
    ("ja-jp", "エラーの種類: AttributeValueMustBeUnique 属性: ProxyAddresses 値: smtp:joe@contoso.com", "duplicated-attributes"),
    ("ja-jp", "エクスポート中にエラーが発生しました: Hard match operation blocked due to security hardening. Review OnPremisesObjectIdentifier mapping.", "hard-match-blocked"),
    ("ja-jp", "実行結果: dn-attributes-failure グループ Sales のメンバー", "reference-errors-dn-attributes-failure"),
    ("ar-sa", "خطأ في المزامنة: QuarantinedAttributeValueMustBeUnique السمة UserPrincipalName القيمة joe@contoso.com", "quarantined-attribute-values"),
    ("ar-sa", "نوع الخطأ: InvalidSoftMatch تعذر تحديث الكائن", "data-mismatch-soft-match"),
    ("ar-sa", "فشل التصدير: ExceededAllowedLength للسمة userCertificate", "large-attribute"),
    ("ar-sa", "تفاصيل: AttributeUpdateNotAllowed/96 [OnPremisesObjectIdentifier cannot be changed unless its current value is null.]", "hard-match-blocked"),
]  # fmt: skip


@pytest.mark.django_db
def test_they_lead_to_the_right_article_and_flow():
    run_import(settings.ARTICLES_DIR, collection="native")
    wrong = []
    for locale, message, expected in PASTED:
        answer = ask(message, locale=locale)
        first = answer.hits[0].text.path if answer.hits else ""
        flow = any(direct.way is Way.FLOW for direct in answer.direct)
        if first not in expected.split("|") or not flow:
            wrong.append((locale, message[:60], first))
    assert wrong == []
