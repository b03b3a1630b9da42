"""Metric by metric: subjects as they may stand, and what each counts for, worked out by hand.

A line is the facts of a subject, then met, counted and excluded, then the reason code where one is left out.
"""

from datetime import date
from typing import Any

from panel.figures.models import (
    AuditedMilestone,
    AuditMilestone,
    MeetingMilestone,
    Milestone,
    PoliceMilestone,
)

Line = tuple[dict[str, Any], int, int, int, str]
DAY, BEFORE, AFTER = date(2026, 8, 10), date(2026, 8, 9), date(2026, 8, 11)
NOT_IN_THIS_METRIC = (0, 0, 0, "")
CR, YC, YCC = "community_resolution", "youth_caution", "youth_conditional_caution"
POLICE = {"given_on": DAY, "outcome": CR, "place": "in_time", "told_in_time": True, "eligible": True}
DECIDED = {"decided_on": DAY}
GIVEN = {"given_on": DAY, "outcome": YCC}
PLANNED = GIVEN | {"plans": 1}
SIGNED = {"submitted_on": DAY, "countersign_due_on": DAY}

WORKED: dict[str, tuple[type[Any], list[Line]]] = {
    "M1": (
        PoliceMilestone,
        [
            (POLICE, 0, 1, 0, ""),
            (POLICE | {"place": "late"}, 0, 1, 0, ""),
            (POLICE | {"place": "untold"}, 1, 1, 0, ""),
            (POLICE | {"place": "after_asking"}, 1, 1, 0, ""),
            (POLICE | {"place": "unmatched"}, 0, 1, 0, ""),
            (POLICE | {"place": "running"}, 0, 0, 1, "still_time"),
            (POLICE | {"place": "only_ours"}, 0, 0, 1, "on_no_list"),
            (POLICE | {"place": "on_no_list"}, 0, 0, 1, "on_no_list"),
            (POLICE | {"place": "set_aside"}, 0, 0, 1, "set_aside"),
            (POLICE | {"place": "untold", "outcome": YC}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M2": (
        PoliceMilestone,
        [
            (POLICE, 1, 1, 0, ""),
            (POLICE | {"place": "late", "told_in_time": False}, 0, 1, 0, ""),
            (POLICE | {"place": "only_ours"}, 1, 1, 0, ""),
            (POLICE | {"place": "only_ours", "told_in_time": False}, 0, 1, 0, ""),
            (POLICE | {"place": "untold", "told_in_time": False}, 0, 0, 1, "not_told"),
            (POLICE | {"place": "after_asking", "told_in_time": False}, 0, 0, 1, "after_asking"),
            (POLICE | {"place": "unmatched"}, 0, 0, 1, "unmatched"),
            (POLICE | {"place": "running", "told_in_time": False}, 0, 0, 1, "still_time"),
            (POLICE | {"place": "set_aside"}, 0, 0, 1, "set_aside"),
            (POLICE | {"outcome": YCC}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M3": (
        PoliceMilestone,
        [
            (POLICE | {"outcome": YC, "consulted": False}, 1, 1, 0, ""),
            (POLICE | {"outcome": YCC, "consulted": None}, 1, 1, 0, ""),
            (POLICE | {"outcome": YCC, "consulted": True}, 0, 1, 0, ""),
            (POLICE | {"outcome": YC, "consulted": None, "panel_decided": True}, 0, 1, 0, ""),
            (POLICE | {"outcome": YC, "place": "set_aside"}, 0, 0, 1, "set_aside"),
            (POLICE, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M4": (
        PoliceMilestone,
        [
            (POLICE | {"panel_decided": True}, 1, 1, 0, ""),
            (POLICE, 0, 1, 0, ""),
            (POLICE | {"eligible": False}, 0, 0, 1, "police_alone"),
            (POLICE | {"place": "set_aside", "eligible": False}, 0, 0, 1, "set_aside"),
        ],
    ),
    "M5": (
        MeetingMilestone,
        [
            ({"status": "closed", "police": True, "yot_manager": True, "victim_worker": True}, 1, 1, 0, ""),
            ({"status": "closed", "police": True, "yot_manager": True}, 0, 1, 0, ""),
            ({"status": "closed", "police": True, "victim_worker": True}, 0, 1, 0, ""),
            ({"status": "closed", "yot_manager": True, "victim_worker": True}, 0, 1, 0, ""),
            ({"status": "cancelled"}, 0, 0, 1, "cancelled"),
            ({"status": "planned"}, *NOT_IN_THIS_METRIC),
            ({"status": "open", "police": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M6": (
        Milestone,
        [
            (DECIDED | {"assessed_on": DAY}, 1, 1, 0, ""),
            (DECIDED | {"assessed_on": BEFORE}, 1, 1, 0, ""),
            (DECIDED | {"assessed_on": AFTER}, 0, 1, 0, ""),
            (DECIDED, 0, 1, 0, ""),
            ({"assessed_on": DAY}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M7": (
        AuditedMilestone,
        [
            ({"disposal_right": True}, 1, 1, 0, ""),
            ({"disposal_right": False}, 0, 1, 0, ""),
            ({"disposal_right": None}, 0, 0, 1, "not_judged"),
            ({"disposal_right": None, "to_settle": True}, 0, 0, 1, "not_settled"),
            ({"audited_on": None, "disposal_right": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M8": (
        Milestone,
        [
            (DECIDED | {"reasons_given": True, "police_view": True, "yot_view": True}, 1, 1, 0, ""),
            (DECIDED | {"reasons_given": False, "police_view": True, "yot_view": True}, 0, 1, 0, ""),
            (DECIDED | {"reasons_given": True, "police_view": False, "yot_view": True}, 0, 1, 0, ""),
            (DECIDED | {"reasons_given": True, "police_view": True, "yot_view": False}, 0, 1, 0, ""),
            ({"reasons_given": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M9": (
        Milestone,
        [
            (DECIDED | {"followed": "yes"}, 1, 1, 0, ""),
            (DECIDED | {"followed": "no"}, 0, 1, 0, ""),
            (DECIDED | {"followed": "rescinded"}, 0, 0, 1, "rescinded"),
            (DECIDED | {"followed": "not_given_yet"}, 0, 0, 1, "not_given_yet"),
            (DECIDED | {"followed": "nothing_to_give"}, 0, 0, 1, "nothing_to_give"),
            ({}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M10": (
        Milestone,
        [
            (GIVEN | {"explained_child": True, "explained_adult": True}, 1, 1, 0, ""),
            (GIVEN | {"explained_child": True}, 0, 1, 0, ""),
            (GIVEN | {"explained_adult": True}, 0, 1, 0, ""),
            ({"explained_child": True, "explained_adult": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M11": (
        Milestone,
        [
            (GIVEN | {"copy_on_file": True}, 1, 1, 0, ""),
            (GIVEN, 0, 1, 0, ""),
            (GIVEN | {"copy_running": True}, 0, 0, 1, "still_time"),
            (GIVEN | {"outcome": CR}, 0, 1, 0, ""),
            (GIVEN | {"outcome": "no_further_action"}, *NOT_IN_THIS_METRIC),
            (GIVEN | {"outcome": "refer_for_charge"}, *NOT_IN_THIS_METRIC),
            ({"copy_on_file": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M12": (
        Milestone,
        [
            (GIVEN | {"case_manager_present": True}, 1, 1, 0, ""),
            (GIVEN | {"outcome": YC}, 0, 1, 0, ""),
            (GIVEN | {"outcome": CR, "case_manager_present": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M13": (
        Milestone,
        [
            ({"assessment_due_on": DAY, "assessed_on": DAY}, 1, 1, 0, ""),
            ({"assessment_due_on": DAY, "assessed_on": AFTER}, 0, 1, 0, ""),
            ({"assessment_due_on": DAY}, 0, 1, 0, ""),
            ({"assessment_due_on": DAY, "assessment_running": True}, 0, 0, 1, "still_time"),
            ({"assessment_due_on": DAY, "status": "withdrawn"}, 0, 0, 1, "ended"),
            ({"assessment_due_on": DAY, "status": "closed", "assessed_on": DAY}, 1, 1, 0, ""),
            ({"assessed_on": DAY}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M14": (
        Milestone,
        [
            (SIGNED | {"countersigned_on": DAY, "countersigned_by_other": True}, 1, 1, 0, ""),
            (SIGNED | {"countersigned_on": AFTER, "countersigned_by_other": True}, 0, 1, 0, ""),
            (SIGNED | {"countersigned_on": DAY}, 0, 1, 0, ""),
            (SIGNED, 0, 1, 0, ""),
            (SIGNED | {"countersign_running": True}, 0, 0, 1, "still_time"),
            ({"countersigned_on": DAY, "countersigned_by_other": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M15": (
        Milestone,
        [
            ({"assessed_on": DAY, "child_heard": True, "carer_heard": True}, 1, 1, 0, ""),
            ({"assessed_on": DAY, "child_heard": True}, 0, 1, 0, ""),
            ({"assessed_on": DAY, "carer_heard": True}, 0, 1, 0, ""),
            ({"child_heard": True, "carer_heard": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M16": (
        Milestone,
        [
            (DECIDED | {"victims": 2, "victims_heard": 2}, 2, 2, 0, ""),
            (DECIDED | {"victims": 3, "victims_heard": 1}, 1, 3, 0, ""),
            (
                DECIDED | {"victims": 2, "victims_heard": 1, "victims_unreachable": 1},
                *(1, 1, 1, "not_contactable"),
            ),
            (DECIDED | {"victims": 1, "victims_unreachable": 1}, 0, 0, 1, "not_contactable"),
            (DECIDED, *NOT_IN_THIS_METRIC),
            ({"victims": 1, "victims_heard": 1}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M17": (
        Milestone,
        [
            ({"assessed_on": DAY, "agencies_heard": True}, 1, 1, 0, ""),
            ({"assessed_on": DAY}, 0, 1, 0, ""),
            ({"agencies_heard": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M18": (
        AuditMilestone,
        [({"safety_agrees": True}, 1, 1, 0, ""), ({"safety_agrees": False}, 0, 1, 0, "")],
    ),
    "M19": (AuditMilestone, [({"harm_agrees": True}, 1, 1, 0, ""), ({}, 0, 0, 1, "not_judged")]),
    "M20": (
        Milestone,
        [
            (GIVEN | {"steps": 3, "steps_complete": 3}, 3, 3, 0, ""),
            (GIVEN | {"steps": 5, "steps_complete": 3}, 3, 5, 0, ""),
            (GIVEN, *NOT_IN_THIS_METRIC),
            ({"steps": 3, "steps_complete": 3}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M21": (
        Milestone,
        [
            (PLANNED | {"plan_signed": True}, 1, 1, 0, ""),
            (PLANNED, 0, 1, 0, ""),
            (GIVEN | {"plan_signed": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M22": (
        Milestone,
        [
            (PLANNED | {"strengths": 1}, 1, 1, 0, ""),
            (PLANNED, 0, 1, 0, ""),
            (GIVEN | {"strengths": 1}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M23": (
        Milestone,
        [
            (PLANNED | {"safety": "medium", "contingency_safety": True}, 1, 1, 0, ""),
            (PLANNED | {"safety": "very_high", "contingency_harm": True}, 0, 1, 0, ""),
            (PLANNED | {"safety": "low", "harm": "high", "contingency_safety": True}, *NOT_IN_THIS_METRIC),
            (GIVEN | {"safety": "high", "contingency_safety": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M24": (
        Milestone,
        [
            (PLANNED | {"harm": "medium", "contingency_harm": True}, 1, 1, 0, ""),
            (PLANNED | {"harm": "high", "contingency_safety": True}, 0, 1, 0, ""),
            (PLANNED | {"harm": "low", "contingency_harm": True}, *NOT_IN_THIS_METRIC),
            (GIVEN | {"harm": "high", "contingency_harm": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M25": (
        Milestone,
        [
            (PLANNED | {"other_plan": True, "other_plan_linked": True}, 1, 1, 0, ""),
            (PLANNED | {"other_plan": True}, 0, 1, 0, ""),
            (PLANNED | {"other_plan_linked": True}, *NOT_IN_THIS_METRIC),
            (GIVEN | {"other_plan": True}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M26": (
        Milestone,
        [
            ({"conditions_due_on": DAY, "conditions": 3, "conditions_in_time": 3}, 3, 3, 0, ""),
            ({"conditions_due_on": DAY, "conditions": 3, "conditions_in_time": 1}, 1, 3, 0, ""),
            (
                {
                    "conditions_due_on": DAY,
                    "conditions": 3,
                    "conditions_in_time": 1,
                    "conditions_running": 1,
                },
                *(1, 2, 1, "still_time"),
            ),
            ({"conditions_due_on": None, "conditions": 0}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M27": (
        Milestone,
        [
            (GIVEN | {"missed": 2, "missed_answered": 2}, 2, 2, 0, ""),
            (GIVEN | {"missed": 3, "missed_answered": 1}, 1, 3, 0, ""),
            (GIVEN | {"missed": 2, "missed_answered": 1, "missed_running": 1}, 1, 1, 1, "still_time"),
            (GIVEN | {"missed": 1, "missed_excused": 1}, 0, 0, 1, "excused"),
            (GIVEN | {"missed": 2, "missed_answered": 1, "missed_excused": 1}, 1, 1, 0, ""),
            (GIVEN, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M28": (
        Milestone,
        [
            ({"closed_on": DAY, "exits": 2, "exits_made": 1}, 1, 1, 0, ""),
            ({"closed_on": DAY, "exits": 1}, 0, 1, 0, ""),
            ({"closed_on": DAY}, *NOT_IN_THIS_METRIC),
            ({"exits": 1, "exits_made": 1}, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M29": (
        Milestone,
        [
            (GIVEN | {"reparations": 2, "reparations_suited": 2}, 2, 2, 0, ""),
            (GIVEN | {"reparations": 2, "reparations_suited": 1}, 1, 2, 0, ""),
            (GIVEN, *NOT_IN_THIS_METRIC),
        ],
    ),
    "M30": (
        Milestone,
        [
            (DECIDED | {"source": "returned_by_court", "outcome": YC}, 1, 1, 0, ""),
            ({"source": "returned_by_court", "referred_on": DAY}, 1, 1, 0, ""),
            (DECIDED | {"source": "police_referral", "outcome": "refer_for_charge"}, 0, 1, 0, ""),
            (DECIDED | {"source": "police_referral", "outcome": YC}, *NOT_IN_THIS_METRIC),
            ({"source": "returned_by_court"}, *NOT_IN_THIS_METRIC),
        ],
    ),
}
