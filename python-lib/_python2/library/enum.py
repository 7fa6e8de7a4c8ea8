"""As much of ``enum`` as the platform's constants need; Python 2 has none."""


class _Kind(type):
    def __new__(mcs, name, bases, namespace):
        kind = type.__new__(mcs, name, bases, namespace)
        kind._members = []
        for key, value in sorted(namespace.items(), key=lambda item: str(item[1])):
            if not key.startswith('_') and not callable(value):
                member = object.__new__(kind)
                member.name, member.value = key, value
                setattr(kind, key, member)
                kind._members.append(member)
        return kind

    def __iter__(cls):
        return iter(cls._members)

    def __call__(cls, value):
        for member in cls._members:
            if member.value == value:
                return member
        raise ValueError('%r is not a valid %s' % (value, cls.__name__))


class _Enum(object):
    def __repr__(self):
        return '<%s.%s: %r>' % (type(self).__name__, self.name, self.value)

    def __str__(self):
        return '%s.%s' % (type(self).__name__, self.name)


Enum = _Kind('Enum', (_Enum,), {})
