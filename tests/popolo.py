"""Popolo's JSON schemas, read from where the project's standards lie; they are not ours to copy."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from dashboard.config import ROOT


def validator(name: str) -> Draft3Validator:
    """Return what validates one of Popolo's classes; without the schemas the test is skipped with one line."""
    folder = next(
        (
            found
            for parent in ROOT.parents
            if (found := parent / "shared" / "standards" / "popolo" / "schemas").is_dir()
        ),
        None,
    )
    if folder is None:
        pytest.skip("Popolo's schemas are not here: ../shared/standards/popolo/schemas")
    registry: Registry = Registry()
    for path in sorted(Path(folder).glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        resource = Resource(contents=schema, specification=DRAFT3)
        registry = registry.with_resources([(schema["id"], resource), (schema["id"].rstrip("#"), resource)])
    schema = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return Draft3Validator(schema, registry=registry, format_checker=Draft3Validator.FORMAT_CHECKER)
