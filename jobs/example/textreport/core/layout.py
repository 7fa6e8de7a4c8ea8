"""Lays out figures as text."""


def table(rows):
    """Returns ``(name, number)`` rows as aligned lines."""
    if not rows:
        return []
    width = max(len(name) for name, _ in rows)
    return [f'{name:<{width}}  {number}' for name, number in rows]
