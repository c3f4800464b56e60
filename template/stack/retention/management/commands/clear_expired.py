"""Deletes what has expired: for cron, where no Beat does it."""

from typing import Any

from django.core.management.base import BaseCommand

from stack import retention


class Command(BaseCommand):
    """Does what the timetable's task does."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much."""
        for label, count in retention.clear_expired().items():
            self.stdout.write(f"{label}: {count}")
