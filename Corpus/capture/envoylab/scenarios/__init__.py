"""The scenarios: each module or package here that has a function `capture(lab)` is one.

The first line of its docstring is what `capture --list` says of it.
"""

import importlib
import pkgutil
from collections.abc import Callable

from ..errors import CaptureError
from ..lab import Lab


def summaries() -> dict[str, str]:
    """The scenarios' names and what each shows."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: (module.__doc__ or "").partition("\n")[0] for name, module in modules.items()}


def load(name: str) -> Callable[[Lab], None]:
    """The function that runs a scenario."""
    if name not in {module.name for module in pkgutil.iter_modules(__path__)}:
        raise CaptureError(f"there is no scenario {name}: see capture --list")
    return importlib.import_module(f"{__name__}.{name}").capture
