"""The house rules that no linter knows: sizes, templates, words, run bits, translations."""

import re
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import polib

LARGEST = {".py": 300, ".js": 300, ".html": 150}
# Django writes these, and nobody edits them.
GENERATED = re.compile(r"(^|/)migrations/\d{4}_")
LOCKED = re.compile(r"^requirements(-dev)?\.txt$")

# A block of data is no script: browsers do not run it, and the policy lets it pass.
SCRIPT = re.compile(
    r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/(?:ld\+)?json)[^>]*>", re.IGNORECASE
)
STYLE = re.compile(r"<style\b", re.IGNORECASE)
TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"[\s\"'](style|on[a-z]+)\s*=", re.IGNORECASE)
# Braces of Django may hold quotes and angle brackets, which would end a tag too early.
LOGIC = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)

# Directories of one machine, and where packages come from: neither belongs in the product. An
# address on the web may have such a part in its middle.
FORBIDDEN = re.compile(
    r"(?<![\w.\-*])/(?:work|tmp|home|root)/|\bpypi\b|pythonhosted", re.IGNORECASE
)
CONFLICT = re.compile(r"^(?:<{7} |>{7} |={7}$)")
ALLOWED_HERE = {Path("scripts/support/house_rules.py"), Path("tests/scripts/test_house_rules.py")}


def sizes(path: Path, text: str) -> Iterator[str]:
    """Files that grew too long to be read at once."""
    lines, most = text.count("\n"), LARGEST.get(path.suffix)
    if most and lines > most and not GENERATED.search(path.as_posix()):
        yield f"{path}: {lines} lines; at most {most}"


def inline_code(path: Path, text: str) -> Iterator[str]:
    """Scripts, styles and handlers inside a page: the browser would refuse them."""
    if path.suffix != ".html":
        return
    plain = LOGIC.sub(lambda found: re.sub(r"[^\n]", "_", found.group()), text)
    for pattern, what in ((SCRIPT, "a script"), (STYLE, "a style")):
        for found in pattern.finditer(plain):
            yield f"{_place(path, plain, found.start())}: {what} inside the page"
    for tag in TAG.finditer(plain):
        for found in ATTRIBUTE.finditer(tag.group()):
            yield f"{_place(path, plain, tag.start())}: the attribute {found.group(1)}="


def words(path: Path, text: str) -> Iterator[str]:
    """Words that are of one machine and not of the product, and marks of unfinished merges."""
    if path in ALLOWED_HERE or LOCKED.match(path.name):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern in (FORBIDDEN, CONFLICT):
            if found := pattern.search(line):
                yield f"{path}:{number}: {found.group().strip()}"


RULES: dict[str, Callable[[Path, str], Iterator[str]]] = {
    "sizes": sizes,
    "inline code": inline_code,
    "words": words,
}


def broken(root: Path, name: str) -> list[str]:
    """What breaks one of the rules, in all the files of the project."""
    found: list[str] = []
    for path in files(root):
        try:
            text = (root / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            # A picture, or a file that was just removed.
            continue
        found += RULES[name](path, text)
    return found


def run_bits(root: Path) -> list[str]:
    """Commands that nobody could start, and files that look like commands but are none."""
    found = []
    for path in files(root):
        if not (root / path).is_file():
            continue
        is_command = (root / path).read_bytes()[:2] == b"#!"
        has_bit = bool((root / path).stat().st_mode & stat.S_IXUSR)
        if is_command and not has_bit:
            found.append(f"{path}: starts with #! and has no run bit (chmod +x)")
        if has_bit and not is_command:
            found.append(f"{path}: has a run bit and does not start with #! (chmod -x)")
    return found


def translations(root: Path, languages: list[str]) -> list[str]:
    """Texts that a language which is offered to visitors does not have."""
    found = []
    for language in languages:
        path = root / "locale" / language.replace("-", "_") / "LC_MESSAGES" / "django.po"
        if not path.exists():
            found.append(f"{path.relative_to(root)}: missing, though {language} is offered")
            continue
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        found += [
            f"{path.relative_to(root)}:{entry.linenum}: not translated: {entry.msgid}"
            for entry in entries
            if not entry.translated()
        ]
    return found


def files(root: Path) -> list[Path]:
    """The files of the project, those included that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        return sorted({Path(name) for name in listed.stdout.split("\0") if name})
    # No checkout but a copy: everything that is not plainly made by a tool.
    made = {".venv", "var", "__pycache__"}
    return sorted(
        path.relative_to(root)
        for path in root.rglob("*")
        if path.is_file()
        and not made & set(path.relative_to(root).parts)
        and not re.match(r"\.\w+_cache$|\.git$|\.hypothesis$", path.relative_to(root).parts[0])
    )


def _place(path: Path, text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"{path}:{line}"
