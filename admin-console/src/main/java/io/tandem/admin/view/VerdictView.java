package io.tandem.admin.view;

import java.util.Optional;

/**
 * What one routing stage said.
 *
 * @param passed  false when the call ends here
 * @param text    the rule in words, with its figures
 * @param account whose configuration it went by, by identifier, when that is the called side's; empty for the calling
 *                side's and the box's own
 */
public record VerdictView(
        String stage, String rule, boolean passed, String text, long durationNs, Optional<String> account) {

    /** One that goes by nobody's configuration on the called side. */
    public VerdictView(String stage, String rule, boolean passed, String text, long durationNs) {
        this(stage, rule, passed, text, durationNs, Optional.empty());
    }
}
