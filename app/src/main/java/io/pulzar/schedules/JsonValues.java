package io.pulzar.schedules;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as plain maps, lists, strings, numbers and booleans. */
final class JsonValues {

  private JsonValues() {}

  static @Nullable Object of(JsonNode node) {
    if (node.isObject()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      node.entries().forEach(entry -> object.put(entry.getKey(), of(entry.getValue())));
      return object;
    }
    if (node.isArray()) {
      List<@Nullable Object> array = new ArrayList<>();
      node.values().forEach(value -> array.add(of(value)));
      return array;
    }
    return node.isNull() ? null : node.getValue();
  }
}
