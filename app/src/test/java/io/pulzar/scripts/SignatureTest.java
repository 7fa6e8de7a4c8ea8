package io.pulzar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.tree.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SignatureTest {

  private static final JsonNode TEXT = JsonNode.createStringNode("many");

  private static List<String> problems(String between, Map<String, JsonNode> given) {
    return Signature.parse(between).problems(JsonNode.createObjectNode(given), Set.of());
  }

  @Test
  void eachParameterThatWillNotDoIsNamed() {
    assertThat(problems("name: str, times: int = 2", Map.of("times", TEXT, "pulzar_data", TEXT)))
        .containsExactly("name is missing", "times must be a whole number (int), not \"many\"");
    assertThat(problems("a", Map.of("a", TEXT, "b", TEXT)))
        .containsExactly("b is not one of its parameters");
    assertThat(problems("a=1, **more", Map.of("b", TEXT))).isEmpty();
  }

  @Test
  void aTextThatSaysAValueIsOne() {
    JsonNode seven = JsonNode.createStringNode("7");
    JsonNode number = JsonNode.createNumberNode(7.0);
    for (String kind : List.of("int", "float", "str", "Any", "Optional[int]", "int | str")) {
      assertThat(problems("a: " + kind, Map.of("a", seven))).as(kind).isEmpty();
      assertThat(problems("a: " + kind, Map.of("a", number))).as(kind).isEmpty();
    }
    for (String kind : List.of("bool", "list", "dict[str, int]")) {
      assertThat(problems("a: " + kind, Map.of("a", seven))).as(kind).hasSize(1);
    }
    assertThat(problems("a: bool", Map.of("a", JsonNode.createStringNode("True")))).isEmpty();
    assertThat(problems("a: int", Map.of("a", JsonNode.createNumberNode(7.5)))).hasSize(1);
  }

  @Test
  void whatASecretIsIsNeverSaid() {
    List<String> problems =
        Signature.parse("pin: int, times: int")
            .problems(JsonNode.createObjectNode(Map.of("pin", TEXT, "times", TEXT)), Set.of("pin"));
    assertThat(problems)
        .containsExactly(
            "pin must be a whole number (int)", "times must be a whole number (int), not \"many\"");
  }

  @Test
  void nullIsThereForWhatMayBeNone() {
    JsonNode none = JsonNode.nullNode();
    assertThat(problems("a: int | None", Map.of("a", none))).isEmpty();
    assertThat(problems("a: Optional[str]", Map.of("a", none))).isEmpty();
    assertThat(problems("a: int", Map.of("a", none))).hasSize(1);
  }

  @Test
  void theDocstringSaysTypesButNotWhatMustBeThere() {
    Signature signature =
        ScriptDocumentation.parse("Arguments: {\"number\": \"int\",\n'text': 'str', 'x': 'a date'}")
            .parameters();
    assertThat(signature.problems(JsonNode.createObjectNode(Map.of("other", TEXT)), Set.of()))
        .isEmpty();
    assertThat(
            signature.problems(
                JsonNode.createObjectNode(Map.of("number", TEXT, "x", TEXT)), Set.of()))
        .containsExactly("number must be a whole number (int), not \"many\"");
  }
}
