package io.pulzar.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file or directory can't be used, in words for a person. */
public final class FileReason {

  private FileReason() {}

  /** To stand between brackets. */
  public static String of(IOException failure) {
    return switch (failure) {
      case FileAlreadyExistsException _ -> "there is a file of that name";
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it is not there";
      case FileSystemException told when told.getReason() != null -> told.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
