"""A process that reads as `manage.py consume_stream` does, for the tests' group."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()

    from stack.kafka.tests.effects import GROUP, Effects, register, slowly

    register(Effects(before=slowly))
    call_command("consume_stream", GROUP, *sys.argv[1:])
