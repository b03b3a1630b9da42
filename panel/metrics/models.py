"""Which figures and which milestones left the service, and why."""

from datetime import date, datetime

from panel.columns import line, link, moment
from panel.tables import Row


class MetricExport(Row, table=True):
    """One export: what, of which areas and days, with or without personal data, why, by whom, its digest."""

    __tablename__ = "metric_export"
    what: str = line(20)
    areas: str = line(200)
    first_on: date
    last_on: date
    kind: str = line(8)
    named: bool
    rows: int
    reason: str = line(300)
    digest: str = line(64)
    by_id: int = link("user_account.id", index=False)
    at: datetime = moment()
