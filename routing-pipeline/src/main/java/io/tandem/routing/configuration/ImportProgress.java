package io.tandem.routing.configuration;

/** Is told how far an import has come, every so many lines, by the importing thread. */
@FunctionalInterface
public interface ImportProgress {
    /** Tells nobody. */
    ImportProgress SILENT = (pass, lines) -> {};

    /**
     * So many lines are read.
     *
     * @param pass 1 while the file is surveyed, 2 while numbers are read.
     */
    void onLines(int pass, long lines);
}
