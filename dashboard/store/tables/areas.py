"""The tree of areas: province > city > county > township > village."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.store.tables.keys import Base


class Area(Base):
    """One area by its GB/T 2260 or statistical code; an abolished one names its successor."""

    __tablename__ = "areas"

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"), index=True)
    level: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    abolished_on: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
