"""What can change and be watched. A topic that is not public is watched only by permission."""

PUBLIC_TOPICS = frozenset(
    {"cycle", "orders", "progress", "voting", "inquiry", "assessment", "supervision", "people"}
)
# Submitted reports wait at the clerk's desk until they are published.
DESK = "desk"
MOST = 8
