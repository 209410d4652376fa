package io.tandem.admin.view;

import java.util.List;
import java.util.Optional;

/**
 * What became of a file.
 *
 * @param accepted     false when it has problems; then nothing was changed
 * @param configuration what is in force afterwards; for a check, empty
 * @param problems     the first problems
 * @param problemCount all of them
 * @param warnings     what was taken and asks for something that this machine does not have
 */
public record ImportView(
        String file,
        boolean accepted,
        long lines,
        long durationMs,
        Optional<ConfigurationView> configuration,
        List<Problem> problems,
        long problemCount,
        List<String> warnings) {

    /**
     * One thing that is wrong with one line.
     *
     * @param line  counted from 1; 0 when the file as a whole is meant
     * @param field empty when the line as a whole is meant
     * @param rule  rule that it breaks
     * @param mend  how to mend it
     */
    public record Problem(long line, String field, String value, String rule, String mend) {}
}
