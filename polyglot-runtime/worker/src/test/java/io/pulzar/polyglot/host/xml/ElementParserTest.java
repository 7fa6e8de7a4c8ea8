package io.pulzar.polyglot.host.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulzar.polyglot.HostCallException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which documents are read here; what is read of them, the cases of python-lib compare. */
final class ElementParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a/>",
        "<?xml version='1.0' encoding='utf-8'?><!-- c --><a b='1'>x<b/>y &amp; &#33;<![CDATA[<]]></a>",
        "<p:a xmlns:p='urn:p'><p:b q='1'/></p:a>"
      })
  void aPlainDocumentIsRead(String document) throws HostCallException {
    assertThat(ElementParser.parse(document)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<a>",
        "<a></b>",
        "<a b='1' b='2'/>",
        "<!DOCTYPE a><a/>",
        "<a>&other;</a>",
        "<p:a/>",
        "<a>]]></a>",
        "<a b='<'/>"
      })
  void whatIsUnusualIsLeftToPython(String document) throws HostCallException {
    assertThat(ElementParser.parse(document)).isNull();
  }

  /** Each of them would have all prefixes of those around it. */
  @Test
  void manyPrefixesAtOnePlaceAreLeftToPython() throws HostCallException {
    assertThat(ElementParser.parse(nested(50))).isNotNull();
    assertThat(ElementParser.parse(nested(500))).isNull();
  }

  private static String nested(int depth) {
    return IntStream.range(0, depth)
            .mapToObj("<a xmlns:p%d='urn:p'>"::formatted)
            .collect(Collectors.joining())
        + "</a>".repeat(depth);
  }
}
