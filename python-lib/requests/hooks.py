"""Functions that see each response."""

from requests._missing import module_attribute

__path__ = []  # see _pulzar.standins

HOOKS = ['response']


def default_hooks():
    """No functions."""
    return {event: [] for event in HOOKS}


def dispatch_hook(key, hooks, hook_data, **kwargs):
    """Passes the data through the functions of an event; what one returns goes to the next."""
    found = (hooks or {}).get(key)
    for hook in [found] if callable(found) else found or ():
        changed = hook(hook_data, **kwargs)
        if changed is not None:
            hook_data = changed
    return hook_data


def merged(own, shared):
    """The hooks of a request, those of its session where it has none."""
    if shared is None or not shared.get('response'):
        return own
    if own is None or not own.get('response'):
        return shared
    return {**shared, **own}


class RequestHooksMixin:
    """What requests and prepared requests have in common."""

    def register_hook(self, event, hook):
        """Adds a function, or several."""
        if event not in self.hooks:
            raise ValueError(f'Unsupported event specified, with event name "{event}"')
        if callable(hook):
            self.hooks[event].append(hook)
        elif hasattr(hook, '__iter__'):
            self.hooks[event].extend(each for each in hook if callable(each))

    def deregister_hook(self, event, hook):
        """Takes a function away; False when it was not there."""
        if hook not in self.hooks[event]:
            return False
        self.hooks[event].remove(hook)
        return True

    def _take_hooks(self, hooks):
        self.hooks = default_hooks()
        for event, hook in (hooks or {}).items():
            self.register_hook(event, hook)


def __getattr__(name):
    return module_attribute('requests.hooks', name)
