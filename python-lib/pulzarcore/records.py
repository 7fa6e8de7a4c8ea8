"""Text records and shared values, for scripts: by the host, without sockets."""

from _pulzar import bridge

_WAIT_SECONDS = 10


def get(name):
    """The text of a shared value, or None when there is none."""
    found = bridge.call('records.find', kind='shared', name=name)
    return None if found is None else found['value']


def version(name):
    """The version of a shared value, for ``put(..., if_version=...)``; None when there is none."""
    found = bridge.call('records.find', kind='shared', name=name)
    return None if found is None else found['version']


def put(name, value, if_version=None, ttl=None):
    """Sets a shared value for everybody and returns its version; it is on the disk then.

    ``if_version``
        only this version is replaced; an empty text: only when there is none. Otherwise a ValueError is raised
    ``ttl``
        seconds after which the value is deleted
    """
    return bridge.call('records.put', kind='shared', name=name, value=value, version=if_version, ttl=ttl)


def remove(name):
    """Removes a shared value; whether there was one."""
    return bridge.call('records.remove', kind='shared', name=name)


def text(uid):
    """A text record as a dict with ``uid``, ``value``, ``lang``, ``check_sum``, ``timestamp`` and ``size``, or None."""
    return bridge.call('records.find', kind='text', name=uid)


def put_text(uid, value):
    """Creates or replaces a text record, through the processes; returns its version."""
    return bridge.call('records.put', kind='text', name=uid, value=value, version=None, ttl=None)


def remove_text(uid):
    """Deletes a text record; whether there was one."""
    return bridge.call('records.remove', kind='text', name=uid)


def watch(prefix='', since=None):
    """Yields text records whose uid begins with ``prefix`` as they change, for as long as it is asked.

    Each is a dict with ``uid``, ``revision``, ``deleted`` and, unless it is deleted, ``record``. ``since`` is a
    revision to go on from; without it only what changes from now on comes.
    """
    position = since
    while True:
        batch = bridge.call('records.changes', prefix=prefix, since=position, wait=_WAIT_SECONDS)
        position = batch['since']
        yield from batch['changes']
