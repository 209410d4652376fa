package io.tandem.journal.generation;

import java.nio.file.Path;

/** Looks numbers up until it is killed, or puts numbers into a generation that it never finishes. */
final class EndlessReader {
    static final int COUNT = 5_000;

    private EndlessReader() {}

    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[0]);
        final NumberRow row = new NumberRow();
        if (arguments[1].equals("build")) {
            try (GenerationBuilder builder = GenerationBuilder.create(directory, "unfinished", COUNT, 1)) {
                for (int i = 0; true; i++) {
                    builder.putNumber(row.e164(i % COUNT).id(i, i));
                    if (i == COUNT) {
                        System.out.println(builder.numberCount());
                    }
                }
            }
        }
        try (Generation generation = Generation.open(directory, arguments[1])) {
            for (int i = 0; true; i++) {
                if (!generation.number(i % COUNT, row)) {
                    throw new AssertionError("number is gone: e164=" + i % COUNT);
                }
                if (i == COUNT) {
                    System.out.println(i);
                }
            }
        }
    }
}
