"""Django's tasks: run by the process that asks for them, until a technology takes them over."""

from typing import Any

TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "stack.tasks.immediate.ImmediateBackend"},
    "short": {"BACKEND": "stack.tasks.immediate.ImmediateBackend"},
}
