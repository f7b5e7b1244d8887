"""A PostgreSQL server for the tests: made empty in a folder of its own, on a free loopback port, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.serving import end, free_port

if TYPE_CHECKING:
    import pwd

USER, PASSWORD = "reader", "a password: with/signs"
ENCODED = "a%20password%3A%20with%2Fsigns"  # as it stands in an address
DATABASE = "postgres"
START_WITHIN = 60  # seconds


@dataclass(frozen=True)
class PostgreSQL:
    """A running server; ``run`` is for making tables in it."""

    port: int
    programs: Path

    def url(self, password: str = ENCODED, **options: str) -> str:
        asked = "&".join(f"{key}={value}" for key, value in options.items())
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{DATABASE}" + (f"?{asked}" if asked else "")

    def run(self, sql: str) -> None:
        """Runs SQL statements as the server's owner. Raises AssertionError with what the server said."""
        command = [str(self.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"]
        options = ["-p", str(self.port), "-U", USER, DATABASE]
        variables = os.environ | {"PGPASSWORD": PASSWORD}
        done = subprocess.run(command + options, input=sql, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def find_programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: on the PATH, or where Debian puts them; None without."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def postgresql_server(programs: Path) -> Iterator[PostgreSQL]:
    """An empty server for as long as the block lasts. As root it runs in another account: it refuses root's."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="plumbline-postgresql-"))
    try:
        secret = folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if account is not None:
            for path in (folder, secret):
                os.chown(path, account.pw_uid, account.pw_gid)
        with _running(programs, folder, secret, account) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path, secret: Path, account: pwd.struct_passwd | None) -> Iterator[PostgreSQL]:
    own = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    data, log = folder / "data", folder / "log"
    made = [str(programs / "initdb"), "-D", str(data), "-U", USER, "--pwfile", str(secret)]
    made += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True, **own)
    port = free_port()
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-c", f"unix_socket_directories={folder}"]
    command += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, **own)
    try:
        server = PostgreSQL(port, programs)
        _wait_until_it_answers(server, process, log)
        yield server
    finally:
        end(process)


def _account() -> pwd.struct_passwd | None:
    """Whose account the server runs in where ours is root's: PostgreSQL's own, else nobody's."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # which Windows does not have

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _wait_until_it_answers(server: PostgreSQL, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    command = [str(server.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(server.port)]
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"PostgreSQL stopped while starting:\n{log.read_text()[-4000:]}")
        if subprocess.run(command, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(f"PostgreSQL did not answer in {START_WITHIN} s:\n{log.read_text()[-4000:]}")
