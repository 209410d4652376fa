package io.tandem.admin.view;

/** Hears how far an import has come. */
@FunctionalInterface
public interface ImportProgress {

    /** Called every so many lines; {@code lines} counts the lines read so far. */
    void onLines(long lines);
}
