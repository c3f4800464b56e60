"""New Relic's agent is started.

The agent has to be there before Django is imported: the process is started by `newrelic-admin run-program`,
or its entry point calls `newrelic.agent.initialize`.

Flagged is a project that installs newrelic, or has a `newrelic.ini`, while no command that it runs, wherever
it says so, and no code, tests and comments aside, starts the agent. An image whose start script is not in the
repository may do it: it is left alone if its name says New Relic.

Standard: Monitoring & Logging: New Relic or Datadog.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("newrelic-started", entry="new-relic")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.deployed("newrelic")
    config = project.files.matching("newrelic.ini")
    if not package and not config:
        return
    if project.mentions(r"newrelic\.agent|from\s+newrelic\s+import|newrelic\.bootstrap"):
        return
    if not project.processes or project.process(
        r"newrelic-admin|run-program|instrumentation\.newrelic\.com|newrelic/"
    ):
        return
    yield Finding(
        package.where if package else Place(config[0]),
        "New Relic is configured, and nothing starts its agent",
        "start the server by `newrelic-admin run-program`",
    )
