/**
 * Parses XML for {@code xml.etree.ElementTree}, where the document is whole and plain. Everything
 * else, errors included, is left to the parser in Python, {@code _standard/pyexpat}: this one
 * answers only where it is sure that the other would give the same tree.
 */
@NullMarked
package io.pulzar.polyglot.host.xml;

import org.jspecify.annotations.NullMarked;
