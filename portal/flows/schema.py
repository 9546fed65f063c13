"""What a flow is made of: questions, answers and outcomes, as the files of `articles/flows` hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Address = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$")]

DONT_KNOW = "dont-know"


class Role(StrEnum):
    """Who may do something; labels and explanations stand in `words.toml`."""

    ANYONE = "anyone"
    READER = "reader"
    CONTRIBUTOR = "contributor"
    GLOBAL_ADMINISTRATOR = "global-administrator"
    HYBRID_IDENTITY_ADMINISTRATOR = "hybrid-identity-administrator"
    USER_ADMINISTRATOR = "user-administrator"
    PRIVILEGED_ROLE_ADMINISTRATOR = "privileged-role-administrator"
    PRIVILEGED_AUTHENTICATION_ADMINISTRATOR = "privileged-authentication-administrator"
    DOMAIN_NAME_ADMINISTRATOR = "domain-name-administrator"
    EXCHANGE_ADMINISTRATOR = "exchange-administrator"
    DIRECTORY_OPERATOR = "directory-operator"
    SYNC_OPERATOR = "sync-operator"


class Evidence(StrEnum):
    """What a directory can say about a question (`directories.md` 5.1); it suggests, a person answers."""

    EXISTING_IN_AD = "existing-in-ad"
    EXISTING_IN_CLOUD = "existing-in-cloud"
    EXISTING_ANCHOR_IN_AD = "existing-anchor-in-ad"
    EXISTING_SID_IN_AD = "existing-sid-in-ad"
    EXISTING_DELETED_IN_AD = "existing-deleted-in-ad"
    EXISTING_IN_SCOPE = "existing-in-scope"
    EXISTING_IN_CONNECTOR_SPACE = "existing-in-connector-space"
    DISPLAY_NAMES = "display-names"
    SIGN_IN_NAMES = "sign-in-names"
    OBJECT_IDS = "object-ids"
    SECURITY_IDENTIFIERS = "security-identifiers"
    EMPLOYEE_IDS = "employee-ids"
    ADDRESSES = "addresses"
    BOTH_NAMES_IN_AD = "both-names-in-ad"
    CREATED = "created"
    SYNC_ERRORS = "sync-errors"
    QUARANTINED_VALUES = "quarantined-values"
    LAST_SYNC = "last-sync"


class Kind(StrEnum):
    """What sort of end an outcome is."""

    FIX = "fix"
    MANUAL = "manual"
    WAIT = "wait"
    FIND_OUT = "find-out"
    ARTICLE = "article"
    FLOW = "flow"
    CALL_A_PERSON = "call-a-person"


class Status(StrEnum):
    """The diagnose status that an outcome leaves once its offer is taken up; `none` leaves what was there."""

    NONE = "none"
    MANUAL_FIX_REQUIRED = "manual-fix-required"
    PENDING_SYNC = "pending-sync"


class Reversible(StrEnum):
    YES = "yes"
    NO = "no"
    PARTLY = "partly"


class Offer(StrEnum):
    """What the portal itself can do at an outcome of a stateful flow."""

    APPLY_FIX = "apply-fix"
    CLOSE = "close"


class Frozen(BaseModel):
    """A part of a flow: never changed once read, and no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def named(table: Any) -> Any:
    """Give each entry of a table of tables its key as its name."""
    if not isinstance(table, Mapping):
        return table
    return {key: {**entry, "name": key} if isinstance(entry, Mapping) else entry for key, entry in table.items()}


class Answer(Frozen):
    """One answer to a question and the node it leads to."""

    name: Name
    say: Words
    then: Name
    hint: str = ""


class Question(Frozen):
    """One question: what is asked, why, and how to find out."""

    name: Name
    ask: Words
    why: Words
    how: tuple[Words, ...] = Field(min_length=1)
    answers: Annotated[dict[str, Answer], BeforeValidator(named)]
    evidence: tuple[Evidence, ...] = ()
    articles: tuple[Name, ...] = ()


class Advice(Frozen):
    """What every end says, be it an outcome or a refusal: what to do, who may, and what being wrong would cost.

    `effective` tells when it takes effect; `verified_on` is the day the facts were last held against `sources`;
    `applies_from` the day from which the service behaves so, where that day is known.
    """

    name: Name
    title: Words
    summary: Words
    steps: tuple[Words, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    reversible: Reversible
    undo: Words
    effective: Words
    cost: Words
    warnings: tuple[Words, ...] = ()
    verified_on: date
    applies_from: date | None = None
    sources: tuple[Address, ...] = Field(min_length=1)
    articles: tuple[Name, ...] = ()


class Outcome(Advice):
    """Where a way through a flow ends.

    `reconsider` names the question worth another look once the person knows more; `flow` the flow to go on with;
    `refusal` the row of the table of refusals whose words these are.
    """

    kind: Kind
    status: Status = Status.NONE
    offers: tuple[Offer, ...] = ()
    reconsider: Name | None = None
    flow: Name | None = None
    refusal: Name | None = None


class Match(Frozen):
    """Answers that a pasted text gives by itself, because it holds what a pattern asks for (`matching.Pattern`)."""

    name: Name
    answers: dict[str, str] = Field(min_length=1)
    phrases: tuple[Words, ...] = ()
    sentences: tuple[Words, ...] = ()
    codes: tuple[Words, ...] = ()
    together: tuple[Words, ...] = ()
    weak: bool = False


class Flow(Frozen):
    """A guided diagnosis in one language. `locale` is the language its words are really in."""

    name: Name
    locale: str
    title: Words
    description: Words
    start: Name
    stateful: bool = False
    questions: Annotated[dict[str, Question], BeforeValidator(named)] = Field(alias="question", min_length=1)
    outcomes: Annotated[dict[str, Outcome], BeforeValidator(named)] = Field(alias="outcome", min_length=1)
    matches: Annotated[dict[str, Match], BeforeValidator(named)] = Field(alias="match", default_factory=dict)

    @model_validator(mode="after")
    def _one_node_a_name(self) -> Flow:
        if doubled := sorted(set(self.questions) & set(self.outcomes)):
            raise ValueError(f"{doubled[0]} names both a question and an outcome; rename one of them")
        return self

    def node(self, name: str) -> Question | Outcome | None:
        """The question or outcome of that name; None when there is none."""
        return self.questions.get(name) or self.outcomes.get(name)
