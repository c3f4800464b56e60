"""Words in, exit codes out."""

from __future__ import annotations

import atexit
import gc
import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from stackyard.errors import UserError
from stackyard.plain import PlainTerminal

# A verb loads what it needs itself: `run` does not wait for the renderer, nor `new` for the services.
# Click wants an argument for each word.
# pylint: disable=import-outside-toplevel,too-many-arguments,too-many-positional-arguments,too-many-locals

PATH = click.Path(path_type=Path)
_project = click.option("--project", type=PATH, default=".", help="The project's folder.")
_data = click.option("--data", multiple=True, metavar="QUESTION=ANSWER", help="An answer.")
_stack = click.option("--stack", type=PATH, help="A team's stack file.")
_template = click.option("--template", help="Another template: a path or Git address.")
_ref = click.option("--ref", help="A tag, branch or commit of the template.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="stackyard")
def app() -> None:
    """Keep Django projects on a team's stack, which is code."""


@app.command(context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True})
@click.argument("command", nargs=-1)
@_project
def run(command: tuple[str, ...], project: Path) -> NoReturn:
    """Run the project, or a COMMAND after `--`, with real PostgreSQL, Valkey, RabbitMQ and Kafka's protocol.

    Those, that is, that its .env.example names. They listen on free loopback ports. DATABASE_URL, REDIS_URL,
    CELERY_BROKER_URL, AMQP_URL and KAFKA_BROKERS say where; one that is set already wins, and its service is
    not started.

    PostgreSQL's data stay in the project's .stackyard/ until the next run; a second run at the same time gets
    ports and data of its own.
    """
    from stackyard.commands.run import run as run_verb
    from stackyard.terminal import Terminal

    sys.exit(run_verb(project, list(command), Terminal()))


@app.command()
@_project
def demo(project: Path) -> NoReturn:
    """Run the project with a demo's data in it, and tell where it is and how to log in.

    Migrates, calls `manage.py seed_demo` if there is one, starts the Procfile's processes and waits until the
    site is ready. The same facts are in .stackyard/run.json of the current folder while it runs.
    """
    from stackyard.commands.demo import demo as demo_verb
    from stackyard.terminal import Terminal

    sys.exit(demo_verb(project, Path(".stackyard", "run.json"), Terminal()))


@app.command()
@click.argument("folder", type=PATH)
@click.option("--preset", help="full, web, api or minimal; nothing is asked then.")
@click.option("--defaults", is_flag=True, help="Ask nothing.")
@_data
@click.option("--answers", type=PATH, help="A YAML file of answers; nothing is asked then.")
@click.option("--stack", type=PATH, help="A team's stack file: what it decides is not asked.")
@_template
@_ref
@click.option("--overwrite", is_flag=True, help="Write over files of the same names.")
@click.option("--git", is_flag=True, help="Make a Git repository, with a first commit.")
@click.option("--install", is_flag=True, help="Run `poetry install`.")
def new(
    folder: Path,
    preset: str | None,
    defaults: bool,
    data: tuple[str, ...],
    answers: Path | None,
    stack: Path | None,
    template: str | None,
    ref: str | None,
    overwrite: bool,
    git: bool,
    install: bool,
) -> NoReturn:
    """Make a project in FOLDER, new or empty, that runs, with a lock of its packages; needs no network.

    Asks a few questions, unless it is told the answers. Runs no command, but for --git and --install.
    """
    from stackyard.commands.choices import parse_pairs
    from stackyard.commands.new import Choices, Extras
    from stackyard.commands.new import new as new_verb
    from stackyard.terminal import Terminal, ask

    given = parse_pairs(data)
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
    sys.exit(new_verb(folder, choices, Extras(overwrite, git, install), Terminal()))


@app.command()
@click.option("--to", help="A tag, branch or commit; else the latest release.")
@click.option("--check", is_flag=True, help="Say what would change; write nothing.")
@_project
def update(to: str | None, check: bool, project: Path) -> NoReturn:
    """Bring the project the changes of its template; edits of one's own stay.

    Where both have changed the same lines, the file gets both, between Git's marks, and the exit code is 1.
    With --check it is 1 if there is something to bring. Needs a Git repository with nothing uncommitted.
    """
    from stackyard.commands.update import update as update_verb
    from stackyard.terminal import Terminal

    sys.exit(update_verb(project, to, check, Terminal()))


@app.command()
@click.argument("name")
@_project
def add(name: str, project: Path) -> NoReturn:
    """Add a capability, such as redis, celery, aws or sentry; edits of one's own stay."""
    from stackyard.commands.update import change_capability
    from stackyard.terminal import Terminal

    sys.exit(change_capability(project, name, True, Terminal()))


@app.command()
@click.argument("name")
@_project
def remove(name: str, project: Path) -> NoReturn:
    """Remove a capability, such as redis, celery, aws or sentry; files with edits of one's own stay."""
    from stackyard.commands.update import change_capability
    from stackyard.terminal import Terminal

    sys.exit(change_capability(project, name, False, Terminal()))


@app.command()
@_project
def diff(project: Path) -> NoReturn:
    """Show what the project has changed against its template, as a unified diff; then the exit code is 1."""
    from stackyard.commands.diff import diff as diff_verb
    from stackyard.terminal import Terminal

    sys.exit(diff_verb(project, Terminal()))


@app.command()
@click.argument("folder", type=PATH, default=".")
@_data
@_template
@_ref
def adopt(folder: Path, data: tuple[str, ...], template: str | None, ref: str | None) -> NoReturn:
    """Put an existing Django project under Stackyard; writes .copier-answers.yml, and nothing else.

    Tells from its files, without running any, what it is made of. Afterwards `stackyard diff` shows how far
    it is from its template, and `stackyard update` brings it what changes there.
    """
    from stackyard.commands.adopt import adopt as adopt_verb
    from stackyard.commands.choices import parse_pairs
    from stackyard.terminal import Terminal

    sys.exit(adopt_verb(folder, parse_pairs(data), template, ref, Terminal()))


@app.command("check")
@click.argument("paths", type=PATH, nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github", "markdown"]),
    default="text",
    help="How the report is written.",
)
@click.option(
    "--level",
    type=click.Choice(["required", "recommended", "optional"]),
    default="required",
    help="From where on a finding makes the exit code 1.",
)
@_stack
@click.option("--rule", multiple=True, help="A rule to apply; all, if none is named.")
@click.option("--baseline", type=PATH, help="A file with findings that do not count.")
@click.option("--write-baseline", type=PATH, help="Write what is found as such a file.")
@click.option("--since", help="A commit, branch or tag: what was there already does not count.")
@click.option("--fix", is_flag=True, help="Put right what is certain.")
@click.option("--projects", type=PATH, help="A file that names projects, a line each.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many projects at once.")
def check_projects(
    paths: tuple[Path, ...],
    form: str,
    level: str,
    stack: Path | None,
    rule: tuple[str, ...],
    baseline: Path | None,
    write_baseline: Path | None,
    since: str | None,
    fix: bool,
    projects: Path | None,
    jobs: int | None,
) -> NoReturn:
    """Check projects against the stack, rule by rule; nothing of theirs is imported or run.

    PATHS are the folders; the current one, if none is named. The exit code is 0 if nothing is found,
    1 if something of the level is, and 2 if a project could not be checked. What it is let off stands in
    its pyproject.toml, as tables of [[tool.stackyard.waivers]].
    """
    from stackyard.commands.check import run_check
    from stackyard.commands.check_options import Format, Options
    from stackyard.standard.reader import Level

    options = Options(
        Format(form), Level(level), stack, rule, baseline, write_baseline, since, fix, jobs, projects
    )
    sys.exit(run_check(paths, options, PlainTerminal()))


@app.command()
@click.argument("rule", required=False)
@_stack
def explain(rule: str | None, stack: Path | None) -> NoReturn:
    """Show the manual page of a RULE; without one, all are listed."""
    from stackyard.commands.explain import explain as explain_verb

    sys.exit(explain_verb(rule, stack, PlainTerminal()))


@app.command()
@click.option(
    "--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", help="How it is written."
)
@_stack
@_project
@click.option(
    "--report", "reports", type=PATH, multiple=True, help="A JUnit report of its tests: what they prove."
)
def show(form: str, stack: Path | None, project: Path, reports: tuple[Path, ...]) -> NoReturn:
    """Write the team's reference: what the stack wants, what is locked of it, and what proves each line."""
    from stackyard.commands.show import Form
    from stackyard.commands.show import show as show_verb

    sys.exit(show_verb(Form(form), stack, project, list(reports), PlainTerminal()))


@app.command(hidden=True)
@click.argument("reports", type=PATH, nargs=-1, required=True)
def proof(reports: tuple[Path, ...]) -> None:
    """Count the technologies of the standard that a test run proved, and name the others."""
    from stackyard.standard.proofs import read_proofs, summary
    from stackyard.standard.reader import read_standard

    for line in summary(read_proofs(reports, read_standard())):
        click.echo(line)


def main() -> None:
    """Run the tool."""
    # What a verb loads stays: to look through it for garbage again and again takes a tenth of a check, and to
    # do so once more at the end another.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        sys.exit(app.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(128 + signal.SIGINT)
    except UserError as error:
        from stackyard.terminal import Terminal

        Terminal().fail(
            f"{error.wanted}: {error.found}.",
            [f"Where: {error.where}", *error.remedy.splitlines()],
        )
        sys.exit(error.exit_code)
