"""Public pages kept in memory while nothing in the database changes, and tags to ask again with.

A kept page is served only after the database was asked whether anything was committed since it was
made (cecop.finding.journal), so that nobody ever sees what is older than the last commit.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cecop.finding.live import live

View = Callable[..., HttpResponseBase]
# A proxy may keep a page and must ask each time whether it is still right.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
HEADERS_SIZE = 1_000
Key = tuple[str, str, str, str]


# A file that is streamed has no tag of its content, but one of what it is made of, this code too.
RELEASE = max(
    path.stat().st_mtime_ns
    for part in ("cecop", "members", "cooperatives", "locale", "templates")
    for path in (settings.BASE_DIR / part).rglob("*.*")
    # Not what Python compiles from them as it goes.
    if path.suffix in (".py", ".html", ".txt", ".toml", ".mo")
)


class MadeOf(NamedTuple):
    """What a page is made of: a state of the database as this process counts them, the day, and
    that state as every process knows it."""

    version: int
    day: date
    snapshot: str


def made_now() -> MadeOf:
    """What a page would be made of that is made now."""
    return MadeOf(live.version, timezone.localdate(), live.snapshot)


def public_page(view: View) -> View:
    """A page that everybody may see, the same for all of them, made from the database alone."""

    @login_not_required
    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Before the page is made, so that what changes meanwhile makes it old.
        with live.caught_up():
            request.made_of = made_now()  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return page


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The bytes and headers of a page, and what it was made of."""

    content: bytes
    headers: ResponseHeaders
    made_of: MadeOf
    size: int

    def response(self) -> HttpResponse:
        """The page as it was first answered."""
        response = HttpResponse(self.content)
        # Nobody changes them after this middleware, which is the first and the last.
        response.headers = self.headers
        return response


class KeptPages:
    """Pages by address; the least used go first when they take more than so many bytes."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._size = self._version = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> KeptPage | None:
        """The page of an address."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: KeptPage, most: int) -> None:
        """Take in a page, in place of an older one; what was made before it is old by now."""
        with self._lock:
            if page.made_of.version > self._version:
                self._pages.clear()
                self._size, self._version = 0, page.made_of.version
            older = self._pages.pop(key, None)
            self._size += page.size - (older.size if older else 0)
            self._pages[key] = page
            while self._size > most:
                _key, gone = self._pages.popitem(last=False)
                self._size -= gone.size

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages.clear()
            self._size = self._version = 0


pages = KeptPages()


class KeptPagesMiddleware:
    """Answers with a kept page where that is still right; the first of all, so that it saves all
    the work of the others. While the database is away, any kept page is better than none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request) if settings.KEPT_PAGES_BYTES else None
        page = pages.get(key) if key else None
        if page and _is_right(page):
            return _conditional(request, page.response())
        response = self.get_response(request)
        made_of = getattr(request, "made_of", None)
        if made_of is None or response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        if response.streaming:
            response.headers["ETag"] = (
                f'W/"{_hash(repr((RELEASE, made_of.snapshot, key)).encode())}"'
            )
            return _conditional(request, response)
        response.headers["ETag"] = f'"{_hash(response.content)}"'
        if key and not response.cookies:
            size = len(response.content) + sum(map(len, key)) + HEADERS_SIZE
            kept = KeptPage(response.content, response.headers, made_of, size)
            pages.keep(key, kept, settings.KEPT_PAGES_BYTES)
        return _conditional(request, response)


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _key(request: HttpRequest) -> Key | None:
    """What tells pages apart. The host is as it was sent: a page of a wrong one is never kept."""
    meta = request.META
    if meta["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    return (request.scheme or "", meta.get("HTTP_HOST", ""), request.path, meta["QUERY_STRING"])


def _is_right(page: KeptPage) -> bool:
    try:
        live.catch_up()
        return page.made_of[:2] == made_now()[:2]
    except (OperationalError, InterfaceError):
        # The database is away: any page is better than none that is not known to be old.
        return page.made_of[:2] == made_now()[:2]


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing but "not modified" for who has the page already."""
    if not CONDITIONS.isdisjoint(request.META):
        etag = response.headers["ETag"]
        return get_conditional_response(request, etag=etag, response=response) or response
    return response
