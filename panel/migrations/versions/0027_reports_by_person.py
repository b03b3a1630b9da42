"""What one person told the YOT is found by an index.

Revision ID: 0027
Revises: 0025
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_police_report_by_id"), "police_report", ["by_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_police_report_by_id"), table_name="police_report")
