"""One HTTP request to a host that was checked, with limits on time and size."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from diplograph.fetch.addresses import FetchError, Network, Target, target

_SECONDS_A_STEP, _SECONDS = 20.0, 60.0
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent: headers as it wrote them, the body put together from its chunks, still packed."""

    target: Target
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of that name; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def leads_to(self) -> str | None:
        """The absolute address that a redirect leads to; None for any other answer."""
        location = self.header("location")
        return urljoin(self.target.url, location) if self.status in _REDIRECTS and location else None


def ask(where: Target, headers: Mapping[str, str], *, most: int) -> Response:
    """The answer to one GET; a redirect is an answer, not followed.

    Raises:
        FetchError: no connection, no HTTP, too slow, or a body of more than `most` bytes.
    """
    connection = _Checked(where)
    # A server that sends a byte now and then never lets a step time out: the whole has an end too.
    clock = threading.Timer(_SECONDS, connection.expire)
    clock.daemon = True
    clock.start()
    try:
        connection.putrequest("GET", where.path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": where.netloc, "Accept-Encoding": "identity", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        pieces, size = [], 0
        while piece := answer.read1(_PIECE):
            size += len(piece)
            if size > most:
                raise FetchError(f"longer than {most:,} bytes (the limit document_bytes)")
            pieces.append(piece)
        if answer.length or connection.expired:
            raise FetchError("the connection ended before the page did")
        return Response(where, answer.status, answer.reason, tuple(answer.getheaders()), b"".join(pieces))
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = f"no answer within {_SECONDS:g} seconds" if connection.expired else _why(error)
        raise FetchError(f"{where.host}: {why}") from error
    finally:
        clock.cancel()
        connection.close()


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(getattr(error, "strerror", None) or error or type(error).__name__)[:200]


class _Checked(http.client.HTTPConnection):
    """A connection to the IP address that was checked, whatever the name may lead to by now."""

    def __init__(self, where: Target) -> None:
        super().__init__(where.host, where.port, timeout=_SECONDS_A_STEP)
        self._where = where
        self.expired = False

    def connect(self) -> None:
        """Connect, over TLS for https with the name in the certificate checked."""
        self.sock: socket.socket = socket.create_connection((self._where.ip, self.port), self.timeout)
        if self._where.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._where.host)

    def expire(self) -> None:
        """End the connection, whatever it is waiting for."""
        self.expired = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def redirected(answer: Response, network: Network, *, so_far: int) -> Target | None:
    """Where an answer leads, checked as any address is; None where it leads nowhere.

    Raises:
        FetchError: it may not be followed, or there were too many before.
    """
    where = answer.leads_to
    if where is None:
        return None
    if so_far >= _MOST_REDIRECTS:
        raise FetchError(f"more than {_MOST_REDIRECTS} redirects")
    found = target(where, network)
    if answer.target.scheme == "https" and found.scheme == "http":
        raise FetchError(f"a redirect from https to http ({found.site})")
    return found
