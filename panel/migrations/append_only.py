"""Triggers that refuse to change or remove what happened; the history holds even against our own mistakes.

The owner of a SQLite file can drop them; on PostgreSQL the service's role need not own the tables.
"""

from typing import Protocol

from sqlalchemy import Connection, text

TABLES = (
    *("event", "access_entry", "stored_file", "decision", "code_version", "code_row"),
    *("assessment_version", "criterion_judged", "admission_account", "admission_said"),
    *("pack", "pack_reading"),
    *("decided_outcome", "condition", "police_decision", "escalation", "child_information"),
    "decision_concern",
    *("minutes_version", "scrutiny_score"),
    *("conflict", "conflict_lifting", "stand_in", "urgent", "ratification"),
    *("evidence_view", "case_check", "deferral"),
    *("acknowledgement", "notification_escalated"),
    *("appointment_change", "requirement", "explanation", "child_withdrawal", "found_copy"),
    *("signature", "signed_copy", "not_signed", "family_paper", "paper_handed"),
    *("compliance_entry", "curfew_check", "caution_ceased"),
    *("completion", "code_release", "closing_summary", "feedback", "victim_feedback", "liaison_entry"),
    *("plan_version", "plan_agreement", "plan_exit_note", "variation_signature"),
    *("police_report", "police_link"),
    *("force_query", "force_answer", "gap_follow_up", "gap_export"),
    *("rating_answer", "rating_judged", "rating_lift", "self_report_draft", "self_report_version"),
    *("audit_population_row", "case_audit_answer", "audit_moderation"),
    "metric_export",
    *("data_review", "extract"),
    *("board_pack_version", "board_reading"),
)
_FUNCTION = "refuse_change"
_OPERATIONS = ("update", "delete")


class Operations(Protocol):
    """The part of alembic's `op` that is needed here."""

    def get_bind(self) -> Connection:
        """The connection of the migration."""

    def execute(self, sqltext: str) -> None:
        """Run one statement."""


def install(op: Operations, table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on the table; again after each batch migration of it on SQLite."""
    if op.get_bind().dialect.name == "sqlite":
        for operation in _OPERATIONS:
            op.execute(
                f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for operation in _OPERATIONS:
        op.execute(
            f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
        )
    op.execute(
        f"CREATE TRIGGER {_name(table, 'truncate')} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
    )


def remove(op: Operations, table: str) -> None:
    """Allow changes again."""
    if op.get_bind().dialect.name == "sqlite":
        for operation in _OPERATIONS:
            op.execute(f"DROP TRIGGER {_name(table, operation)}")
        return
    for operation in (*_OPERATIONS, "truncate"):
        op.execute(f"DROP TRIGGER {_name(table, operation)} ON {table}")


def install_after(op: Operations, table: str, done: str) -> None:
    """Refuse UPDATE and DELETE of a row once `done` holds, a condition over `OLD`."""
    says = f"{table} rows are not changed any more"
    if op.get_bind().dialect.name == "sqlite":
        for operation in _OPERATIONS:
            op.execute(
                f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation.upper()} ON {table} "
                f"WHEN {done} BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {done} THEN RAISE EXCEPTION '{says}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN COALESCE(NEW, OLD); END $$"
    )
    for operation in _OPERATIONS:
        op.execute(
            f"CREATE TRIGGER {_name(table, operation)} BEFORE {operation.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}_{table}()"
        )


def remove_after(op: Operations, table: str) -> None:
    """Allow changes again."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for operation in _OPERATIONS:
        op.execute(f"DROP TRIGGER {_name(table, operation)}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute(f"DROP FUNCTION {_FUNCTION}_{table}()")


def remove_function(op: Operations) -> None:
    """Take the function away, once no table needs it."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION {_FUNCTION}()")


def missing(connection: Connection) -> list[str]:
    """The triggers that should be there and are not."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(text("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"))
    there = set(found.scalars())
    return [name for table in TABLES for op in _OPERATIONS if (name := _name(table, op)) not in there]


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation}"
