"""Run the tool as `python -m stackyard`."""

from stackyard.cli import main

main()
