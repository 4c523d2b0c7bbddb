"""A file that was looked through and lies in its place, as it is attached to a row."""

from pydantic import BaseModel, Field

DIGEST = r"^[0-9a-f]{64}$"


class KeptFile(BaseModel):
    """What is known of a file: `digest` names it, `preview` the picture made small."""

    name: str = Field(min_length=1, max_length=120)
    media_type: str
    size: int = Field(ge=1)
    digest: str = Field(pattern=DIGEST)
    preview: str | None = Field(default=None, pattern=DIGEST)
