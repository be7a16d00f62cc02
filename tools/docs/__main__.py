"""`python -m tools.docs write|check [PAGE…]`: write the generated pages, or say which no longer match their source."""

import argparse
import sys

from tools.docs.pages import ROOT, outdated, pages, write


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("task", choices=("write", "check"))
    parser.add_argument("page", nargs="*", help="such as docs/map.md; every page when none is named")
    wanted = parser.parse_args()
    known = pages()
    if strange := sorted(set(wanted.page) - set(known)):
        sys.stderr.write(f"{strange[0]} is not a generated page. These are: {', '.join(known)}.\n")
        return 2
    chosen = {path: known[path] for path in wanted.page} if wanted.page else known
    if wanted.task == "write":
        for path in write(chosen):
            sys.stdout.write(f"Wrote {path.relative_to(ROOT)}.\n")
        return 0
    stale = outdated(chosen)
    for name in stale:
        sys.stderr.write(f"{name} is out of date. Run `make docs` and commit what it writes.\n")
    return 1 if stale else 0


sys.exit(main())
