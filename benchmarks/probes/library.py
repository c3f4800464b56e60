"""The library's own command, whose name ours has taken."""

import django


def main() -> None:
    """Publish until killed, by a poll a second."""
    django.setup()
    from django_outbox_pattern.management.commands.publish import Command

    Command().handle()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
