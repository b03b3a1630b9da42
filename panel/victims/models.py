"""Victims, apart from everything that the child or their family may ever see (VIC-9)."""

from datetime import datetime

from panel.columns import line, link, moment, prose, word
from panel.tables import Row
from workflows.vocabulary import View


class Victim(Row, table=True):
    """Who was harmed and how to reach them: for the victim worker's eyes."""

    __tablename__ = "victim"
    referral_id: int = link("referral.id", unique=True)
    name: str = line(160)
    contact: str = line(300)
    is_business: bool = False
    under_18: bool = False
    same_household: bool = False
    objects_to_sharing: bool = False

    view: View = word(View, default=View.NOT_YET)
    view_reason: str = prose("why the view was not sought or the victim could not be reached")
    own_words: str = prose("the victim's own words, for the victim worker only")
    cleared_text: str = prose("what the panel may read, cleared by the victim worker")
    wants_updates: bool = False
    cleared_by_id: int | None = link("user_account.id", null=True, index=False)
    cleared_at: datetime | None = moment(null=True)
