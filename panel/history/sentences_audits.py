"""The sentences of case audits in the history."""

OF_AUDITS: dict[str, str] = {
    "audit_round.open": "Drew {drawn} of {eligible} cases for audit; largest gap of a margin: {gap} cases",
    "audit_round.finish": "Finished the round of audits",
    "audit_round.drop": "Dropped the round of audits: {reason}",
    "audited_case.exclude": "Left case {number} out of the sample: {reason}",
    "audited_case.moderate": "Settled {items} answers on which two auditors differ, case {number}",
    "audited_case.feed_back": "Told the case manager what the audit of case {number} found",
    "case_audit.begin": "Began to audit case {number}",
    "case_audit.write": "Wrote in the audit of case {number}",
    "case_audit.finish": "Finished the audit of case {number}",
    "audit.reply": "Answered to the audit of case {number}",
    "case.audit": "The case was audited; the case manager was told what was found",
    "case.audit_reply": "Answered to the audit of the case",
}
