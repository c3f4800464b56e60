"""WebSockets reach their consumers.

Channels does nothing for WebSockets until the ASGI application sends them somewhere: a `ProtocolTypeRouter`
with an entry `"websocket"`, or an application that looks for that type of connection itself.

Flagged is a project that installs channels while no code, tests and comments aside, has the word
`"websocket"` as a text of its own or as an argument.

Standard: Event-Driven Architecture: WebSockets: Django Channels (ASGI).
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule


@rule("channels-wired", entry="channels")
def check(project: Project) -> Iterator[Finding]:
    package = project.packages.deployed("channels")
    if package is None or not project.settings.modules:
        return
    if not project.mentions(
        r"[\"']websocket[\"']|\bwebsocket\s*=|\bstrawberry\.channels\b|GraphQLProtocolTypeRouter"
    ):
        yield Finding(
            package.where,
            "channels is installed, and the ASGI application sends WebSockets nowhere",
            'give it a `ProtocolTypeRouter` with an entry "websocket"',
        )
