package io.pulzar.records;

/** A change is dated further ahead than is believed; it is refused until the time has come. */
final class HeldChangeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HeldChangeException(Row row) {
    super(
        "the clock of installation "
            + row.record().version().origin()
            + " is ahead: it dated a record "
            + row.record().version().moment()
            + "; set its clock, or raise "
            + RecordSettings.CLOCK_SKEW,
        null,
        false,
        false);
  }
}
