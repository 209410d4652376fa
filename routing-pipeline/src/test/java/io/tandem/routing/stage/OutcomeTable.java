package io.tandem.routing.stage;

import java.util.Locale;

/** The rules as a page of the documentation. */
final class OutcomeTable {
    private OutcomeTable() {}

    static String markdown() {
        final StringBuilder page = new StringBuilder("""
                # Outcomes

                What each stage can conclude about a new call, and the answer that the caller gets for it. The table is written from
                `io.tandem.routing.stage.Rule`, which code, call records and `explain` share; a test holds the two together. Codes go to
                call records and are never renumbered.

                - Status `-`: the call goes on.
                - Q.850: cause in the `Reason` header (RFC 3326) beside the answer, towards peers that may see it.
                - `#` stands for the ceiling that was reached, the count, or the target kind.
                - `Retry-After` goes with 503 when the box itself has no room, never with a tenant's ceiling.
                - `trunk-ceiling` and `leg-trunk-ceiling` answer 486 or 503 (without `Retry-After`) if `over_limit_status` of the trunk says so.
                - `target-hangup` answers `sip_code` of the target's `dest_xform` if one is given.
                - `number-deleted` answers 410, and `source-unknown` nothing at all, if `sip.answer.deleted-number` and `sip.answer.unknown-source` say so.
                - `contact-missing` answers "400 Missing Contact"; a caller of RFC 2543, known by its branch, may leave Contact out (RFC 4475 section 3.4.1).
                - When an attempt fails and none is left, the caller gets the status and cause of the rule; what the callee said stays in
                  the record of the attempt. A callee's own refusal that passes is none of these rules.
                - Every refusal of an INVITE leaves one call record that names stage and rule (`RefusalRecordTest`, `TableFullTest`). None is left
                  by what never became a transaction: malformed requests, merged copies (482), a full transaction table and the ring's door (503);
                  those are counted. A MESSAGE leaves none either.

                | code | stage | rule | status | Q.850 | Retry-After | reason text |
                |---|---|---|---|---|---|---|
                """);
        for (final Rule rule : Rule.values()) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %d | %s | %s | %s | %s | %s | %s |%n",
                    rule.code(),
                    rule.stage().word(),
                    rule.word(),
                    rule.rejects() ? Integer.toString(rule.status()) : "-",
                    rule.q850() == 0 ? "-" : Integer.toString(rule.q850()),
                    rule.retryAfter() ? "yes" : "-",
                    rule.text()));
        }
        return page.toString();
    }
}
