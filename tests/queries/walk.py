"""A walk over the functions that a package offers, and over what the layers above it import."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import dashboard

ROOT = Path(dashboard.__file__).parent


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Return every module of a package."""
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(one.name) for one in found]


def public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions that a module defines and offers, by name."""
    for name, value in vars(module).items():
        if not name.startswith("_") and inspect.isfunction(value) and value.__module__ == module.__name__:
            yield f"{module.__name__}.{name}", value


def without_action(modules: Iterable[ModuleType]) -> set[str]:
    """Return the functions that anyone could call without passing the gate."""
    return {
        name for module in modules for name, one in public_functions(module) if not hasattr(one, "action")
    }


def imported_from(package: str, outside: Iterable[Path]) -> set[str]:
    """Return what files import from the modules of a package, by full name; a whole module by its own name."""
    found: set[str] = set()
    for path in outside:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names if alias.name.startswith(package)}
    return found
