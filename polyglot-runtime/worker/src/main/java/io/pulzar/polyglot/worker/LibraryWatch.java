package io.pulzar.polyglot.worker;

import com.oracle.graal.python.builtins.objects.code.PCode;
import com.oracle.graal.python.builtins.objects.common.DynamicObjectStorage;
import com.oracle.graal.python.builtins.objects.dict.PDict;
import com.oracle.graal.python.builtins.objects.function.PFunction;
import com.oracle.graal.python.builtins.objects.function.PKeyword;
import com.oracle.graal.python.builtins.objects.list.PList;
import com.oracle.graal.python.builtins.objects.object.PythonObject;
import com.oracle.graal.python.nodes.object.GetDictIfExistsNode;
import com.oracle.truffle.api.object.PropertyGetter;
import com.oracle.truffle.api.object.Shape;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of a context's modules, classes and functions hold something else than they did.
 *
 * <p>Knows the inside of the runtime: to look up six thousand names there takes a hundredth of what
 * it takes in Python, where each lookup searches for its place. What can't be watched counts as
 * changed, so that Python compares it itself. Used by the one thread of the context.
 */
@SuppressWarnings("ReferenceEquality") // An equal object in another's place is a change.
public final class LibraryWatch {

  private static final Field RECEIVER = receiver();

  private final List<Watched> watched = new ArrayList<>();
  private final List<Watched> changed = new ArrayList<>();

  /**
   * Takes what these hold now for what they should.
   *
   * @param objects modules, classes and functions; or a list of one of them and the names in it
   *     that count, where all others may change
   */
  @HostAccess.Export
  public void take(Value... objects) {
    watched.clear();
    changed.clear();
    for (Value object : objects) {
      watched.add(watch(object));
    }
    watched.forEach(Watched::take);
  }

  /** The places in {@link #take}'s list of those that have changed, with commas between. */
  @HostAccess.Export
  public String changed() {
    changed.clear();
    StringBuilder places = new StringBuilder();
    for (int place = 0; place < watched.size(); place++) {
      Watched one = watched.get(place);
      if (one.hasChanged()) {
        changed.add(one);
        places.append(places.isEmpty() ? "" : ",").append(place);
      }
    }
    return places.toString();
  }

  /** Takes what those hold now that {@link #changed} told of: they have been put back. */
  @HostAccess.Export
  public void retake() {
    changed.forEach(Watched::take);
    changed.clear();
  }

  private static Watched watch(Value object) {
    Object inside = inside(object);
    if (inside instanceof PFunction function) {
      return new WatchedFunction(function);
    }
    // Classes too may have elements.
    if (!(inside instanceof PList)) {
      return new WatchedNames(inside, name -> true);
    }
    Set<String> names = new HashSet<>();
    for (long i = 1; i < object.getArraySize(); i++) {
      names.add(object.getArrayElement(i).asString());
    }
    return new WatchedNames(inside(object.getArrayElement(0)), names::contains);
  }

  private interface Watched {

    void take();

    boolean hasChanged();
  }

  /** What a module or a class holds under its names. */
  private static final class WatchedNames implements Watched {

    private final @Nullable PythonObject object;
    private final Predicate<String> counts;
    private @Nullable Shape shape;
    private @Nullable PDict dict;
    private PropertyGetter[] places = {};
    private Object[] values = {};

    WatchedNames(Object inside, Predicate<String> counts) {
      this.object = inside instanceof PythonObject python ? python : null;
      this.counts = counts;
    }

    @Override
    public void take() {
      if (object == null) {
        return;
      }
      dict = GetDictIfExistsNode.getUncached().execute(object);
      if (!isInPlace()) {
        shape = null;
        return;
      }
      if (object.getShape() != shape) {
        shape = object.getShape();
        places = placesIn(shape);
      }
      values = new Object[places.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = places[i].get(object);
      }
    }

    /** Whether the object itself has the values; its dict can be a view of it, or hold them. */
    private boolean isInPlace() {
      return dict == null
          || (dict.getDictStorage() instanceof DynamicObjectStorage view
              && view.getStore() == object);
    }

    private PropertyGetter[] placesIn(Shape found) {
      return found.getPropertyList().stream()
          .filter(property -> counts.test(property.getKey().toString()))
          .map(property -> found.makePropertyGetter(property.getKey()))
          .toArray(PropertyGetter[]::new);
    }

    /** The shape is another one when a name or a dict has come. */
    @Override
    public boolean hasChanged() {
      if (object == null || object.getShape() != shape || !isInPlace()) {
        return true;
      }
      for (int i = 0; i < values.length; i++) {
        if (!isSame(places[i].get(object), values[i])) {
          return true;
        }
      }
      return false;
    }
  }

  /** What a function does, and with which defaults. */
  private static final class WatchedFunction implements Watched {

    private final PFunction function;
    private @Nullable PCode code;
    private Object @Nullable [] defaults;
    private PKeyword @Nullable [] keywords;

    WatchedFunction(PFunction function) {
      this.function = function;
    }

    @Override
    public void take() {
      code = function.getCode();
      defaults = function.getDefaults();
      keywords = function.getKwDefaults();
    }

    @Override
    public boolean hasChanged() {
      return function.getCode() != code
          || function.getDefaults() != defaults
          || function.getKwDefaults() != keywords;
    }
  }

  /** Numbers have no identity here; of everything else it is what counts. */
  private static boolean isSame(@Nullable Object now, @Nullable Object before) {
    return now == before
        || ((now instanceof Number || now instanceof Boolean) && now.equals(before));
  }

  private static Object inside(Value value) {
    try {
      return RECEIVER.get(value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("this is another Polyglot API than was built for", e);
    }
  }

  private static Field receiver() {
    try {
      Field field = Value.class.getSuperclass().getDeclaredField("receiver");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this is another Polyglot API than was built for", e);
    }
  }
}
