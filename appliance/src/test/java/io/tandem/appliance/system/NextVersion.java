package io.tandem.appliance.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import uk.co.real_logic.sbe.SbeTool;

/**
 * A build of the next version: the journal's schema with what a next version may do to it, its codecs generated anew, and a
 * state writer that adds a field to every entry of a snapshot and entries of a kind that this version does not know.
 * Its classes stand in front of ours on a class path.
 */
final class NextVersion {
    private static final Path SCHEMA = Path.of("..", "journal", "src", "main", "resources", "tandem-journal.xml");
    private static final Path STATE_WRITER = Path.of(
            "..", "routing-pipeline", "src", "main", "java", "io", "tandem", "routing", "snapshot", "StateWriter.java");
    private static final Pattern VERSION = Pattern.compile("\\sversion=\"(\\d+)\"\\s+semanticVersion");
    private static final Pattern BLOCK_END = Pattern.compile("(?m)^ *(<group|<data|</sbe:message>|</group>)");

    private NextVersion() {}

    /** Version of this build's schema. */
    static int current() throws IOException {
        final Matcher version = VERSION.matcher(Files.readString(SCHEMA));
        if (!version.find()) {
            throw new AssertionError("schema has no version: path=" + SCHEMA);
        }
        return Integer.parseInt(version.group(1));
    }

    /** Makes the classes of the next version and returns their directory. */
    static Path build(final Path directory) throws Exception {
        final int next = current() + 1;
        final Path schema = Files.writeString(directory.resolve("next.xml"), schema(next));
        final Path sources = Files.createDirectories(directory.resolve("sources"));
        final Path classes = Files.createDirectories(directory.resolve("classes"));
        System.setProperty("sbe.output.dir", sources.toString());
        System.setProperty("sbe.java.generate.interfaces", "false");
        SbeTool.main(new String[] {schema.toString()});
        Files.writeString(sources.resolve("StateWriter.java"), stateWriter());

        final List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-Xlint:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        arguments.addAll(files(sources, ""));
        for (final String module : List.of("journal", "routing-pipeline", "appliance")) {
            files(Path.of("..", module, "src", "main", "java"), "import io.tandem.journal.record.").stream()
                    .filter(file -> !file.endsWith("StateWriter.java"))
                    .forEach(arguments::add);
        }
        final int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("next version does not compile: sources=" + sources);
        }
        return classes;
    }

    /** Sources that contain a text; who uses a codec has its constants compiled in and must be compiled anew. */
    private static List<String> files(final Path directory, final String text) throws IOException {
        final List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains(text)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    /** Every block, of messages and of groups, gets one more field; one message is new. */
    private static String schema(final int next) throws IOException {
        final Matcher version = VERSION.matcher(Files.readString(SCHEMA));
        final String raised = version.replaceFirst(" version=\"" + next + "\" semanticVersion");
        final StringBuilder text = new StringBuilder();
        int id = 900;
        for (final String message : raised.split("(?=<sbe:message )", -1)) {
            if (!message.startsWith("<sbe:message ")) {
                text.append(message);
                continue;
            }
            final Matcher end = BLOCK_END.matcher(message);
            if (!end.find()) {
                throw new AssertionError("message has no end: " + message);
            }
            text.append(message, 0, end.start())
                    .append(field(id++, next))
                    .append(inGroups(message.substring(end.start()), id, next));
            id += 10;
        }
        final int schemaEnd = text.lastIndexOf("</sbe:messageSchema>");
        return text.insert(
                        schemaEnd,
                        "<sbe:message name=\"Added\" id=\"199\" sinceVersion=\"" + next + "\">" + field(1, next)
                                + "</sbe:message>\n")
                .toString();
    }

    private static String inGroups(final String groups, final int firstId, final int next) {
        final Matcher end = Pattern.compile("(?s)(<group [^>]*>.*?)(\\s*(?:<data|</group>))")
                .matcher(groups);
        final StringBuilder text = new StringBuilder();
        int id = firstId;
        while (end.find()) {
            end.appendReplacement(
                    text, Matcher.quoteReplacement(end.group(1) + "\n" + field(id++, next) + end.group(2)));
        }
        return end.appendTail(text).toString();
    }

    private static String field(final int id, final int next) {
        return "    <field name=\"added" + id + "\" id=\"" + id + "\" type=\"int64\" sinceVersion=\"" + next + "\"/>\n";
    }

    private static String stateWriter() throws IOException {
        final String source = Files.readString(STATE_WRITER);
        final String counts = "        final CoreStateEncoder.NumbersEncoder numberGroup";
        final String sent = "        records++;\n";
        if (!source.contains(counts) || !source.contains(sent)) {
            throw new AssertionError("state writer has changed, adapt the test: path=" + STATE_WRITER);
        }
        return source.replace(counts, "        numbers[numberCount++] = 4_711;\n" + counts)
                .replace(
                        sent,
                        "        if (kind == StateKind.CALL) {\n"
                                + "            sink.onRecord(record, 0, MessageHeaderEncoder.ENCODED_LENGTH + state.encodedLength());\n"
                                + "            state.kind((short) 200);\n        }\n"
                                + sent);
    }
}
