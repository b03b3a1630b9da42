"""The metrics M1 to M30 in SQL, over the rows of `models.py`; their words are in `config/metrics.toml`.

Reason codes, one line each; every one of them is named in the words of its metric:

still_time      not due yet: the verdict is still open, and the morning of a later day turns it
set_aside       a person set the record aside (another area, an adult, twice on the list, taken back)
on_no_list      on no list of the force, so it belongs to no numerator and no denominator
not_told        nobody has told us of it, so there is no delay to measure
after_asking    told only after we asked
unmatched       still to be matched with what we hold
police_alone    the joint policy of its day lets the police give it alone
cancelled       the meeting was cancelled
ended           the case ended before the assessment was submitted
rescinded       the decision was taken back
not_given_yet   decided and not given yet
nothing_to_give the decision needs no giving, and the police have not recorded another one
not_contactable the victim could not be reached in spite of attempts
excused         the contact turned out to have been excused
not_judged      the auditor did not answer
not_settled     two auditors differ, and no third person has settled it yet
"""

from panel.figures.definitions_after import AFTER
from panel.figures.definitions_before import BEFORE
from panel.figures.measure import Measure

REASONS = (
    *("still_time", "set_aside", "on_no_list", "not_told", "after_asking", "unmatched", "police_alone"),
    *("cancelled", "ended", "rescinded", "not_given_yet", "nothing_to_give", "not_contactable"),
    *("excused", "not_judged", "not_settled"),
)
MEASURES: dict[str, Measure] = {
    one.id: one for one in sorted((*BEFORE, *AFTER), key=lambda measure: int(measure.id[1:]))
}


def reasons_of(metric: str) -> tuple[str, ...]:
    """The reason codes that a metric may give."""
    one = MEASURES[metric]
    apart = (one.apart_because,) if one.apart is not None else ()
    return tuple(dict.fromkeys([*(code for code, _ in one.excluded), *apart]))
