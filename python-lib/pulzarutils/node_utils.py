"""What a script may know about the nodes."""

from pulzarutils._absent import absent, is_special
from pulzarutils.public import Public


class NodeUtils:
    """Which nodes hold values.

    Registering nodes and talking to them is the platform's own work: any other name raises
    NotImplementedError.
    """

    def get_nodes(self):
        """Returns the nodes that hold at least one key, sorted: ``["host:31415"]``.

        It reads the whole key index; to see all nodes with their load, ``GET /admin/network``.
        """
        places = (place for _, place in Public().get_all_elements())
        return sorted({place.decode().rpartition(',')[0] for place in places})

    def __getattr__(self, name):
        if is_special(name):
            raise AttributeError(name)
        raise absent('NodeUtils', name, 'GET /admin/network of the master lists the nodes and their load')
