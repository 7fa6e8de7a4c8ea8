package io.pulzar.keys;

import java.util.List;

/** The folders of keys under which jobs store files, spelled as in the original. */
public final class JobFolders {

  private static final String REGULAR = "/jobs/regular/";
  private static final String SCHEDULED = "/jobs/sheduled/";

  private JobFolders() {}

  public static String regular(String job) {
    return REGULAR + job + "/";
  }

  public static String scheduled(String job) {
    return SCHEDULED + job + "/";
  }

  /** Wherever a job may have stored something. */
  static List<String> of(long job) {
    return List.of(regular(Long.toString(job)), scheduled(Long.toString(job)));
  }
}
