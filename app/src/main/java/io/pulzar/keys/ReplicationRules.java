package io.pulzar.keys;

import io.pulzar.bucket.BucketSettings;
import io.pulzar.roles.OnMaster;
import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many copies a value is to have. */
@OnMaster
@Singleton
public final class ReplicationRules {

  private final int usual;
  private final boolean inBucket;

  /** The longest prefix first. */
  private final List<Map.Entry<String, Integer>> byPrefix;

  @Inject
  ReplicationRules(Settings settings) {
    this(
        settings.get(ReplicationSettings.REPLICAS),
        settings.get(ReplicationSettings.REPLICAS_FOR).orElse(""),
        BucketSettings.takesNew(settings));
  }

  /**
   * @param prefixes {@code /prefix=n}, separated by semicolons, which keys can't contain
   */
  ReplicationRules(int usual, String prefixes) {
    this(usual, prefixes, false);
  }

  private ReplicationRules(int usual, String prefixes, boolean inBucket) {
    this.usual = usual;
    this.inBucket = inBucket;
    Map<String, Integer> parsed = new TreeMap<>();
    for (String rule : prefixes.split(";", -1)) {
      if (!rule.isBlank()) {
        parse(rule.strip(), parsed);
      }
    }
    this.byPrefix =
        parsed.entrySet().stream()
            .sorted(
                Comparator.comparingInt((Map.Entry<String, Integer> rule) -> rule.getKey().length())
                    .reversed())
            .toList();
  }

  /**
   * The number of nodes that a new value of a key is to be on; in a bucket it is its server that
   * makes copies.
   */
  int wantedOfNew(Key key, int asked) {
    return inBucket ? 1 : wanted(key, asked);
  }

  /** Whether new values go into the bucket, and to no node. */
  boolean isInBucket() {
    return inBucket;
  }

  /**
   * The number for a key.
   *
   * @param asked what its writer asked for; 0: nothing
   */
  public int wanted(Key key, int asked) {
    if (byPrefix.isEmpty()) {
      return Math.max(usual, asked);
    }
    int set =
        byPrefix.stream()
            .filter(rule -> key.path().startsWith(rule.getKey()))
            .mapToInt(Map.Entry::getValue)
            .findFirst()
            .orElse(usual);
    return Math.max(set, asked);
  }

  /** Whether also values that nobody asked more copies for may be wanted more than once. */
  boolean mayWantMore() {
    return usual > 1 || !byPrefix.isEmpty();
  }

  private static void parse(String rule, Map<String, Integer> into) {
    int equals = rule.lastIndexOf('=');
    String number = rule.substring(equals + 1).strip();
    if (!rule.startsWith("/") || !number.matches("[1-9]\\d?")) {
      throw bad(rule);
    }
    int copies = Integer.parseInt(number);
    if (copies > ReplicationSettings.MOST) {
      throw bad(rule);
    }
    into.put(rule.substring(0, equals).strip(), copies);
  }

  private static BadSettingException bad(String rule) {
    return new BadSettingException(
        "%s has '%s': write /prefix=n with n from 1 to %d, several separated by semicolons"
            .formatted(ReplicationSettings.REPLICAS_FOR, rule, ReplicationSettings.MOST));
  }
}
