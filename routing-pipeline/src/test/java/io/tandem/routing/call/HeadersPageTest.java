package io.tandem.routing.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.sip.HeaderName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about header fields is the table in the code, in words. */
class HeadersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "specs", "headers.md");

    /** Run with {@code -Dtandem.docs.write=true} to write the page anew after a change of the table. */
    @Test
    void shouldBeDocumented() throws IOException {
        final String page = page();
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void shouldExplainEveryTreatment() {
        assertThat(Arrays.stream(HeaderName.values()).map(HeaderTreatment::of).distinct())
                .containsExactlyInAnyOrder(HeaderTreatment.values());
    }

    private static String page() {
        return """
                # Header fields and option tags

                What happens to each header field on its way from one leg of a call to the other. Written from
                `io.tandem.routing.call.HeaderTreatment` and `Capabilities`; a test holds the page and the code together.

                - The same holds in both directions and for every peer but for two things that depend on trust. A refusal of ours says
                  why (in `Reason`) towards a peer that was identified as a trunk of ours. Asserted identities pass within limits:
                - "as asserted identity" (RFC 3325): trunks of role `carrier` form the trust domain; a trunk of role `pbx`, a customer's
                  exchange, is outside it, as is whoever is no trunk of ours. What comes from outside goes no further; what comes from inside
                  passes, but with `Privacy: id` not to the outside. The `Privacy` field itself passes. A preferred identity never passes.
                - The caller's number, for transforms and records, is the asserted one from a trusted peer, else the preferred one, else the
                  user of From. From shows it only if a transform changed it or the trunk names a `from_user`; else From keeps its own user,
                  as digits if it is a number, and an anonymous one stays so.
                - The URIs of From, To and the request line are written anew for each trunk: host and port of the trunk or ours, no URI
                  parameters. `user=phone` and the like said how the other leg wrote its URI; our user part is digits or a name.
                - What passes leaves byte for byte as it came: spelling, compact form, folds, order. Fields with names that are not
                  listed pass.
                - `Session-Expires` passes. A 2xx without it to a party that asked for a session timer gets one from us, with
                  `Require: timer` where that party refreshes ([call states](call-states.md), session timers).
                - "caller unchanged": what vouches for the caller's number passes only as long as no transform has changed it.

                | treatment | fields |
                |---|---|
                """
                + Arrays.stream(HeaderTreatment.values())
                        .map(treatment -> "| " + words(treatment) + " | " + names(treatment) + " |\n")
                        .collect(Collectors.joining())
                + """

                ## Option tags and methods

                | list | values |
                |---|---|
                """
                + "| option tags that cross in Supported and Require | " + text(Capabilities.SUPPORTED) + " |\n"
                + "| option tags in Require that are refused | all others, with 420 and Unsupported |\n"
                + "| methods that cross in Allow | " + text(Capabilities.ALLOW) + " |\n";
    }

    private static String words(final HeaderTreatment treatment) {
        return switch (treatment) {
            case PASS -> "passes";
            case OURS -> "ours: each leg has its own";
            case STRIP -> "stays on its leg";
            case INTERSECT -> "passes with those values that we support";
            case TRANSLATE -> "passes with the other leg's CSeq";
            case PASS_WITH_BODY -> "passes with the body, or stays with it";
            case PASS_UNLESS_CALLER_CHANGED -> "passes, caller unchanged";
            case ASSERTED -> "passes as asserted identity, caller unchanged";
        };
    }

    private static String names(final HeaderTreatment treatment) {
        return Arrays.stream(HeaderName.values())
                .filter(name -> HeaderTreatment.of(name) == treatment)
                .map(name -> name == HeaderName.UNKNOWN ? "*any other*" : text(name.bytes()))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .collect(Collectors.joining(", "));
    }

    private static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
