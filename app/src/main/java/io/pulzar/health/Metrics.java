package io.pulzar.health;

import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * The server's numbers, in the text format of Prometheus.
 *
 * <p>Labels are fixed at registration: a feature registers one metric per combination it knows, so
 * the number of series can't grow with what clients send. Asking for a registered one again returns
 * it.
 */
@Singleton
public final class Metrics {

  private static final Pattern NAME = Pattern.compile("pulzar_[a-z0-9_]+");

  /** A name, and its labels as the page shows them. */
  record Series(String name, String labels) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : labels.compareTo(other.labels);
    }
  }

  /** What the page shows of one series. */
  sealed interface Metric permits Counter, Gauge, Histogram {
    String type();

    String help();

    void render(Series series, StringBuilder text);
  }

  private final Map<Series, Metric> metrics = new ConcurrentSkipListMap<>();

  /**
   * A number that only grows.
   *
   * @param name {@code pulzar_<what>_total}
   * @param labels name and value in turn
   */
  public Counter counter(String name, String help, String... labels) {
    return (Counter) metrics.computeIfAbsent(series(name, labels), key -> new Counter(help));
  }

  /** A number that is read when somebody looks. */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    metrics.put(series(name, labels), new Gauge(help, value));
  }

  /**
   * How values are spread.
   *
   * @param bounds upper ends of the buckets, ascending; one without end is added
   */
  public Histogram histogram(String name, String help, double[] bounds, String... labels) {
    return (Histogram)
        metrics.computeIfAbsent(series(name, labels), key -> new Histogram(help, bounds));
  }

  /** Every metric, in the text format of Prometheus. */
  public String render() {
    StringBuilder text = new StringBuilder(1024);
    String previous = "";
    for (Map.Entry<Series, Metric> entry : metrics.entrySet()) {
      Series series = entry.getKey();
      if (!series.name().equals(previous)) {
        previous = series.name();
        text.append("# HELP ").append(previous).append(' ').append(entry.getValue().help());
        text.append("\n# TYPE ").append(previous).append(' ').append(entry.getValue().type());
        text.append('\n');
      }
      entry.getValue().render(series, text);
    }
    return text.toString();
  }

  private static Series series(String name, String... labels) {
    if (!NAME.matcher(name).matches() || labels.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a metric is named pulzar_<what> and has labels in pairs, got " + name);
    }
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < labels.length; at += 2) {
      String value =
          labels[at + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
      text.append(at == 0 ? "" : ",").append(labels[at]).append("=\"").append(value).append('"');
    }
    return new Series(name, text.toString());
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    text.append('\n');
  }

  /** Counts events. */
  public static final class Counter implements Metric {

    private final String help;
    private final LongAdder sum = new LongAdder();

    private Counter(String help) {
      this.help = help;
    }

    public void increment() {
      sum.increment();
    }

    public void add(long amount) {
      sum.add(amount);
    }

    public long value() {
      return sum.sum();
    }

    @Override
    public String type() {
      return "counter";
    }

    @Override
    public String help() {
      return help;
    }

    @Override
    public void render(Series series, StringBuilder text) {
      line(text, series.name(), series.labels(), (double) value());
    }
  }

  private record Gauge(String help, DoubleSupplier value) implements Metric {

    @Override
    public String type() {
      return "gauge";
    }

    @Override
    public void render(Series series, StringBuilder text) {
      line(text, series.name(), series.labels(), value.getAsDouble());
    }
  }

  /** Sorts values into buckets. */
  public static final class Histogram implements Metric {

    private final String help;
    private final double[] bounds;
    private final LongAdder[] buckets;
    private final DoubleAdder sum = new DoubleAdder();

    private Histogram(String help, double[] bounds) {
      this.help = help;
      this.bounds = bounds.clone();
      this.buckets = new LongAdder[bounds.length + 1];
      Arrays.setAll(buckets, at -> new LongAdder());
    }

    public void record(double value) {
      int at = Arrays.binarySearch(bounds, value);
      buckets[at < 0 ? -at - 1 : at].increment();
      sum.add(value);
    }

    @Override
    public String type() {
      return "histogram";
    }

    @Override
    public String help() {
      return help;
    }

    @Override
    public void render(Series series, StringBuilder text) {
      String separator = series.labels().isEmpty() ? "" : ",";
      long below = 0;
      for (int at = 0; at < buckets.length; at++) {
        below += buckets[at].sum();
        String end = at < bounds.length ? Double.toString(bounds[at]) : "+Inf";
        String labels = series.labels() + separator + "le=\"" + end + "\"";
        line(text, series.name() + "_bucket", labels, (double) below);
      }
      line(text, series.name() + "_sum", series.labels(), sum.sum());
      line(text, series.name() + "_count", series.labels(), (double) below);
    }
  }
}
