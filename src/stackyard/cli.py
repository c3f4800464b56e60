"""Words in, exit codes out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackyard.errors import UserError
from stackyard.plain import PlainTerminal

# A verb loads what it needs itself: `run` does not wait for the renderer, nor `new` for the services.
# pylint: disable=import-outside-toplevel

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A Django tech stack, as code.",
)


@app.callback()
def _stackyard() -> None:
    """A Django tech stack, as code."""


@app.command(context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True})
def run(
    command: Annotated[
        list[str] | None,
        typer.Argument(help="A command to run, after `--`; without one, the processes of the Procfile."),
    ] = None,
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Run the project, or a command, with real PostgreSQL, Valkey, RabbitMQ and a broker of Kafka's protocol.

    Those, that is, that its .env.example names. They listen on free loopback ports. DATABASE_URL, REDIS_URL,
    CELERY_BROKER_URL, AMQP_URL and KAFKA_BROKERS say where; one that is set already wins, and its service is
    not started.
    PostgreSQL's data stay in the project's .stackyard/ until the next run; a second run at the same time gets
    ports and data of its own.
    """
    from stackyard.commands.run import run as run_verb
    from stackyard.terminal import Terminal

    raise typer.Exit(run_verb(project, command or [], Terminal()))


@app.command()
def demo(
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Run the project with a demo's data in it, and tell where it is and how to log in.

    Migrates, calls `manage.py seed_demo`, starts the Procfile's processes and waits until the site is ready.
    The same facts are in .stackyard/run.json of the current folder while it runs.
    """
    from stackyard.commands.demo import demo as demo_verb
    from stackyard.terminal import Terminal

    raise typer.Exit(demo_verb(project, Path(".stackyard", "run.json"), Terminal()))


@app.command()
def new(  # pylint: disable=too-many-arguments,too-many-locals
    folder: Annotated[Path, typer.Argument(help="The project's folder: new, or empty.")],
    *,
    preset: Annotated[
        str | None, typer.Option(help="full, web, api or minimal; nothing is asked then.")
    ] = None,
    defaults: Annotated[bool, typer.Option("--defaults", help="Ask nothing.")] = False,
    data: Annotated[list[str] | None, typer.Option(help="An answer: question=answer.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A YAML file of answers; nothing is asked then.")
    ] = None,
    stack: Annotated[
        Path | None, typer.Option(help="A team's stack file: what it decides is not asked.")
    ] = None,
    template: Annotated[str | None, typer.Option(help="Another template: a path or Git address.")] = None,
    ref: Annotated[str | None, typer.Option(help="A tag, branch or commit of the template.")] = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Write over files of the same names."),
    ] = False,
    git: Annotated[bool, typer.Option("--git", help="Make a Git repository, with a first commit.")] = False,
    install: Annotated[bool, typer.Option("--install", help="Run `poetry install`.")] = False,
) -> None:
    """Make a project that runs, with a lock of its packages; needs no network.

    Asks a few questions, unless it is told the answers. Runs no command, but for --git and --install.
    """
    from stackyard.commands.choices import parse_pairs
    from stackyard.commands.new import Choices, Extras
    from stackyard.commands.new import new as new_verb
    from stackyard.terminal import Terminal, ask

    given = parse_pairs(data or [])
    if preset is not None:
        given = {"preset": preset, **given}
    is_told = defaults or preset is not None or answers is not None
    if not is_told and not sys.stdin.isatty():
        raise UserError(
            "Somebody to ask",
            found="no terminal",
            where="standard input",
            remedy="Say --defaults, --preset or --answers.",
        )
    choices = Choices(given, answers, stack, template, ref, None if is_told else ask)
    raise typer.Exit(new_verb(folder, choices, Extras(overwrite, git, install), Terminal()))


@app.command()
def update(
    to: Annotated[str | None, typer.Option(help="A tag, branch or commit; else the latest release.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Say what would change; write nothing.")] = False,
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Bring the project the changes of its template; edits of one's own stay.

    Where both have changed the same lines, the file gets both, between Git's marks, and the exit code is 1.
    With --check it is 1 if there is something to bring. Needs a Git repository with nothing uncommitted.
    """
    from stackyard.commands.update import update as update_verb
    from stackyard.terminal import Terminal

    raise typer.Exit(update_verb(project, to, check, Terminal()))


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What to add, such as redis, celery, aws or sentry.")],
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Add a capability to the project; edits of one's own stay."""
    from stackyard.commands.update import change_capability
    from stackyard.terminal import Terminal

    raise typer.Exit(change_capability(project, name, True, Terminal()))


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="What to remove, such as redis, celery, aws or sentry.")],
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Remove a capability from the project; files with edits of one's own stay."""
    from stackyard.commands.update import change_capability
    from stackyard.terminal import Terminal

    raise typer.Exit(change_capability(project, name, False, Terminal()))


@app.command()
def diff(
    project: Annotated[Path, typer.Option(help="The project's folder.")] = Path("."),
) -> None:
    """Show what the project has changed against its template, as a unified diff; then the exit code is 1."""
    from stackyard.commands.diff import diff as diff_verb
    from stackyard.terminal import Terminal

    raise typer.Exit(diff_verb(project, Terminal()))


@app.command()
def adopt(
    folder: Annotated[Path, typer.Argument(help="The project's folder.")] = Path("."),
    *,
    data: Annotated[list[str] | None, typer.Option(help="An answer: question=answer.")] = None,
    template: Annotated[str | None, typer.Option(help="Another template: a path or Git address.")] = None,
    ref: Annotated[str | None, typer.Option(help="A tag, branch or commit of the template.")] = None,
) -> None:
    """Put an existing Django project under Stackyard; writes .copier-answers.yml, and nothing else.

    Tells from its files, without running any, what it is made of. Afterwards `stackyard diff` shows how far
    it is from its template, and `stackyard update` brings it what changes there.
    """
    from stackyard.commands.adopt import adopt as adopt_verb
    from stackyard.commands.choices import parse_pairs
    from stackyard.terminal import Terminal

    raise typer.Exit(adopt_verb(folder, parse_pairs(data or []), template, ref, Terminal()))


@app.command("check")
def check_projects(  # pylint: disable=too-many-arguments,too-many-locals
    paths: Annotated[
        list[Path] | None, typer.Argument(help="The projects' folders; the current one, if none is named.")
    ] = None,
    *,
    output: Annotated[
        str, typer.Option("--format", help="text, json, sarif, github or markdown.", metavar="FORMAT")
    ] = "text",
    level: Annotated[
        str,
        typer.Option(
            help="required, recommended or optional: from where on a finding fails.", metavar="LEVEL"
        ),
    ] = "required",
    stack: Annotated[Path | None, typer.Option(help="A team's stack file.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="A rule to apply; all, if none is named.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="A file with findings that do not count.")] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write what is found as such a file.", metavar="PATH")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="A commit, branch or tag: what was there already does not count.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what is certain.")] = False,
    projects: Annotated[Path | None, typer.Option(help="A file that names projects, a line each.")] = None,
    jobs: Annotated[int | None, typer.Option(help="How many projects at once.", min=1)] = None,
) -> None:
    """Check projects against the stack, rule by rule; nothing of theirs is imported or run.

    The exit code is 0 if nothing is found, 1 if something of the level is, and 2 if a project could not be
    checked. What a project is let off stands in its pyproject.toml, as tables of [[tool.stackyard.waivers]].
    """
    from stackyard.commands.check import Format, Options, run_check
    from stackyard.standard.reader import Level

    options = Options(
        _one_of(Format, output, "--format"),
        _one_of(Level, level, "--level"),
        stack,
        tuple(rule or ()),
        baseline,
        write_baseline,
        since,
        fix,
        jobs,
        projects,
    )
    raise typer.Exit(run_check(paths or [], options, PlainTerminal()))


@app.command()
def explain(
    rule: Annotated[str | None, typer.Argument(help="A rule's id; without one, all are listed.")] = None,
    stack: Annotated[Path | None, typer.Option(help="A team's stack file.")] = None,
) -> None:
    """Show the manual page of a rule."""
    from stackyard.commands.explain import explain as explain_verb

    raise typer.Exit(explain_verb(rule, stack, PlainTerminal()))


@app.command()
def show(
    form: Annotated[str, typer.Option("--format", help="markdown or json.", metavar="FORMAT")] = "markdown",
    stack: Annotated[Path | None, typer.Option(help="A team's stack file.")] = None,
    project: Annotated[Path, typer.Option(help="The project whose versions are told.")] = Path("."),
    reports: Annotated[
        list[Path] | None, typer.Option("--report", help="A JUnit report of its tests: what they prove.")
    ] = None,
) -> None:
    """Write the team's reference: what the stack wants, what is locked of it, and what proves each line."""
    from stackyard.commands.show import Form
    from stackyard.commands.show import show as show_verb

    form_ = _one_of(Form, form, "--format")
    raise typer.Exit(show_verb(form_, stack, project, reports or [], PlainTerminal()))


@app.command(hidden=True)
def proof(
    reports: Annotated[list[Path], typer.Argument(help="JUnit reports, as `pytest --junitxml` writes them.")],
) -> None:
    """Count the technologies of the standard that a test run proved, and name the others."""
    from stackyard.standard.proofs import read_proofs, summary
    from stackyard.standard.reader import read_standard

    for line in summary(read_proofs(reports, read_standard())):
        typer.echo(line)


def _one_of[E: StrEnum](choices: type[E], value: str, option: str) -> E:
    """Take one of some words.

    Raises:
        UserError: It is none of them.
    """
    if value not in list(choices):
        raise UserError(
            f"One of {', '.join(choices)}", found=repr(value), where=option, remedy="Say one of them."
        )
    return choices(value)


def main() -> None:
    """Run the tool."""
    try:
        app()
    except UserError as error:
        from stackyard.terminal import Terminal

        Terminal().fail(
            f"{error.wanted}: {error.found}.",
            [f"Where: {error.where}", *error.remedy.splitlines()],
        )
        sys.exit(error.exit_code)
