package io.pulzar.mcp;

import io.pulzar.scripts.ScriptDocumentation;
import io.pulzar.scripts.ScriptParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a script takes, as a JSON Schema (2020-12): the same that a launch is checked by. */
final class ToolSchema {

  private ToolSchema() {}

  static Map<String, Object> of(ScriptDocumentation script) {
    Set<String> secrets = script.secretParameters();
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (ScriptParameter parameter : script.parameters().parameters()) {
      properties.put(parameter.name(), property(parameter, secrets.contains(parameter.name())));
      if (parameter.required()) {
        required.add(parameter.name());
      }
    }
    for (String secret : new TreeSet<>(secrets)) {
      properties.computeIfAbsent(secret, name -> secret(new LinkedHashMap<>()));
    }
    return object(properties, required, script.parameters().open());
  }

  /**
   * @param open whether there may be others
   */
  static Map<String, Object> object(
      Map<String, Object> properties, List<String> required, boolean open) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", open);
    return schema;
  }

  private static Map<String, Object> property(ScriptParameter parameter, boolean secret) {
    Map<String, Object> property = new LinkedHashMap<>();
    String type =
        switch (parameter.kind()) {
          case INT -> "integer";
          case FLOAT -> "number";
          case BOOL -> "boolean";
          case STR -> "string";
          case LIST -> "array";
          case DICT -> "object";
          case OTHER -> "";
        };
    if (!type.isEmpty()) {
      property.put("type", parameter.nullable() ? List.of(type, "null") : type);
    }
    return secret ? secret(property) : property;
  }

  private static Map<String, Object> secret(Map<String, Object> property) {
    property.put("description", "A secret: it is stored encrypted, and never shown again.");
    property.put("format", "password");
    property.put("writeOnly", true);
    return property;
  }
}
