package io.pulzar.cli;

/** How a command ends; {@code docs/command-line.md} lists them from here. */
public enum ExitStatus {
  DONE(0, "It was done. Of a job that was waited for: it completed."),
  FAILED(
      1,
      "It was done, and what it tells about is not well: the job failed or was canceled, a check or the"
          + " doctor found something, a part of an import was left out."),
  USAGE(
      2,
      "The command can't be understood, or a setting makes no sense. Nothing was done; one line says"
          + " why."),
  REFUSED(
      3,
      "The server refused, there is no such thing, or a file of this machine can't be read or written."
          + " One line says why."),
  NO_SERVER(4, "No server answers, or it broke off.");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What the process ends with. */
  public int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
