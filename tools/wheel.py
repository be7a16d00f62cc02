"""Build the wheel and use it where nothing else is: `python -m tools.wheel`.

Makes an empty environment, installs the locked dependencies and the wheel, and runs `sevline analyze` from it.
Exits 1 with a sentence when the wheel lacks something.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 600  # seconds for one step
KEYS = {"artifacts", "redactions", "patterns", "findings", "missing"}
CARRIES = ("templates/base.html", "static/sevline/css/tokens.css", "core/tables/severity.toml")
SAMPLE = "2026-11-18T10:07:31Z ERROR pool: no connection for helen@brightwater.example\n" * 20


def run(*words: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words[:4]))} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sevline-wheel-") as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
        (wheel,) = folder.glob("*.whl")
        held = ZipFile(wheel).namelist()
        if lost := [part for part in CARRIES if not any(path.endswith(part) for path in held)]:
            raise SystemExit(f"The wheel lacks {', '.join(lost)}.")
        venv.create(folder / "env", with_pip=True)
        python = folder / "env" / "bin" / "python"
        quiet = ("--quiet", "--disable-pip-version-check")
        run(python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", ROOT / "requirements.lock")
        run(python, "-m", "pip", "install", *quiet, "--no-deps", wheel)
        (folder / "app.log").write_text(SAMPLE)
        told = run(folder / "env" / "bin" / "sevline", "analyze", folder / "app.log", "--format", "json", cwd=folder)
        if lost_keys := KEYS - set(json.loads(told)):
            raise SystemExit(f"The report of the installed command lacks {', '.join(sorted(lost_keys))}.")
        if "helen@brightwater.example" in told:
            raise SystemExit("The installed command showed an address that it had to redact.")
        print(f"{wheel.name} works in an empty environment.")


if __name__ == "__main__":
    main()
