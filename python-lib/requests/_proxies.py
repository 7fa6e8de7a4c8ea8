"""Which proxy a request goes through, as the environment and the caller say."""

import os
import urllib.parse

from requests.exceptions import InvalidProxyURL, InvalidSchema


def from_environment(url, no_proxy=None):
    """The proxies of ``HTTP_PROXY`` and its sisters for a URL."""
    return {} if bypassed(url, no_proxy) else in_environment()


def in_environment():
    """The proxies by scheme; names in lower case win, as everywhere."""
    found = {}
    for names in (sorted(os.environ), [name for name in os.environ if name[-6:] == '_proxy']):
        for name in names:
            value = os.environ[name]
            scheme = name[:-6].lower()
            if name.lower().endswith('_proxy') and scheme:
                found.pop(scheme, None)
                if value:
                    found[scheme] = value
    return found


def bypassed(url, no_proxy=None):
    """Whether ``NO_PROXY`` names the host of a URL."""
    no_proxy = no_proxy or os.environ.get('no_proxy') or os.environ.get('NO_PROXY')
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname
    if host is None:
        return True
    if not no_proxy:
        return False
    if no_proxy.strip() == '*':
        return True
    named = [name for name in no_proxy.replace(' ', '').split(',') if name]
    if host.count('.') == 3 and host.replace('.', '').isdigit():
        return any(_holds(network, host) for network in named)
    with_port = f'{host}:{parts.port}' if parts.port else host
    return any(host.endswith(name.lstrip('.')) or with_port.endswith(name) for name in named)


def _holds(network, address):
    if '/' not in network:
        return network == address
    import ipaddress

    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def chosen(url, proxies):
    """The URL of the proxy for a URL, or None."""
    parts = urllib.parse.urlsplit(url)
    if not proxies:
        return None
    keys = [parts.scheme, 'all']
    if parts.hostname is not None:
        keys = [f'{parts.scheme}://{parts.hostname}', parts.scheme, f'all://{parts.hostname}', 'all']
    return next((proxies[key] for key in keys if key in proxies), None)


def parsed(proxy):
    """``(scheme, host, port, (user, password) or None)`` of a proxy's URL."""
    if '://' not in proxy:
        proxy = 'http://' + proxy.lstrip('/')
    parts = urllib.parse.urlsplit(proxy)
    if parts.scheme.startswith('socks'):
        raise InvalidSchema('Missing dependencies for SOCKS support.')
    if parts.scheme not in ('http', 'https') or not parts.hostname:
        raise InvalidProxyURL('Please check proxy URL. It is malformed and could be missing the host.')
    credentials = None
    if parts.username is not None:
        credentials = urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password or '')
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == 'https' else 80), credentials
