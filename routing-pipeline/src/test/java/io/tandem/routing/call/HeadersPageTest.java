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

                - The same holds in both directions and for every peer but for what depends on trust. A refusal of ours says why (in
                  `Reason`) towards a peer that was identified as a trunk of ours. Identities and privacy follow the trust domain of
                  RFC 3325: trunks of role `carrier` form it; a trunk of role `pbx`, a customer's exchange, is outside it, as is whoever
                  is no trunk of ours.
                - "as asserted identity": what comes from outside the domain goes no further; what comes from inside passes, but with
                  privacy `id`, `user` or `header` not to the outside. A preferred identity never passes.
                - The caller's number, for transforms and records, is the asserted one from a trusted peer, else the preferred one, else the
                  user of From. From shows it if its own user is that number, read as in the country of the account, or if a
                  transform changed it; a trunk may name a `from_user`. Else From keeps its own user, as digits if it is a number,
                  and an anonymous one stays so.
                - The URIs of From, To and the request line are written anew for each trunk: host and port of the trunk or ours, no URI
                  parameters. `user=phone` and the like said how the other leg wrote its URI; our user part is digits or a name.
                - What passes leaves byte for byte as it came: spelling, compact form, folds, order. Fields with names that are not
                  listed pass.
                - `Session-Expires` passes. A 2xx without it to a party that asked for a session timer gets one from us, with
                  `Require: timer` where that party refreshes ([call states](call-states.md), session timers).
                - A provisional response is reliable (`RSeq`, `Require: 100rel`) only towards a party whose INVITE offered that.
                - `Replaces` in an INVITE names a dialog that its sender's exchange has with us; it leaves with the dialog that is joined with
                  that one, to the trunk that has it. What names no call of ours is refused ([call states](call-states.md), setting up).
                - "caller unchanged": what vouches for the caller's number passes only as long as no transform has changed it and From
                  shows it.

                ## Privacy

                Inside the trust domain a wish for privacy passes on with the message. To the outside we heed it, and the `Privacy` field
                passes all the same: who hears a wish twice gives nothing away ([0018](../decisions/0018-privacy-and-diversions.md)).

                | `Privacy` says | to a trunk of role `pbx` |
                |---|---|
                | `id`, `user` or `header`, or cannot be read | From is `"Anonymous" <sip:anonymous@anonymous.invalid>`, without `Identity`, `P-Asserted-Identity` and `Remote-Party-ID`; a trunk's `from_user` stays its user |
                | `user` | what says more of the caller stays behind (RFC 3323 section 5.3) |
                | `history` or `header` | all parties in `History-Info` are anonymous |
                | `session` | passes: we see no media |
                | `critical` with `session` or a word that we do not know | 500 `Privacy Not Possible`, to any trunk, in dialogs too; not for `urn:service:sos` |

                - A From that is made anonymous is the one of its leg: later requests, ACK and CANCEL there have it too, and requests in the
                  dialog bring no identity after all, even if they do not ask for privacy again. The caller's own leg is as it was.
                - An emergency call (D12) shows its From, since help calls back.
                - "parties": whoever asks for privacy in Diversion (`privacy` other than `off`) or in History-Info (`?Privacy=history` in
                  the URI) becomes `<sip:anonymous@anonymous.invalid>` outside the domain. Reason, counter and index stay.

                ## Diversions of ours

                When somebody of ours sends a call on, or a callee redirects it, each INVITE from then on tells of it: on top of those that
                came `Diversion: <sip:number@our-host>;reason=...;counter=1`, without touching them (RFC 5806).

                | what sends the call on | who diverts | reason |
                |---|---|---|
                | a forward, or a number that a flow dials | the number of ours that was dialled | unconditional |
                | a user's `fwd_always` | the same | unconditional |
                | `fwd_busy` of a user at his limit, and what a flow or an overflow goes on to after busy | the same | user-busy |
                | `fwd_busy` of a user who is not to be disturbed | the same | do-not-disturb |
                | what follows when time was up | the same | no-answer |
                | what follows when nobody could be reached | the same | unavailable |
                | a 3xx, to another number | the number that was called | what its own Diversion says, else deflection |

                - A trunk that a number, an extension, business hours, a group or a flow leads to at first is where the call was dialled:
                  that is no diversion. Media servers hear the cause in their own way (RFC 4458).
                - Where the caller's INVITE has History-Info and no Diversion, ours goes there instead, below what came (RFC 7044), with the
                  causes of RFC 7544: 302 unconditional, 486 user-busy, 408 no-answer, 480 deflection, 503 unavailable, 404 any other. Where
                  it has both, so do we. Neither is made from the other.
                - A call has at most five diversions behind it (D6): Diversion entries count as their `counter` says, entries of
                  History-Info one each, and ours. One that comes with more gets 482. A forward that would be the sixth is not tried:
                  what follows it takes the call, or else 482. Nor is a redirect.

                ## Fields

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
            case TRANSLATE -> "passes with the other leg's CSeq, or the other leg's dialog";
            case RELIABLE -> "passes to whoever offered 100rel";
            case PASS_WITH_BODY -> "passes with the body, or stays with it";
            case PASS_UNLESS_CALLER_CHANGED -> "passes, caller unchanged";
            case ASSERTED -> "passes as asserted identity, caller unchanged";
            case PERSONAL -> "passes, with privacy `user` not to the outside";
            case PARTIES -> "passes, parties with privacy anonymous to the outside";
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
