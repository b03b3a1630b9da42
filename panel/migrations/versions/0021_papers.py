"""Signed copies, who did not sign, papers for the family, letters to victims, files outside the database."""

import sqlalchemy as sa
from alembic import op

from panel.migrations.append_only import install, remove

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
# Signatures were not protected before.
NEVER_CHANGED = ("signature", "signed_copy", "not_signed", "family_paper", "paper_handed")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=160), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("self_made", sa.Boolean(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False, comment="how a copy came that was added later"),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_signed_copy_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_signed_copy_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_signed_copy_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
        sa.UniqueConstraint("document_id", name=op.f("uq_signed_copy_document_id")),
        sa.UniqueConstraint("subject", "version", name=op.f("uq_signed_copy_subject_version")),
    )
    with op.batch_alter_table("signed_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_copy_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "victim_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column(
            "reasons",
            sa.Text(),
            nullable=False,
            comment="the reasons in words for the victim, checked for what is about the child's life",
        ),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_victim_letter_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_victim_letter_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user_account.id"], name=op.f("fk_victim_letter_sent_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["victim_update.id"], name=op.f("fk_victim_letter_update_id_victim_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_victim_letter")),
        sa.UniqueConstraint("document_id", name=op.f("uq_victim_letter_document_id")),
        sa.UniqueConstraint("update_id", "number", name=op.f("uq_victim_letter_update_id_number")),
    )
    with op.batch_alter_table("victim_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_letter_update_id"), ["update_id"], unique=False)

    op.create_table(
        "family_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("made_with_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_family_paper_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_family_paper_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["made_with_id"], ["document.id"], name=op.f("fk_family_paper_made_with_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_paper")),
        sa.UniqueConstraint("document_id", name=op.f("uq_family_paper_document_id")),
    )
    with op.batch_alter_table("family_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_paper_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "not_signed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("witness_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_not_signed_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["user_account.id"], name=op.f("fk_not_signed_witness_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_signed")),
        sa.UniqueConstraint("disposal_id", "signer", name=op.f("uq_not_signed_disposal_id_signer")),
    )
    with op.batch_alter_table("not_signed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_signed_disposal_id"), ["disposal_id"], unique=False)

    op.create_table(
        "paper_handed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disposal_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_paper_handed_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"], ["disposal.id"], name=op.f("fk_paper_handed_disposal_id_disposal")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_paper_handed_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_handed")),
        sa.UniqueConstraint(
            "disposal_id", "document_id", name=op.f("uq_paper_handed_disposal_id_document_id")
        ),
    )
    with op.batch_alter_table("paper_handed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_handed_disposal_id"), ["disposal_id"], unique=False)

    remove(op, "stored_file")  # a batch makes the table anew; its triggers come back below
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(length=300), nullable=False, server_default=""))
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.alter_column("place", server_default=None)
    for table in (*NEVER_CHANGED, "stored_file"):
        install(op, table)


def downgrade() -> None:
    """Back."""
    for table in (*NEVER_CHANGED, "stored_file"):
        remove(op, table)
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_column("place")
    install(op, "stored_file")

    with op.batch_alter_table("paper_handed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_handed_disposal_id"))

    op.drop_table("paper_handed")
    with op.batch_alter_table("not_signed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_signed_disposal_id"))

    op.drop_table("not_signed")
    with op.batch_alter_table("family_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_paper_disposal_id"))

    op.drop_table("family_paper")
    with op.batch_alter_table("victim_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_victim_letter_update_id"))

    op.drop_table("victim_letter")
    with op.batch_alter_table("signed_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signed_copy_referral_id"))

    op.drop_table("signed_copy")
