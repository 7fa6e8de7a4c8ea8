package io.pulzar.polyglot.runtimeimage;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_void;

import com.oracle.graal.python.nodes.bytecode.PBytecodeGeneratorRootNode;
import com.oracle.graal.python.nodes.bytecode.PBytecodeRootNode;
import com.oracle.graal.python.runtime.ExecutionContext.CalleeContext;
import com.oracle.graal.python.runtime.exception.PException;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.RootNode;
import io.pulzar.polyglot.worker.CallDepth;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The classes of GraalPy in which one method is another one for workers, in a jar of their own that
 * stands before GraalPy's on the class path.
 *
 * <p>Only what nothing else can reach: instruments make every statement slow, and what GraalPy
 * calls by itself cannot be replaced from outside. Another GraalPy may look otherwise; then the
 * build fails here.
 */
final class GraalPyPatches {

  /** Before {@code python-language}: a worker's class path is in the order of names. */
  static final String JAR = "graalpy-patches.jar";

  private static final ClassDesc FUNCTION = descriptorOf(PBytecodeRootNode.class);
  private static final ClassDesc EXCEPTION = descriptorOf(PException.class);
  private static final ClassDesc CALLEE = descriptorOf(CalleeContext.class);
  private static final ClassDesc DEPTH = descriptorOf(CallDepth.class);
  private static final ClassDesc FRAME = descriptorOf(VirtualFrame.class);

  private static final MethodTypeDesc ENTERING =
      MethodTypeDesc.of(CD_boolean, descriptorOf(RootNode.class));
  private static final MethodTypeDesc EXITING = MethodTypeDesc.of(CD_void, CD_boolean);
  private static final MethodTypeDesc EXECUTING = MethodTypeDesc.of(CD_Object, FRAME);
  private static final MethodTypeDesc CHAINING =
      MethodTypeDesc.of(
          CD_void,
          FRAME,
          FUNCTION.nested("MutableLoopData"),
          descriptorOf(AbstractTruffleException.class));

  /** A call returns or throws, and leaves its frame either way. */
  private static final int ENDS = 2;

  /** A field of exceptions: whether theirs is known that was handled when they were raised. */
  private static final String CHAINED = "chained";

  private GraalPyPatches() {}

  /** Writes the jar, or leaves it alone when it would not change. */
  static Path writeTo(Path directory) throws IOException {
    Patch counted = new Patch("execute", EXECUTING, GraalPyPatches::countCalls);
    Patch chained = new Patch("chainPythonExceptions", CHAINING, GraalPyPatches::chainOnce);
    ReproducibleJar jar = new ReproducibleJar();
    add(jar, PBytecodeRootNode.class, model -> counted.in(model).andThen(chained.in(model)));
    add(jar, PBytecodeGeneratorRootNode.class, counted::in);
    add(
        jar,
        PException.class,
        _ ->
            ClassTransform.endHandler(
                target -> target.withField(CHAINED, CD_boolean, ClassFile.ACC_PUBLIC)));
    return jar.writeTo(directory.resolve(JAR));
  }

  private static void add(
      ReproducibleJar jar, Class<?> type, Function<ClassModel, ClassTransform> patch)
      throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    ClassFile classFile = ClassFile.of();
    try (InputStream original = type.getResourceAsStream("/" + name)) {
      ClassModel model = classFile.parse(Objects.requireNonNull(original).readAllBytes());
      jar.add(name, classFile.transformClass(model, patch.apply(model)));
    }
  }

  /**
   * Another body for one method.
   *
   * @param body writes it, given the original
   */
  private record Patch(
      String method, MethodTypeDesc type, BiConsumer<CodeBuilder, CodeAttribute> body) {

    ClassTransform in(ClassModel model) {
      if (model.methods().stream().noneMatch(this::isFor)) {
        throw another(method);
      }
      return (target, element) -> {
        if (element instanceof MethodModel original && isFor(original)) {
          target.withMethodBody(
              method,
              type,
              original.flags().flagsMask(),
              code -> body.accept(code, original.findAttribute(Attributes.code()).orElseThrow()));
        } else {
          target.with(element);
        }
      };
    }

    private boolean isFor(MethodModel candidate) {
      return candidate.methodName().equalsString(method)
          && candidate.methodTypeSymbol().equals(type);
    }
  }

  private static IllegalStateException another(String missing) {
    return new IllegalStateException(
        "this GraalPy has no "
            + missing
            + " as Pulzar patches it: see docs/decisions/0045-patched-graalpy.md");
  }

  /**
   * {@link CallDepth#enter} as the first thing within {@code try}, when the frame is there, and
   * {@link CallDepth#exit} at both ends.
   */
  private static void countCalls(CodeBuilder code, CodeAttribute original) {
    if (original.exceptionHandlers().isEmpty()
        || original.elementStream().filter(GraalPyPatches::leaves).count() != ENDS) {
      throw another("try and finally in PBytecodeRootNode.execute");
    }
    Label start = original.exceptionHandlers().getFirst().tryStart();
    int counted = original.maxLocals();
    code.iconst_0().istore(counted);
    for (CodeElement element : original) {
      if (leaves(element)) {
        code.iload(counted).invokestatic(DEPTH, "exit", EXITING);
      }
      code.with(element);
      if (element instanceof LabelTarget target && target.label().equals(start)) {
        code.aload(0).invokestatic(DEPTH, "enter", ENTERING).istore(counted);
      }
    }
  }

  private static boolean leaves(CodeElement element) {
    return element instanceof InvokeInstruction invoke
        && invoke.owner().asSymbol().equals(CALLEE)
        && invoke.name().equalsString("exit");
  }

  /**
   * As Java: {@code if (e instanceof PException p) { if (p.chained) return; p.chained = true; }}
   * before the rest.
   *
   * <p>The exception that was handled when another one was raised is its context. GraalPy looks for
   * it at each frame that the new one passes, down to the bottom of the stack when there is none:
   * the time is the square of the depth.
   */
  private static void chainOnce(CodeBuilder code, CodeAttribute original) {
    int exception = 3;
    code.aload(exception).instanceOf(EXCEPTION);
    code.ifThen(
        python -> {
          python.aload(exception).checkcast(EXCEPTION).getfield(EXCEPTION, CHAINED, CD_boolean);
          python.ifThen(CodeBuilder::return_);
          python.aload(exception).checkcast(EXCEPTION).iconst_1();
          python.putfield(EXCEPTION, CHAINED, CD_boolean);
        });
    original.forEach(code::with);
  }

  private static ClassDesc descriptorOf(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
