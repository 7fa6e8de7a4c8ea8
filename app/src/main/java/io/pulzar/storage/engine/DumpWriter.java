package io.pulzar.storage.engine;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a database as a stream of bytes, the same for every engine: a head, then for each table
 * its name and its entries in their order, each with the lengths of key and value.
 */
public final class DumpWriter {

  /** The first four bytes; the last is the version of the form. */
  static final int HEAD = 0x505a4401;

  private final DataOutputStream out;

  public DumpWriter(OutputStream target) throws IOException {
    this.out = new DataOutputStream(target);
    out.writeInt(HEAD);
  }

  public void beginTable(String name) throws IOException {
    out.writeBoolean(true);
    out.writeUTF(name);
  }

  public void entry(byte[] key, byte[] value) throws IOException {
    out.writeBoolean(true);
    write(key);
    write(value);
  }

  public void endTable() throws IOException {
    out.writeBoolean(false);
  }

  public void end() throws IOException {
    out.writeBoolean(false);
    out.flush();
  }

  private void write(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
