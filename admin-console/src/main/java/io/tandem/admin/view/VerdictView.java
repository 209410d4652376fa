package io.tandem.admin.view;

/**
 * What one routing stage said.
 *
 * @param passed false when the call ends here
 * @param text   the rule in words, with its figures
 */
public record VerdictView(String stage, String rule, boolean passed, String text, long durationNs) {}
