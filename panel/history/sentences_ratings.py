"""Events of self-inspections as sentences."""

OF_RATINGS: dict[str, str] = {
    "self_inspection.start": "Began the self-inspection {title} in the framework of {framework}",
    "self_inspection.answer": "Entered the answers to {question}: {yes} yes, {no} no, {apart} not applicable",
    "self_inspection.judge": "Judged standard {standard}: {rating}. {reason}",
    "self_inspection.lift": "Lifted standard {standard} from {old} to {new}: {reason}",
    "self_inspection.take_back": "Took the lifted rating of standard {standard} back to {old}: {reason}",
    "self_inspection.draft": "Saved draft {number} of the report",
    "self_inspection.publish": "Published version {number} of the report (SHA-256 {digest})",
}
