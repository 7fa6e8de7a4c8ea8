package io.pulzar.polyglot.host.xml;

import io.pulzar.polyglot.HostCallException;
import io.pulzar.polyglot.host.CallArguments;
import io.pulzar.polyglot.host.HostService;
import org.jspecify.annotations.Nullable;

/** Parses XML for {@code ElementTree}. */
public final class XmlService implements HostService {

  /**
   * The elements of a document in the marshal format, or null for what Python's parser shall look
   * at, numbered in the order in which they begin. Six parts: pairs of int, which are the number of
   * the parent or -1, and that of the name; all names; two lists with one entry for each element,
   * its attributes or None, its text or None; and the numbers of those that have a tail, as int,
   * with these tails. Before these stands what is known of the document's element alone: eight
   * hexadecimal digits, how long it is, and its name, its attributes or None, and its text or None.
   */
  @Override
  public byte @Nullable [] call(String operation, CallArguments arguments)
      throws HostCallException {
    if (!operation.equals("elements")) {
      throw HostService.unknown("xml", operation);
    }
    return ElementParser.parse(arguments.text(0));
  }
}
