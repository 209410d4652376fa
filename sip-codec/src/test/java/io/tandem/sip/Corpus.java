package io.tandem.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The message corpora of {@code io/tandem/sip/corpora}, with the verdict on each message; see the notice there. Public, for
 * tests of other modules through the test jar.
 */
public final class Corpus {
    /** Folders that hold single messages. */
    public static final List<String> FOLDERS =
            List.of("rfc4475", "rfc5118", "rfc3665", "rfc7118", "jsip-torture", "fuzz-sipgo");

    private static final String ROOT = "corpora/";
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private Corpus() {}

    /**
     * One message.
     *
     * @param path folder and file
     * @param octets the message as it stands on the wire
     * @param problem what {@link SipMessage#wrap} or else {@link MessageCheck#check} answers
     * @param decider {@code codec}, or {@code core} when the message reaches the core
     * @param answer a status code, {@code accept}, or {@code drop}
     * @param note section and subject, or the reason of the verdict
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares specimens.
    public record Specimen(String path, byte[] octets, Problem problem, String decider, String answer, String note) {
        @Override
        public String toString() {
            return path;
        }
    }

    /** Every message of every folder. */
    public static List<Specimen> all() {
        final List<Specimen> specimens = new ArrayList<>();
        for (final String folder : FOLDERS) {
            specimens.addAll(of(folder));
        }
        return specimens;
    }

    /** Every message of one folder, in the order of its table. */
    public static List<Specimen> of(final String folder) {
        final String table = new String(octets(folder + "/verdicts.tsv"), StandardCharsets.UTF_8);
        final List<Specimen> specimens = new ArrayList<>();
        for (final String line : table.lines().skip(1).toList()) {
            final String[] columns = line.split("\t", -1);
            if (columns.length != 5) {
                throw new IllegalStateException("table row broken: folder=" + folder + " row=" + line);
            }
            final String path = folder + "/" + columns[0];
            specimens.add(
                    new Specimen(path, message(path), Problem.valueOf(columns[1]), columns[2], columns[3], columns[4]));
        }
        return specimens;
    }

    /** One file, as it is. */
    public static byte[] octets(final String path) {
        try (InputStream stream = Corpus.class.getResourceAsStream(ROOT + path)) {
            if (stream == null) {
                throw new IllegalStateException("corpus file missing: path=" + path);
            }
            return stream.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The XML that the JAIN messages come from lost the blank line where no body follows. */
    private static byte[] message(final String path) {
        final byte[] octets = octets(path);
        if (!path.startsWith("jsip-torture/") || contains(octets, HEAD_END)) {
            return octets;
        }
        final byte[] completed = Arrays.copyOf(octets, octets.length + 2);
        completed[octets.length] = '\r';
        completed[octets.length + 1] = '\n';
        return completed;
    }

    private static boolean contains(final byte[] octets, final byte[] wanted) {
        for (int at = 0; at + wanted.length <= octets.length; at++) {
            if (Arrays.equals(octets, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
