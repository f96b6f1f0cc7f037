"""How much of a package the tests ran is counted over all its files."""

from scripts.support import coverage_bars


def summary(*, lines: int, ran: int, branches: int, taken: int) -> dict[str, dict[str, int]]:
    """What coverage says about one file."""
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": ran,
            "num_branches": branches,
            "covered_branches": taken,
        }
    }


def test_it_counts_over_all_files_of_the_package() -> None:
    report = {
        "files": {
            "members/a.py": summary(lines=60, ran=60, branches=20, taken=15),
            "members/b/c.py": summary(lines=20, ran=10, branches=0, taken=0),
            "cooperatives/a.py": summary(lines=100, ran=0, branches=100, taken=0),
        }
    }

    assert coverage_bars.measured(report=report, package="members") == (85.0, 75.0)


def test_a_package_that_was_not_measured_is_not_covered() -> None:
    assert coverage_bars.measured(report={"files": {}}, package="members") == (0, 0)
