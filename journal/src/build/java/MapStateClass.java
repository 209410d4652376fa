import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.ValueModel;
import net.openhft.chronicle.values.Values;

/**
 * Step of the build: makes the class that Chronicle Map otherwise generates and compiles in every process that maps a file,
 * which takes seconds. Chronicle looks for it on the class path first. Arguments: directory of sources, directory of
 * classes.
 */
final class MapStateClass {
    private static final Class<?> TYPE = VanillaGlobalMutableState.class;

    private MapStateClass() {}

    public static void main(final String[] arguments) throws Exception {
        final String name = TYPE.getSimpleName() + ValueModel.$$NATIVE;
        final Path source = Path.of(arguments[0], TYPE.getPackageName().replace('.', '/'), name + ".java");
        final Path classes = Path.of(arguments[1]);
        Files.createDirectories(source.getParent());
        Files.writeString(source, generated());
        final int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        List.of(
                                        "-proc:none",
                                        "-nowarn",
                                        "-Xlint:none",
                                        "-d",
                                        classes.toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        source.toString())
                                .toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("class cannot be compiled: source=" + source + " status=" + status);
        }
    }

    /** Chronicle shows the source that it generates when asked to, on standard output. */
    private static String generated() {
        final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        final PrintStream out = System.out;
        System.setProperty("chronicle.values.dumpCode", "true");
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            Values.nativeClassFor(TYPE);
        } finally {
            System.setOut(out);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }
}
