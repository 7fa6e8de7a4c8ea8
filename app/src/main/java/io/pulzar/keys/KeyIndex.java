package io.pulzar.keys;

import io.pulzar.storage.TableStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which keys exist and where their values lie. Stages complete when the change is on disk.
 *
 * <p>A key whose time has come does not exist for any method, also before it is removed.
 */
public interface KeyIndex extends AutoCloseable {

  Optional<Location> find(Key key);

  /**
   * Makes a value that its node has on disk visible under a key. Repeating a recording with the
   * same node and id changes nothing and answers as the first time.
   */
  CompletionStage<RegistrationResult> record(Key key, Location location, WriteCondition condition);

  /**
   * The same for a value that is in the bucket. One that was condemned meanwhile is refused.
   *
   * @param blocks checksums of its blocks; not to be changed
   */
  CompletionStage<RegistrationResult> recordObject(
      Key key, Location location, byte[] blocks, WriteCondition condition);

  /** The same without headers. */
  default CompletionStage<RegistrationResult> record(Key key, Location location, boolean replace) {
    return record(key, location, WriteCondition.replacing(replace));
  }

  /**
   * Removes a key.
   *
   * @return what it was, or empty when it did not exist; fails with 412 when the condition does not
   *     hold
   */
  CompletionStage<Optional<Location>> remove(Key key, WriteCondition condition);

  /** The same without a condition. */
  default CompletionStage<Optional<Location>> remove(Key key) {
    return remove(key, WriteCondition.NONE);
  }

  /**
   * Decides about versions of which their node does not know whether they were recorded. Those that
   * were not are refused from now on, should their recording still arrive.
   *
   * @param adopt whether versions that were recorded stay; otherwise their keys are removed
   * @return those that stay
   */
  CompletionStage<List<ValueVersion>> settle(
      String node, List<ValueVersion> versions, boolean adopt);

  /**
   * Adds a copy of a value, which its node has on disk, if the key still stands for this value.
   *
   * @param seen what it stood for when the copy was made
   * @return whether the copy counts
   */
  CompletionStage<Boolean> addCopy(Row seen, Replica copy);

  /**
   * Lets a new copy take the place of a damaged one, which its node is to drop, if the key still
   * stands for this value.
   *
   * @param seen what it stood for when the copy was made
   * @return whether the copy counts
   */
  CompletionStage<Boolean> replaceCopy(Row seen, Replica damaged, Replica copy);

  /**
   * Lets a key's value be somewhere else, where all its bytes are, if the key still stands for this
   * value; who had it until now is to drop it, a little later. Nothing else of it changes.
   *
   * @param seen what it stood for when the bytes were read
   * @param copy the new place: a node, or {@link Location#BUCKET}
   * @param blocks checksums of its blocks, for the bucket; not to be changed
   * @return whether it is there now
   */
  CompletionStage<Boolean> move(Row seen, Replica copy, byte[] blocks);

  /** Adds what a node holds to the index of a master that lost it; newer content wins. */
  CompletionStage<Integer> adopt(List<Row> rows);

  /**
   * One page in the order of keys.
   *
   * @param after only keys above it; empty: from the start
   * @param limit at least 1
   */
  List<Row> page(KeyFilter filter, String after, int limit);

  /**
   * One page of the values that are, or are to be, on several nodes, in the order of stored names.
   *
   * @param after the stored name of the last key of the page before; empty: from the start
   */
  List<Row> sharedPage(String after, int limit);

  /** Whether the time of some key has come. */
  boolean hasDue();

  /**
   * Removes keys whose time has come, the oldest first.
   *
   * @return how many; less than {@code limit} when none are left
   */
  CompletionStage<Integer> expire(int limit);

  /** Whether a node is still to drop this version. */
  boolean isGarbage(String node, long id);

  /** Removes a copy that its node has lost; with the last one the key. */
  CompletionStage<Boolean> forget(String node, ValueVersion version);

  /**
   * Values that a node still has to drop because their key was removed or replaced.
   *
   * @param before those that gave way to a newer value on this node: only if before this moment
   */
  List<ValueVersion> garbage(String node, Instant before, int limit);

  /** The node dropped them. */
  CompletionStage<Void> disposed(String node, List<ValueVersion> versions);

  TableStatistics statistics();

  @Override
  void close();

  /** One key and its value's location. */
  record Row(Key key, Location location) {}
}
