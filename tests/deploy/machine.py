"""A machine to install on that is a folder: the commands of config/DEPLOY.md are run in it as they are written.

Absolute paths become paths below that folder, and the three ports become free ones. What would change the real
machine has a stand-in of the same name on the PATH: ``sudo`` and ``runuser`` run the rest of the line as who we are;
``apt-get`` simulates; ``useradd`` and ``chown`` only see that the real ones know their options; ``install`` gives
nothing to another account; ``git clone`` copies the program; ``systemctl`` starts and stops what the unit says. All
else is the real thing: venv, pip, sqlite3, tar, curl, nginx, the portal and its command line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

from tests.serving import ROOT, free_port

PAGE = (ROOT / "config" / "DEPLOY.md").read_text(encoding="utf-8")
NAME = "portal.localhost"  # in the place of portal.council.example: browsers look for it on this machine
REAL = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
PROGRAM = ("app.py", "data_access", "pages", ".streamlit", "requirements.txt")
SYSTEMCTL = Path(__file__).with_name("systemctl.py")

STAND_INS = {
    "sudo": '[ "$1" != -u ] || { [ "$2" = plumbline ] && shift 2; } && exec "$@"',
    "runuser": '[ "$1 $2 $3" = "--user plumbline --" ] && shift 3 && exec "$@"',
    "apt-get": 'exec "{real}" --simulate "$@"',
    "useradd": 'for word; do case $word in --*) "{real}" --help 2>&1 | grep -q -e "$word" || exit 2;; esac; done',
    "chown": 'for word; do case $word in --*) "{real}" --help 2>&1 | grep -q -e "$word" || exit 2;; esac; done',
    "install": (
        "words=(); while [ $# -gt 0 ]; do case $1 in "
        '--owner|--group) [ "$2" = plumbline ] && shift 2 || exit 2;; *) words+=("$1"); shift;; esac; done; '
        'exec "{real}" "${words[@]}"'
    ),
    "git": 'case $1 in clone) mkdir -p "$3"; cd "$2"; cp -a {program} "$3";; *) [ -d "$2" ] && [ "$3" = pull ];; esac',
    # A whole environment at once: the packages of the tests' own, so that pip finds nothing left to install.
    "python3": '"{python}" "$@" --without-pip && echo "{packages}" > "$(echo "$3"/lib/*/site-packages)/here.pth"',
    "systemctl": 'exec "{python}" "{systemctl}" "{root}" "$@"',
    "nginx": 'exec "{real}" -c "{root}/etc/nginx/nginx.conf" "$@"',
}
NGINX = """
{user}
pid {root}/run/nginx.pid;
error_log {root}/var/log/nginx/error.log;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {root}/run/body;
    proxy_temp_path {root}/run/proxy;
    fastcgi_temp_path {root}/run/fastcgi;
    uwsgi_temp_path {root}/run/uwsgi;
    scgi_temp_path {root}/run/scgi;
    include {root}/etc/nginx/sites-enabled/*;
}}
"""


def missing() -> list[str]:
    """Programs that the page uses and this machine does not have."""
    needed = ("nginx", "sqlite3", "openssl", "curl", "tar", "systemd-analyze", "apt-get", "useradd", "runuser")
    return [name for name in needed if shutil.which(name, path=REAL) is None]


def block(heading: str, language: str, place: int = 0) -> str:
    """A block of the page, by its heading, its language, and its place among those."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)[place]


def has_content(file: Path) -> bool:
    """Whether there is a file that says something: ``nginx -t`` leaves an empty one."""
    return file.exists() and file.stat().st_size > 0


@dataclass
class Machine:
    """``root`` is its ``/``; ``portal``, ``http`` and ``https`` are its ports in the place of 8501, 80 and 443."""

    root: Path
    portal: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)

    def prepare(self) -> None:
        """Makes the folders that every Debian has, the stand-ins, and nginx's own settings."""
        for folder in (
            "bin",
            "opt",
            "run",
            "etc/systemd/system",
            "etc/ssl/plumbline",
            "var/log/nginx",
            "var/tmp",
            "srv/plumbline",
        ):
            (self.root / folder).mkdir(parents=True)
        for folder in ("sites-available", "sites-enabled"):
            (self.root / "etc" / "nginx" / folder).mkdir(parents=True)
        user = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""
        (self.root / "etc/nginx/nginx.conf").write_text(NGINX.format(root=self.root, user=user))
        for name, body in STAND_INS.items():
            self._stand_in(name, body)

    def here(self, text: str) -> str:
        """What the page says, with this machine's paths, ports and name."""
        text = text.replace("portal.council.example", NAME).replace("GIT_ADDRESS", str(ROOT))
        text = re.sub(r"(?<![\w.}])/(?=(?:opt|srv|etc|var)/)", f"{self.root}/", text)
        text = re.sub(r"\b8501\b", str(self.portal), text)
        return re.sub(r"listen (80|443)\b", lambda port: f"listen {self.http if port[1] == '80' else self.https}", text)

    def save(self, path: str, text: str) -> Path:
        """Saves a block of the page as the file that the page says."""
        file = Path(self.here(path))
        file.write_text(self.here(text))
        return file

    def run(self, commands: str) -> str:
        """Runs a block in a shell that stops at the first error. Returns what it prints; raises AssertionError."""
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", self.here(commands)],
            cwd=self.root,
            env=os.environ | {"PATH": f"{self.root}/bin{os.pathsep}{REAL}", "HOME": str(self.root)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}\n{self.log()}"
        return done.stdout

    def stop(self) -> None:
        """Stops what was started here."""
        self.run("systemctl stop plumbline")
        if has_content(self.root / "run" / "nginx.pid"):
            self.run("nginx -s stop")

    def log(self) -> str:
        """The end of what the portal and nginx have said."""
        files = (self.root / "run" / "plumbline.log", self.root / "var/log/nginx/error.log")
        return "\n".join(file.read_text(errors="replace")[-2000:] for file in files if file.exists())

    def url(self, path: str = "/") -> str:
        return f"https://{NAME}:{self.https}{path}"

    def _stand_in(self, name: str, body: str) -> None:
        words = {
            "real": shutil.which(name, path=REAL) or name,
            "root": self.root,
            "python": sys.executable,
            "packages": sysconfig.get_path("purelib"),
            "program": " ".join(PROGRAM),
            "systemctl": SYSTEMCTL,
        }
        for word, value in words.items():
            body = body.replace(f"{{{word}}}", str(value))
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/bash\n{body}\n")
        file.chmod(0o755)
