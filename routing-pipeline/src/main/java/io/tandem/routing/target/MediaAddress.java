package io.tandem.routing.target;

import io.tandem.routing.configuration.AccountPlan;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.model.Media;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * How a media server is asked for a service: by the user part and the parameters of the Request-URI, and by a few headers for what
 * has no place there. Allocates: once per call that goes to media.
 */
public final class MediaAddress {
    /** Whose call it is: {@code acc_} and a ULID. */
    public static final String ACCOUNT_HEADER = "X-Tandem-Account";

    /** What it is for: the kind, a blank, and the identifier. */
    public static final String TARGET_HEADER = "X-Tandem-Target";

    /** Language of prompts. */
    public static final String LANGUAGE_HEADER = "X-Tandem-Language";

    /** Voice of prompts, {@code female} or {@code male}. */
    public static final String VOICE_HEADER = "X-Tandem-Voice";

    /** What to do with a mailbox: {@code deposit} or {@code retrieve}. */
    public static final String MAILBOX_HEADER = "X-Tandem-Mailbox";

    /** Node of the flow at which the dialogue begins. */
    public static final String NODE_HEADER = "X-Tandem-Node";

    /** What is spoken first, escaped as in a URI. */
    public static final String TEXT_HEADER = "X-Tandem-Text";

    private static final String UNRESERVED = "-_.!~*'()[]/:&+$";

    private final AccountPlan account;
    private final TrunkPlan trunk;
    private final String hostPort;

    /** Services of an account's media server. */
    public MediaAddress(final AccountPlan account, final TrunkPlan trunk) {
        this.account = account;
        this.trunk = trunk;
        hostPort = new String(trunk.host(), StandardCharsets.US_ASCII) + ':' + trunk.port();
    }

    /** A mixer (RFC 4240 section 5): {@code sip:conf=ULID@host}. */
    public TargetPlan.ToMedia mixer(final TargetKind kind, final ResourceId id) {
        return toMedia(kind, id, "sip:conf=" + id.ulid() + '@' + hostPort, account.language(), null);
    }

    /** Music that does not end, or else an announcement (RFC 4240 section 3): {@code sip:annc@host;play=...}. */
    public TargetPlan.ToMedia announcement(
            final TargetKind kind, final ResourceId id, final Media media, final boolean forever, final String language) {
        final String play = media == null ? "stream://moh/" + accountId() : media.objectKey();
        final String uri = "sip:annc@" + hostPort + ";play=" + escaped(play) + (forever ? ";repeat=forever" : "");
        return toMedia(kind, id, uri, language.isEmpty() ? account.language() : language, null);
    }

    /**
     * A mailbox that takes a message (RFC 4458): {@code sip:voicemail@host;target=...;cause=486}.
     *
     * @param cause why the call comes here, 0 if it was called by itself.
     */
    public TargetPlan.ToMedia deposit(final ResourceId box, final int cause) {
        final String uri = mailbox(box) + (cause == 0 ? "" : ";cause=" + cause);
        return toMedia(TargetKind.VOICEMAIL, box, uri, account.language(), "deposit");
    }

    /**
     * A dialogue that a flow has with the caller from one of its nodes on (RFC 4240 section 4): {@code sip:dialog@host}.
     *
     * @param text what is spoken first, variables filled in; empty for what the node plays.
     */
    public TargetPlan.ToMedia dialogue(final ResourceId flow, final String nodeId, final String text) {
        final TargetPlan.ToMedia media =
                toMedia(TargetKind.FLOW, flow, "sip:dialog@" + hostPort, account.language(), null);
        final List<MediaHeader> headers = new ArrayList<>(media.headers());
        headers.add(new MediaHeader(NODE_HEADER, escaped(nodeId)));
        if (!text.isEmpty()) {
            headers.add(new MediaHeader(TEXT_HEADER, escaped(text)));
        }
        return new TargetPlan.ToMedia(
                media.kind(), media.idHigh(), media.idLow(), trunk, media.requestUri(), List.copyOf(headers));
    }

    /**
     * A mailbox that its owner listens to.
     *
     * @param box {@link ResourceId#NIL} to ask him which.
     */
    public TargetPlan.ToMedia retrieve(final ResourceId box) {
        final String uri = box.isNil() ? "sip:voicemail@" + hostPort : mailbox(box);
        return toMedia(TargetKind.VOICEMAIL, box, uri, account.language(), "retrieve");
    }

    private String mailbox(final ResourceId box) {
        final String host = hostPort.substring(0, hostPort.lastIndexOf(':'));
        final String target = "sip:" + box.prefixed(ResourceKind.VOICEMAIL_BOXES) + '@' + host;
        return "sip:voicemail@" + hostPort + ";target=" + escaped(target);
    }

    private TargetPlan.ToMedia toMedia(
            final TargetKind kind, final ResourceId id, final String uri, final String language, final String mailbox) {
        final List<MediaHeader> headers = new ArrayList<>();
        headers.add(new MediaHeader(ACCOUNT_HEADER, accountId()));
        if (!id.isNil()) {
            headers.add(new MediaHeader(TARGET_HEADER, kind.word() + ' ' + id.prefixed(kind.prefix())));
        }
        headers.add(new MediaHeader(LANGUAGE_HEADER, escaped(language)));
        if (!account.voice().isEmpty()) {
            headers.add(new MediaHeader(VOICE_HEADER, account.voice()));
        }
        if (mailbox != null) {
            headers.add(new MediaHeader(MAILBOX_HEADER, mailbox));
        }
        return new TargetPlan.ToMedia(kind, id.high(), id.low(), trunk, uri, List.copyOf(headers));
    }

    private String accountId() {
        return new ResourceId(account.idHigh(0), account.idLow(0)).prefixed(ResourceKind.ACCOUNTS);
    }

    /** What may not stand in a parameter of a URI becomes {@code %XX} (RFC 3261 section 25.1, {@code paramchar}). */
    private static String escaped(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if ((b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || (b > 0 && UNRESERVED.indexOf(b) >= 0)) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }
}
