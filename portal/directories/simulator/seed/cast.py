"""The people of Contoso, with names as they are in the world: long, short, quoted, Arabic, Japanese, with marks and emoji."""

from __future__ import annotations

# People without an error: display name, name before the @.
ORDINARY = (
    ("Ada Lindgren", "ada.lindgren"),
    ("Bo Ek", "bo.ek"),
    ("Carmen Ibáñez", "carmen.ibanez"),
    ("Daniel Okafor", "daniel.okafor"),
    ("Elif Yılmaz", "elif.yilmaz"),
    ("Fatima Zahra", "fatima.zahra"),
    ("Grace Muthoni", "grace.muthoni"),
    ("Hiroshi Tanaka", "hiroshi.tanaka"),
    ("Ingrid Bergström", "ingrid.bergstrom"),
    ("Ján Novák", "jan.novak"),
)

# Orphans that can be fixed: key, display name, name before the @, domain, licence of the existing user.
ORPHANS = (
    ("joe", "Joe Johnson", "Joe.J", "fabrikam.com", "Microsoft 365 E5"),
    ("asa", "Åsa Öberg", "asa.oberg", "contoso.com", "Microsoft 365 E3"),
    ("taro", "山田 太郎", "taro.yamada", "contoso.com", "Microsoft 365 E3"),
    ("layla", "ليلى حدّاد", "layla.haddad", "contoso.com", "Microsoft 365 E3"),
    ("siobhan", "Siobhán \"Shiv\" O'Neill-D'Arcy", "siobhan.oneill", "contoso.com", "Microsoft 365 E3"),
    (
        "long",
        "Maria Magdalena Theresia von und zu Hohenlohe-Waldenburg-Schillingsfürst, Abteilung Identitätsverwaltung "
        "und Verzeichnisdienste",
        "mm.hohenlohe-waldenburg-schillingsfuerst",
        "contoso.com",
        "Microsoft 365 F3",
    ),
    ("mika", "Mika 🦊 Laine", "mika.laine", "contoso.com", "Microsoft 365 E3"),
    ("noa", "נועה כהן (Noa Cohen)", "noa.cohen", "contoso.com", "Microsoft 365 E3"),
)

# Orphans with something in the way: key, display name, name before the @.
OBSTRUCTED = (
    ("deleted", "Petra Svensson", "petra.svensson"),
    ("restored", "Quentin Roux", "quentin.roux"),
    ("role", "Rhea Thomas", "rhea.thomas"),
    ("in-use", "Samuel Adeyemi", "samuel.adeyemi"),
    ("first", "Tuva Lie", "tuva.lie"),
    ("second", "Tuva Lie Hansen", "tuva.hansen"),
    ("filtered", "Ulrich Braun", "ulrich.braun"),
    ("pending", "Viktor Horváth", "viktor.horvath"),
)

# Accounts that stay out of the cloud altogether, so that the fix can be made in Active Directory.
REFUSED = (
    ("sid", "Nadia Rossi", "nadia.rossi"),
    ("sip", "Tomás Núñez", "tomas.nunez"),
)

# Users whose own data are refused, as new accounts: display name, UserPrincipalName.
INVALID = (
    ("Wilhelm Groß", "wilhelm groß@contoso.com"),
    ("Xenia Papadopoulou", "xenia@contoso.local"),
    ("Yusuf Demir", "yusuf.demir.@contoso.com"),
)
