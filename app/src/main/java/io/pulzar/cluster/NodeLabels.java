package io.pulzar.cluster;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a node is called besides its name. */
final class NodeLabels {

  private static final int MOST = 32;
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private NodeLabels() {}

  /** In alphabetical order, each once. */
  static List<String> of(Settings settings) {
    String text = settings.get(ServerSettings.NODE_LABELS).orElse("");
    List<String> labels =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .distinct()
            .sorted()
            .toList();
    labels.stream().filter(label -> !LABEL.matcher(label).matches()).forEach(NodeLabels::refuse);
    if (labels.size() > MOST) {
      throw new BadSettingException(
          ServerSettings.NODE_LABELS + " may name " + MOST + " labels, got " + labels.size());
    }
    return labels;
  }

  private static void refuse(String label) {
    throw new BadSettingException(
        "'"
            + label
            + "' can't be a label: use letters, digits, dots, dashes, and commas between them, in "
            + ServerSettings.NODE_LABELS);
  }
}
