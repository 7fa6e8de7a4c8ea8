package io.pulzar.schedules;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a cron expression means, said in the plainest way: six sets of numbers, and whether a local
 * time is in all of them. Shares nothing with the code under test.
 *
 * @param days empty when any day of the month will do
 * @param weekdays 0 is Sunday; empty when any will do
 */
record CronModel(
    Set<Integer> seconds,
    Set<Integer> minutes,
    Optional<Set<Integer>> hours,
    Optional<Set<Integer>> days,
    Optional<Set<Integer>> weekdays) {

  static CronModel random(Random random) {
    return new CronModel(
        random.nextBoolean() ? Set.of(0) : some(random, 0, 59, 3),
        some(random, 0, 59, 4),
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(some(random, 0, 23, 5)),
        random.nextInt(3) > 0 ? Optional.empty() : Optional.of(some(random, 1, 28, 9)),
        random.nextInt(3) > 0 ? Optional.empty() : Optional.of(some(random, 0, 6, 3)));
  }

  boolean fits(LocalDateTime time) {
    return seconds.contains(time.getSecond())
        && minutes.contains(time.getMinute())
        && hours.map(set -> set.contains(time.getHour())).orElse(true)
        && fitsDay(time);
  }

  private boolean fitsDay(LocalDateTime time) {
    boolean day = days.map(set -> set.contains(time.getDayOfMonth())).orElse(false);
    boolean weekday =
        weekdays.map(set -> set.contains(time.getDayOfWeek().getValue() % 7)).orElse(false);
    return (days.isEmpty() && weekdays.isEmpty()) || day || weekday;
  }

  boolean everyHour() {
    return hours.isEmpty() || hours.get().size() == 24;
  }

  String text() {
    String five =
        written(minutes)
            + " "
            + hours.map(CronModel::written).orElse("*")
            + " "
            + days.map(CronModel::written).orElse("*")
            + " * "
            + weekdays.map(CronModel::written).orElse("*");
    return seconds.equals(Set.of(0)) ? five : written(seconds) + " " + five;
  }

  private static String written(Set<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Set<Integer> some(Random random, int low, int high, int most) {
    Set<Integer> numbers = new TreeSet<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      numbers.add(low + random.nextInt(high - low + 1));
    }
    return numbers;
  }
}
