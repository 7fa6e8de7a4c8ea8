package io.pulzar.alarms;

import static io.pulzar.alarms.AlarmSettingList.CHECK;
import static io.pulzar.alarms.AlarmSettingList.ERROR;
import static io.pulzar.alarms.AlarmSettingList.GIVE_UP;
import static io.pulzar.alarms.AlarmSettingList.LONGEST_PAUSE;
import static io.pulzar.alarms.AlarmSettingList.PATIENCE;
import static io.pulzar.alarms.AlarmSettingList.PAUSE;
import static io.pulzar.alarms.AlarmSettingList.SUBJECT;
import static io.pulzar.alarms.AlarmSettingList.TEMPLATE;
import static io.pulzar.alarms.AlarmSettingList.TEXT;
import static io.pulzar.alarms.AlarmSettingList.URL;

import io.pulzar.settings.BadSettingException;
import io.pulzar.settings.ServerSettings;
import io.pulzar.settings.Setting;
import io.pulzar.settings.Settings;
import io.pulzar.settings.TlsSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was chosen.
 *
 * @param every after how long something is told again; zero: never
 * @param page the address of the page, without a slash at its end
 */
record AlarmSettings(
    Most most,
    Duration every,
    Duration check,
    Duration patience,
    Retries retries,
    int errorBytes,
    String page,
    Template subject,
    Template text) {

  /**
   * How much there may be.
   *
   * @param addresses of one receiver
   * @param lookedAt waiting runs in one look
   * @param parallel notices that are sent at the same time
   * @param queue notices that wait
   * @param log notices that were sent or given up
   * @param answerBytes of an answer that are read
   * @param templateBytes of a webhook's body
   */
  record Most(
      int receivers,
      int rules,
      int addresses,
      int lookedAt,
      int parallel,
      int queue,
      int log,
      int answerBytes,
      int templateBytes) {}

  /** When a notice that was not taken is sent again. */
  record Retries(Duration pause, Duration longestPause, Duration giveUp) {

    /** The pause after so many attempts. */
    Duration after(int attempts) {
      Duration next = pause;
      for (int done = 1; done < attempts && next.compareTo(longestPause) < 0; done++) {
        next = next.multipliedBy(2);
      }
      return next.compareTo(longestPause) < 0 ? next : longestPause;
    }
  }

  private static final long LARGEST = 1 << 20;

  /**
   * Reads the settings.
   *
   * @throws BadSettingException when one makes no sense
   */
  static AlarmSettings of(Settings settings) {
    return new AlarmSettings(
        new Most(
            settings.get(AlarmSettingList.RECEIVERS),
            settings.get(AlarmSettingList.RULES),
            settings.get(AlarmSettingList.ADDRESSES),
            settings.get(AlarmSettingList.LOOKED_AT),
            settings.get(AlarmSettingList.PARALLEL),
            settings.get(AlarmSettingList.QUEUE),
            settings.get(AlarmSettingList.LOG),
            bytes(settings, AlarmSettingList.ANSWER),
            bytes(settings, TEMPLATE)),
        settings.get(AlarmSettingList.EVERY),
        positive(settings, CHECK),
        positive(settings, PATIENCE),
        new Retries(
            positive(settings, PAUSE),
            positive(settings, LONGEST_PAUSE),
            positive(settings, GIVE_UP)),
        bytes(settings, ERROR),
        settings.get(URL).map(AlarmSettings::page).orElseGet(() -> ownPage(settings)),
        template(settings, SUBJECT),
        template(settings, TEXT));
  }

  private static Duration positive(Settings settings, Setting<Duration> setting) {
    Duration duration = settings.get(setting);
    if (duration.isZero()) {
      throw new BadSettingException(setting + " must be longer than nothing");
    }
    return duration;
  }

  private static int bytes(Settings settings, Setting<Long> setting) {
    long bytes = settings.get(setting);
    if (bytes < 1 || bytes > LARGEST) {
      throw new BadSettingException(setting + " must be from 1 byte to 1MB");
    }
    return (int) bytes;
  }

  private static String page(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null
          && Optional.ofNullable(url.getScheme()).orElse("").startsWith("http")) {
        return text.replaceAll("/+$", "");
      }
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(URL + " must be a URL: " + e.getMessage());
    }
    throw new BadSettingException(
        URL + " must be a URL as https://pulzar.example, got '" + text + "'");
  }

  /** A server that listens on all networks is reached by the machine's name. */
  private static String ownPage(Settings settings) {
    boolean everywhere =
        settings.get(ServerSettings.HOSTNAME).isEmpty()
            && List.of("0.0.0.0", "::").contains(settings.get(ServerSettings.HOST));
    return everywhere
        ? TlsSettings.scheme(settings) + "://" + machine() + ":" + settings.get(ServerSettings.PORT)
        : ServerSettings.masterUrl(settings).split(",", 2)[0].replaceAll("/+$", "");
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a name is reached from itself.
      return "localhost";
    }
  }

  private static Template template(Settings settings, Setting<String> setting) {
    try {
      return Template.parse(settings.get(setting).replace("\\n", "\n"));
    } catch (IllegalArgumentException e) {
      throw new BadSettingException(setting + ": " + e.getMessage());
    }
  }
}
