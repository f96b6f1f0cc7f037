"""Holds the tests to the share of the code that they must run."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Percent, of the lines and branches together and of the branches alone.
BAR = 95
PACKAGES = ("members", "cooperatives")


def measured(*, report: Mapping[str, Any], package: str) -> tuple[float, float]:
    """Percent of lines and branches together, and of branches alone, in one package."""
    files = [
        each["summary"] for path, each in report["files"].items() if Path(path).parts[0] == package
    ]
    if not files:
        # Nothing was measured at all: that must never look like success.
        return 0, 0
    lines, branches = _sum(files, "num_statements"), _sum(files, "num_branches")
    covered = _sum(files, "covered_lines") + _sum(files, "covered_branches")
    return (
        100 * covered / (lines + branches) if lines else 100,
        100 * _sum(files, "covered_branches") / branches if branches else 100,
    )


def _sum(files: Iterable[Mapping[str, int]], key: str) -> int:
    return sum(each[key] for each in files)


def _report() -> dict[str, Any]:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)]
        subprocess.run(command, check=True)
        report: dict[str, Any] = json.loads(path.read_text())
    return report


def main() -> int:
    """Print the coverage of each package; 1 when one is under the bar."""
    try:
        report = _report()
    except subprocess.CalledProcessError:
        print("Coverage was not measured.")
        return 1
    lines = []
    status = 0
    for package in PACKAGES:
        both, branches = measured(report=report, package=package)
        is_low = min(both, branches) < BAR
        status |= is_low
        verdict = f"under the bar of {BAR} %" if is_low else "ok"
        lines.append(f"Coverage of {package}: {both:.1f} % (branches {branches:.1f} %): {verdict}")
    if status:
        included = ",".join(f"{package}/*" for package in PACKAGES)
        options = ["--skip-covered", "--show-missing", "--include", included]
        subprocess.run([sys.executable, "-m", "coverage", "report", *options], check=False)
    print(*lines, sep="\n", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
