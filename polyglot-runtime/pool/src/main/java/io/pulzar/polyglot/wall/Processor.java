package io.pulzar.polyglot.wall;

import java.util.Locale;
import java.util.Optional;

/**
 * The numbers of Linux's system calls, which differ from processor to processor.
 *
 * <p>From {@code asm/unistd_64.h} and {@code asm-generic/unistd.h}. Calls that one of them does not
 * have carry {@link #NONE}.
 */
enum Processor {
  X86_64(0xC000003E, true) {
    @Override
    int number(SystemCall call) {
      return call.x86;
    }
  },
  ARM64(0xC00000B7, false) {
    @Override
    int number(SystemCall call) {
      return call.arm;
    }
  };

  static final int NONE = -1;

  /** How seccomp names it: {@code AUDIT_ARCH_…} of {@code linux/audit.h}. */
  final int auditName;

  /** Whether the same kernel takes a second set of numbers (x32), from 0x40000000 on. */
  final boolean hasSecondSet;

  Processor(int auditName, boolean hasSecondSet) {
    this.auditName = auditName;
    this.hasSecondSet = hasSecondSet;
  }

  abstract int number(SystemCall call);

  /** The one that this Java runs on; empty for those whose numbers we do not have. */
  static Optional<Processor> ofThisMachine() {
    return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64", "arm64" -> Optional.of(ARM64);
      default -> Optional.empty();
    };
  }
}
