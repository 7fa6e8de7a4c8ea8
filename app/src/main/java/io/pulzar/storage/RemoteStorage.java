package io.pulzar.storage;

/** A kind of engine that keeps data on another server; found as a service provider. */
public interface RemoteStorage {

  /** Whether it knows what to do with such a URL. */
  boolean handles(String url);

  /** The engine for a server; nothing is connected to before it is used. */
  StorageEngine at(StorageAddress address);
}
