"""Projects from the living template: rendered whole, kept up to date, changed by capability."""

from stackyard.scaffold.extension import LivingTemplate

__all__ = ["LivingTemplate"]
