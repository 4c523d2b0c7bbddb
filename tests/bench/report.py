"""What the bench prints: one line a figure, with its goal and whether it is reached."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from statistics import median

PACKAGES = ("dash", "plotly", "flask", "granian", "sqlalchemy", "orjson")


def machine() -> None:
    """Print what the figures were taken on: they mean nothing elsewhere."""
    load = os.getloadavg()[0]
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    print(f"{os.cpu_count()} cores, {_processor()}, {platform.system()} {platform.release()}")
    print(f"Python {platform.python_version()}, {packages}")
    print(
        f"load average {load:.1f} at the start: what else runs here disturbs the figures; medians [least, most]"
    )


def title(text: str) -> None:
    """Print the heading of one idea."""
    print(f"\n{text}", flush=True)


def figure(
    name: str,
    values: Sequence[float],
    unit: str,
    *,
    most: float | None = None,
    least: float | None = None,
    digits: int = 2,
) -> float:
    """Print the median of repeated values beside its goal, and return it."""
    middle = median(values)
    shown = f"{middle:,.{digits}f} {unit}"
    if len(values) > 1:
        shown += f" [{min(values):,.{digits}f}, {max(values):,.{digits}f}]"
    goal = ""
    if most is not None:
        goal = f"goal <= {most:g}  {'reached' if middle <= most else 'MISSED'}"
    elif least is not None:
        goal = f"goal >= {least:g}  {'reached' if middle >= least else 'MISSED'}"
    print(f"  {name:<58} {shown:<38} {goal}".rstrip(), flush=True)
    return middle


def line(text: str) -> None:
    """Print something that has no goal."""
    print(f"  {text}", flush=True)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(row.split(":", 1)[1].strip() for row in file if row.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
