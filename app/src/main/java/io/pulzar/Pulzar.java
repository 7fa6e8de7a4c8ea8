package io.pulzar;

/** The product's main class. */
public final class Pulzar {

  private Pulzar() {}

  public static void main(String[] args) {
    System.exit(args.length);
  }
}
