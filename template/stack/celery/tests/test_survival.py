"""Tasks survive kill -9: each of them takes effect at least once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.celery.task import Task
from stack.celery.tests import tasks
from stack.celery.tests.processes import Broker, Started
from tests.processes import wait_until

TASKS = 60
PROCESSES = 2


class Marks:
    """The file that the tasks append to, and its gate."""

    def __init__(self, path: Path) -> None:
        """Start with an empty one, and the gate closed."""
        self.path = path
        self.begun_path = Path(f"{path}.begun")
        path.touch()
        self.begun_path.touch()

    @property
    def lines(self) -> list[str]:
        """What was appended, in that order."""
        return self.path.read_text(encoding="utf-8").splitlines()

    @property
    def begun(self) -> set[str]:
        """The tasks that have come as far as the gate."""
        return set(self.begun_path.read_text(encoding="utf-8").splitlines())

    def open_gate(self) -> None:
        """Let the tasks that wait go on."""
        Path(f"{self.path}.gate").touch()


@pytest.fixture(name="marks")
def _marks(tmp_path: Path) -> Marks:
    return Marks(tmp_path / "marks")


@pytest.fixture(name="worker")
def _worker(broker: Broker) -> Iterator[Started]:
    worker = broker.start_worker()
    yield worker
    worker.kill()


@pytest.mark.proves("celery")
def test_tasks_survive_kill_9(broker: Broker, marks: Marks) -> None:
    """Kill all processes of a worker while both are in the midst of a task, and start another worker.

    They are held there by a gate, so that nothing is on its way from the broker at that instant: see the
    README for what Redis can lose then.
    """
    lines = [str(number) for number in range(TASKS)]
    third = TASKS // 3
    broker.enqueue("mark", marks.path, *lines[:third])
    broker.enqueue("mark_once_open", marks.path, *lines[third:])
    worker = broker.start_worker()
    try:
        wait_until(lambda: len(marks.begun) >= PROCESSES)
        worker.kill()
        assert set(marks.lines) == set(lines[:third])
        marks.open_gate()
        worker = broker.start_worker()
        wait_until(lambda: set(marks.lines) == set(lines))
    finally:
        worker.kill()


@pytest.mark.usefixtures("worker")
def test_a_task_whose_process_dies_is_tried_again_but_not_for_ever(broker: Broker, marks: Marks) -> None:
    def send(task: Task, line: str) -> None:
        with broker.connection() as connection:
            task.apply_async((str(marks.path), line), queue=broker.queue, connection=connection)

    send(tasks.always_lethal, "lethal")
    send(tasks.lethal_at_first, "healthy")
    wait_until(lambda: "healthy" in marks.lines)
    wait_until(lambda: marks.lines.count("lethal") == 2)
    log = broker.folder / "celery.log"
    wait_until(lambda: log.read_text("utf-8").count("exited with 'signal 9") >= 3)
    for _ in range(20):  # sent for ever, the lethal one would be tried in between
        send(tasks.celery_mark, "later")
    wait_until(lambda: marks.lines.count("later") == 20)
    assert marks.lines.count("lethal") == 2
