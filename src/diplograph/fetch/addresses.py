"""Which addresses are fetched: on the public web, and nowhere else.

A feed is written by others, and what it points at is asked from inside the user's network. So every address, and every
address that a server redirects to, is resolved, and refused if one of the hosts behind the name is not on the public
internet. The connection then goes to the very host that was checked: a name that changes its mind changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from diplograph.model import DiplographError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
#: The ports that web servers use; others lead to mail servers, databases and the like.
_WEB_PORTS = frozenset([80, 443, 8000, 8080, 8443])
_LONGEST = 4000
#: IPv6 networks whose addresses carry an IPv4 address: what they lead to is judged by that.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")


class FetchError(DiplographError):
    """An address is not fetched; its text says why."""


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Network:
    """The network as `fetch` sees it.

    The defaults are the system's resolver and nothing but the public internet. Tests that run a server on this
    machine give their own `resolve`, and in `allowed` the hosts and ports they serve on. The command line has no
    option for it.
    """

    resolve: Callable[[str, int], list[str]] = _resolve
    allowed: frozenset[tuple[str, int]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Target:
    """An address to connect to: the parts of the URL, and the IP address that was checked."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def site(self) -> str:
        """Scheme, host and port: what one robots.txt is for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """The host, and the port where it is not the usual one, as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"


def target(url: str, network: Network) -> Target:
    """Where `url` leads, checked.

    Raises:
        FetchError: no http(s) address, with a user name or odd characters in it, or not on the public internet.
    """
    if len(url) > _LONGEST or any(character <= " " or character == "\x7f" for character in url):
        raise FetchError("not an address: too long, or with blanks or control characters in it")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError(f"not an address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not {parts.scheme[:20] or 'a name without them'}")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a user name or a password in it")
    if not host or "\\" in parts.netloc:
        raise FetchError("not an address: no host in it")
    host = _ascii_host(host)
    port = port or {"http": 80, "https": 443}[parts.scheme]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
    )
    ip = _public(host, port, network)
    found = Target("", parts.scheme, host, port, path, ip)
    return Target(f"{found.site}{path}", parts.scheme, host, port, path, ip)


def _ascii_host(host: str) -> str:
    host = host.partition("%")[0]  # the zone of a link-local address
    if ":" in host:
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchError(f"not a host name: {host[:60]!r}") from error


def _public(host: str, port: int, network: Network) -> str:
    """The first IP address of a host, all of which are on the public internet."""
    try:
        found = network.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: no such host ({getattr(error, 'strerror', None) or error})") from error
    if not found:
        raise FetchError(f"{host}: no such host")
    for written in found:
        if (written, port) in network.allowed:
            continue
        if port not in _WEB_PORTS:
            raise FetchError(f"port {port} is not one of the web: {', '.join(map(str, sorted(_WEB_PORTS)))}")
        if not is_public(written):
            raise FetchError(f"{host} is not on the public internet ({written})")
    return found[0]


def is_public(written: str) -> bool:
    """Whether an IP address belongs to the public internet, also when an IPv4 address hides in it.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    try:
        ip: IPAddress = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inside = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64 or ip in _COMPATIBLE:
            inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if not all(is_public(str(one)) for one in inside if one is not None):
            return False
        if ip.is_site_local:
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
