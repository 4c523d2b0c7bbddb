"""The schemas of OC4IDS, read from where the project's standards lie; they come without a licence to copy them."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from dashboard.config import ROOT


def standard() -> Path:
    """Return where the standard lies; without it the test is skipped."""
    places = (parent / "shared" / "standards" / "oc4ids" for parent in ROOT.parents)
    folder = next((found for found in places if found.is_dir()), None)
    if folder is None:
        pytest.skip("The schemas of OC4IDS are not here: ../shared/standards/oc4ids")
    return folder


@cache
def validator(name: str) -> Draft4Validator:
    """Return what validates a `project` or a `project-package`."""
    folder = standard()
    project = json.loads((folder / "project-schema.json").read_text("utf-8"))
    resource = Resource(contents=project, specification=DRAFT4)
    registry: Registry = Registry().with_resource(project["id"], resource)
    schema = json.loads((folder / f"{name}-schema.json").read_text("utf-8"))
    return Draft4Validator(schema, registry=registry, format_checker=Draft4Validator.FORMAT_CHECKER)


def codes(name: str) -> set[str]:
    """Return the codes of one of the standard's lists: its schema names open lists without their codes."""
    lines = (standard() / "codelists" / f"{name}.csv").read_text("utf-8").splitlines()
    return {line.split(",")[0] for line in lines[1:]}
