"""What stands in each field, by the `value` of config/extract_fields.toml."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config.extract_fields import Field
from panel.extracts.rows import CaseRow, HomeOffice, age, day_of, outcome_day
from panel.victims.national import Returned
from workflows.extracts import DISPOSAL_TYPES, NON_SUBSTANTIVE, PRE_COURT, PRE_COURT_OUTCOMES
from workflows.vocabulary import SIGNED_OUTCOMES

KEY_LENGTH = 16


@dataclass(frozen=True)
class Maker:
    """Makes the rows of one extract; `secret` is drawn for it and kept nowhere, so its keys lead nowhere."""

    secret: bytes
    home_office: HomeOffice

    def key(self, kind: str, number: int) -> str:
        """A key that means something in this extract only."""
        made = hmac.new(self.secret, f"{kind}:{number}".encode(), "sha256")
        return made.hexdigest()[:KEY_LENGTH]

    def rows(self, item: str, fields: Sequence[Field], case: CaseRow) -> Iterator[list[str]]:
        """The rows of a case in one item."""
        for values in self._each(item, case):
            yield [str(values[field.value]) for field in fields]

    def _each(self, item: str, case: CaseRow) -> Iterator[Mapping[str, str]]:
        if item == "person_details":
            yield self._person(case)
        if item == "offence":
            yield from (self._offence(case, one) for one in case.offences)
        if item == "victim_intervention":
            yield from (self._victim(case, one) for one in case.victims)
        if item == "link_offence_victim_intervention" and len(case.offences) == 1:
            for victim in case.victims:
                yield {
                    "offence_key": self.key("offence", case.offences[0]["id"]),
                    "victim_key": self.key("victim", victim.id),
                }
        if case.plan_id is None:
            return
        if item == "intervention_programme":
            yield self._programme(case)
        if item == "link_offence_intervention_programme":
            for one in case.offences:
                if (one["outcome"] or case.outcome) in SIGNED_OUTCOMES:
                    yield {
                        "offence_key": self.key("offence", one["id"]),
                        "programme_key": self.key("programme", case.plan_id),
                    }

    def _person(self, case: CaseRow) -> dict[str, str]:
        referred = day_of(case.submitted_at)
        return {
            "case_key": self.key("case", case.id),
            "age": age(case),
            "gender": case.gender.value,
            "looked_after": _yes(case.looked_after),
            "referred_month": _month(referred),
            "referred_on": _day(referred),
            "date_of_birth": _day(case.date_of_birth),
            **{name: case.values[name] for name in PLAIN},
        }

    def _offence(self, case: CaseRow, one: Mapping[str, Any]) -> dict[str, str]:
        outcome, decided = one["outcome"] or case.outcome, day_of(case.decided_at)
        return {
            "case_key": self.key("case", case.id),
            "offence_key": self.key("offence", one["id"]),
            "crime_reference": one["crime_reference"],
            "offence_code": one["code"],
            "offence_title": one["title"],
            "offence_month": _month(one["committed_on"]),
            "offence_date": _day(one["committed_on"]),
            "gravity": "" if one["gravity"] is None else str(one["gravity"]),
            "admission": one["admission"].value,
            "legal_outcome": self.home_office.code(outcome, decided) if outcome and decided else "",
            "outcome_group": PRE_COURT if outcome in PRE_COURT_OUTCOMES else "",
            "own_outcome": outcome.value if outcome else "",
            "outcome_month": _month(outcome_day(case)),
            "outcome_date": _day(outcome_day(case)),
        }

    def _victim(self, case: CaseRow, one: Returned) -> dict[str, str]:
        decided, viewed = day_of(case.decided_at), day_of(one.viewed_at)
        before = viewed is not None and decided is not None and viewed <= decided
        return {
            "case_key": self.key("case", case.id),
            "victim_key": self.key("victim", one.id),
            "victim_type": one.kind.value,
            "contact_month": _month(one.reached_on),
            "contact_date": _day(one.reached_on),
            "view_prior": "" if decided is None else _yes(before),
            "commented": one.view.value,
            "justice_offered": _known(one.justice_offered),
            "progress_requested": _known(one.wants_updates),
            "progress_requested_date": _day(one.agreed_on),
            "progress_provided": _yes(one.told_on is not None),
            "progress_month": _month(one.told_on),
            "progress_date": _day(one.told_on),
        }

    def _programme(self, case: CaseRow) -> dict[str, str]:
        start, end = case.given_on, case.completed_on or case.ends_on
        length: timedelta | None = end - start if start and end else None
        return {
            "case_key": self.key("case", case.id),
            "programme_key": self.key("programme", case.plan_id),
            "programme_start": _day(start),
            "programme_end": _day(end),
            "programme_days": "" if length is None else str(length.days),
            "own_disposal": case.outcome.value if case.outcome else "",
            "disposal_type": DISPOSAL_TYPES.get(case.outcome, NON_SUBSTANTIVE),
            "completed": "" if case.in_full is None else _yes(case.in_full),
        }


PLAIN = ("reference", "given_name", "surname", "postcode", "pnc_id", "ethnicity")


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _month(value: date | None) -> str:
    return "" if value is None else f"{value:%Y-%m}"


def _known(value: bool | None) -> str:
    return "" if value is None else _yes(value)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
