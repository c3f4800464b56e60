"""A backup that was made restores; one that would not is not made; no failure reaches the live database."""

from __future__ import annotations

import hashlib
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import wait_for
from tests.docker.backup.conftest import PASSWORD, Place, Server, docker

pytestmark = pytest.mark.docker

SLOW_TO_RESTORE = """
CREATE FUNCTION shop.slow(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF current_database() ~ '^backup_' THEN PERFORM pg_sleep(600); END IF;
    RETURN $1;
END $$;
CREATE INDEX slow ON shop.page (shop.slow(md5(body)));
"""
# A table that is checked against one that comes later: its rows are well, and its dump does not restore.
BREAKS_ON_RESTORE = """
CREATE TABLE shop.z_limit (n int);
INSERT INTO shop.z_limit VALUES (3);
CREATE FUNCTION shop.allowed(int) RETURNS boolean LANGUAGE sql
    AS 'SELECT EXISTS (SELECT FROM shop.z_limit WHERE n >= $1)';
CREATE TABLE shop.a_limited (n int CHECK (shop.allowed(n)));
INSERT INTO shop.a_limited VALUES (2);
"""


@pytest.fixture(name="seed", scope="module")
def fixture_seed(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A filled database, and one backup of it, which no test changes."""
    server.sql("postgres", "CREATE DATABASE seed")
    server.sql("seed", (Path(__file__).parent / "shop.sql").read_text(encoding="utf-8"))
    place = Place(server, "seed", tmp_path_factory.mktemp("seed"))
    done = place.backup()
    assert done.code == 0, done
    assert "5 tables, 20320 rows, proven" in done.output
    return place


@pytest.fixture(name="place")
def fixture_place(seed: Place, tmp_path: Path) -> Iterator[Place]:
    """The same rows in a database of the test's own, with later changes, and an empty folder."""
    name = f"shop_{secrets.token_hex(4)}"
    seed.server.sql("postgres", f"CREATE DATABASE {name} TEMPLATE seed")
    seed.server.sql(
        name, "UPDATE shop.purchase SET state = 'paid' WHERE id < 10; DELETE FROM shop.page WHERE id = 7;"
    )
    yield Place(seed.server, name, tmp_path)
    for database in seed.server.databases():
        if database.startswith((name, "backup_")):
            seed.server.sql("postgres", f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(name="copied")
def fixture_copied(seed: Place, place: Place) -> Path:
    """A copy of the seed's backup in the test's folder."""
    (name,) = seed.names
    return shutil.copytree(seed.folder / name, place.folder / name)


def seal(backup: Path, change: Callable[[str], str]) -> None:
    """Change a manifest, and make its checksum fit."""
    body = change((backup / "manifest").read_text(encoding="utf-8").rpartition("checksum\t")[0])
    checksum = hashlib.sha256(body.encode()).hexdigest()
    (backup / "manifest").write_text(f"{body}checksum\t{checksum}\n", encoding="utf-8")


def refuses(place: Place, backup: Path, *reasons: str) -> None:
    """Check that a backup is not restored, why, and that nothing came of it."""
    rows, databases = place.server.rows(place.database), place.server.databases()
    done = place.restore(backup.name)
    assert done.code == 1, done
    assert len(done.errors.splitlines()) == 1, done.errors
    assert all(reason in done.errors for reason in reasons), done.errors
    assert place.server.databases() == databases
    assert place.server.rows(place.database) == rows


def test_a_restore_brings_each_row_back_and_keeps_the_database_of_before(
    seed: Place, place: Place, copied: Path
) -> None:
    server, changed = place.server, place.server.rows(place.database)
    idle = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{place.database}'"
    with server.session(place.database, "BEGIN; SELECT * FROM shop.page; SELECT pg_sleep(600);") as client:
        assert wait_for(lambda: server.sql("postgres", idle) == "1")
        done = place.restore(copied.name)
        assert done.code == 0, done
        assert client.wait(timeout=30) != 0
    assert server.rows(place.database) == server.rows("seed") != changed
    (before,) = {name for name in server.databases() if name.startswith(f"{place.database}_before_")}
    assert server.rows(before) == changed
    undo = done.output.partition("to undo:")[2].splitlines()[0]
    server.sql("postgres", undo)
    assert server.rows(place.database) == changed
    assert not server.scratch()
    definitions = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'shop' ORDER BY 1"
    undone = before.replace("before", "undone")
    assert server.sql(undone, definitions) == server.sql("seed", definitions)
    assert seed.names == [copied.name]


def test_a_restore_to_a_server_that_has_no_such_database_makes_it(place: Place, copied: Path) -> None:
    place.server.sql("postgres", f"DROP DATABASE {place.database}")
    assert place.restore(copied.name).code == 0
    assert place.server.rows(place.database) == place.server.rows("seed")


def test_verify_proves_a_backup_that_is_there(place: Place, copied: Path) -> None:
    done = place.backup("verify", copied.name)
    assert (done.code, done.errors) == (0, "")
    assert "proven to restore" in done.output
    seal(copied, lambda text: text.replace("sequence\tshop.invoice\t1040", "sequence\tshop.invoice\t1050"))
    done = place.backup("verify", copied.name)
    assert done.code == 1 and "shop.invoice" in done.errors
    assert not place.server.scratch()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_dump_that_was_cut_is_refused(place: Place, copied: Path, share: float) -> None:
    dump = copied / "dump"
    dump.write_bytes(dump.read_bytes()[: int(dump.stat().st_size * share)])
    refuses(place, copied, "wanted a dump of", "bytes; found", "take another backup")


def test_a_flipped_bit_anywhere_is_refused(place: Place, copied: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    chance, dump = random.Random(seed), copied / "dump"
    whole = dump.read_bytes()
    for place_in_file in (0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(3))):
        changed = bytearray(whole)
        changed[place_in_file] ^= 1 << chance.randrange(8)
        dump.write_bytes(changed)
        refuses(place, copied, "wanted a dump with the SHA-256 of the manifest")


@pytest.mark.parametrize(
    ("old", "new"), [("database\tseed", "database\tother"), ("\tshop.page\t20\t", "\tshop.page\t21\t")]
)
def test_a_changed_manifest_is_refused(place: Place, copied: Path, old: str, new: str) -> None:
    manifest = (copied / "manifest").read_text(encoding="utf-8")
    assert old in manifest
    (copied / "manifest").write_text(manifest.replace(old, new), encoding="utf-8")
    refuses(place, copied, "wanted the manifest as it was written")


def test_a_dump_of_other_rows_than_the_manifest_says_is_refused(place: Place, copied: Path) -> None:
    seal(copied, lambda text: text.replace("\tshop.page\t20\t", "\tshop.page\t21\t"))
    refuses(
        place, copied, "wanted in the restored copy: < table\tshop.page\t21", "found: > table\tshop.page\t20"
    )


def test_a_dump_of_a_newer_server_is_refused(place: Place, copied: Path) -> None:
    seal(copied, lambda text: text.replace("server\t17", "server\t99"))
    refuses(place, copied, "wanted a dump of PostgreSQL 17 or older", "found one of 99")


def test_a_dump_that_fails_half_way_leaves_the_database_alone(place: Place, copied: Path) -> None:
    place.server.sql(place.database, BREAKS_ON_RESTORE)
    options = ("--format=custom", "--username=app", "--file=/tmp/dump", place.database)
    docker("exec", place.server.name, "pg_dump", *options)
    docker("cp", f"{place.server.name}:/tmp/dump", str(copied / "dump"))
    data = (copied / "dump").read_bytes()
    sizes = {"size": str(len(data)), "sha256": hashlib.sha256(data).hexdigest()}

    def describe(text: str) -> str:
        lines = (line.split("\t") for line in text.splitlines())
        return "".join(
            "\t".join([key, sizes.get(key, *rest[:1]), *rest[1:]] if rest else [key]) + "\n"
            for key, *rest in lines
        )

    seal(copied, describe)
    refuses(place, copied, "wanted a dump that restores", "violates check constraint")


def test_a_database_whose_dump_does_not_restore_gets_no_backup(place: Place, copied: Path) -> None:
    copied.rename(copied.with_name(f"{place.database}-20200101T000000Z.backup"))
    place.server.sql(place.database, BREAKS_ON_RESTORE)
    rows, names = place.server.rows(place.database), place.names
    done = place.backup(KEEP="1")
    assert done.code == 1 and len(done.errors.splitlines()) == 1, done
    assert "wanted a dump that restores" in done.errors
    assert place.names == names, "the old one is still needed"
    assert not place.server.scratch()
    assert place.server.rows(place.database) == rows


def test_a_full_disk_gets_no_backup(place: Place) -> None:
    tmpfs = ("--tmpfs=/backups:mode=1777,size=64k",)
    script = "/backup/backup; code=$?; ls -A /backups; exit $code"
    done = place.run("bash", "-c", script, options=tmpfs)
    assert done.code == 1 and done.output == "", done
    assert "No space left on device" in done.errors and "free some" in done.errors
    assert len(done.errors.splitlines()) == 1
    assert not place.server.scratch()


def _slow(place: Place) -> Callable[[], bool]:
    """Have the database's proof take minutes; give whether it is at it."""
    place.server.sql(place.database, SLOW_TO_RESTORE)
    sleeping = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname ~ '^backup_proof' AND wait_event = 'PgSleep'"
    )
    return lambda: place.server.sql("postgres", sleeping) == "1"


def test_a_killed_backup_has_no_name_and_the_next_one_cleans_up(place: Place) -> None:
    name, server = f"{place.server.name}-killed", place.server
    proving = _slow(place)
    process = place.start(name)
    assert wait_for(proving, seconds=90)
    assert PASSWORD not in docker("top", name, "-eo", "pid,args").stdout
    docker("kill", name)
    process.communicate(timeout=60)
    assert [path for path in place.names if not path.startswith(".incomplete")] == []
    assert place.names and server.scratch()
    server.sql(
        "postgres",
        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
    )
    server.sql(place.database, "DROP INDEX shop.slow")
    assert place.backup().code == 0
    assert len(place.names) == 1 and place.names[0].endswith(".backup")
    assert not server.scratch()


def test_a_backup_that_is_told_to_stop_stops_and_cleans_up(place: Place) -> None:
    name = f"{place.server.name}-stopped"
    proving = _slow(place)
    process = place.start(name)
    assert wait_for(proving, seconds=90)
    docker("kill", "--signal=TERM", name)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 143 and "told to stop" in errors
    assert not place.names
    assert not place.server.scratch()


def test_writes_go_on_during_a_backup(place: Place) -> None:
    server, count = place.server, "SELECT count(*) FROM shop.purchase"
    insert = "INSERT INTO shop.purchase (customer_id, net) VALUES (1, 1) RETURNING nextval('shop.invoice')"
    with server.session(place.database, f"{insert} \\watch 0.01\n"):
        start = int(server.sql(place.database, count))
        assert wait_for(lambda: int(server.sql(place.database, count)) > start)
        begun = int(server.sql(place.database, count))
        done = place.backup()
        ended = int(server.sql(place.database, count))
    assert done.code == 0, done
    manifest = (place.folder / place.names[0] / "manifest").read_text(encoding="utf-8")
    kept = int(manifest.partition("table\tshop.purchase\t")[2].split("\t")[0])
    assert begun <= kept < ended


def test_the_newest_are_kept(place: Place, copied: Path) -> None:
    for name in ("20200101T000000Z", "20210101T000000Z", "20220101T000000Z"):
        shutil.copytree(copied, place.folder / f"{place.database}-{name}.backup")
    done = place.backup(KEEP="2")
    assert done.code == 0, done
    others, own = [copied.name], [name for name in place.names if name.startswith(place.database)]
    assert place.names == sorted(others + own)
    assert own[0] == f"{place.database}-20220101T000000Z.backup" and len(own) == 2


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "no value"),
        ("mysql://a:hunter2@db/app", "a scheme that isn't PostgreSQL's"),
        ("postgres://a:hunter2@db", "no name of a database"),
        ("postgres://a:hunter2%zz@db/app", "a % that isn't followed"),
        ("postgres://a:hunter2%0Ahost=x@db/app", "a control character"),
        ("postgres://a:hunter2@127.0.0.1:1/app", "Connection refused"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_the_password(
    place: Place, url: str, reason: str
) -> None:
    done = place.backup(DATABASE_URL=url)
    assert done.code == 1 and reason in done.errors, done
    assert "hunter2" not in done.output + done.errors
    assert not place.names


def test_a_server_of_another_version_than_the_programs_is_refused(place: Place, older: Server) -> None:
    done = place.backup(DATABASE_URL=older.url("postgres"))
    assert done.code == 1 and "Run it in the image postgres:16" in done.errors, done
    done = place.backup(PROOF_DATABASE_URL=older.url("postgres"))
    assert done.code == 1 and "wanted a dump of PostgreSQL 16 or older" in done.errors, done
    assert not place.names


def test_another_server_can_be_asked_to_prove(place: Place, copied: Path) -> None:
    proof = place.server.url("postgres")
    assert place.backup(PROOF_DATABASE_URL=proof).code == 0
    done = place.backup("verify", copied.name, DATABASE_URL="", PROOF_DATABASE_URL=proof)
    assert (done.code, done.errors) == (0, "")
    assert not place.server.scratch()
