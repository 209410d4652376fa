package io.tandem.routing.stage;

import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The phrase of a rule with its value filled in. Allocates nothing. */
public final class ReasonText {
    /** Longest phrase with its value. */
    static final int LENGTH_MAX = 96;

    private static final byte[][] HEADS = new byte[Rule.values().length][];
    private static final byte[][] TAILS = new byte[Rule.values().length][];
    private static final byte[][] KINDS = new byte[TargetKind.values().length][];

    static {
        for (final Rule rule : Rule.values()) {
            final String text = rule.text();
            final int mark = text.indexOf('#');
            HEADS[rule.index()] = ascii(mark < 0 ? text : text.substring(0, mark));
            TAILS[rule.index()] = mark < 0 ? null : ascii(text.substring(mark + 1));
        }
        for (final TargetKind kind : TargetKind.values()) {
            KINDS[kind.code()] = ascii(kind.word());
        }
    }

    private ReasonText() {}

    /** Writes the phrase, at most 96 bytes of ASCII without quotes or backslashes; returns how many. */
    public static int write(final Rule rule, final int limit, final MutableDirectBuffer buffer, final int offset) {
        int at = put(buffer, offset, HEADS[rule.index()]);
        final byte[] tail = TAILS[rule.index()];
        if (tail != null) {
            if (rule == Rule.TARGET_KIND_NOT_BUILT || rule == Rule.TARGET_NEEDS_MEDIA) {
                at = put(buffer, at, KINDS[TargetKind.ofCode(limit).code()]);
            } else {
                at += buffer.putNaturalIntAscii(at, limit);
            }
            at = put(buffer, at, tail);
        }
        return at - offset;
    }

    /** The same as text, off the core's path. */
    static String text(final Rule rule, final int limit) {
        final byte[] bytes = new byte[LENGTH_MAX];
        final int length = write(rule, limit, new UnsafeBuffer(bytes), 0);
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private static int put(final MutableDirectBuffer buffer, final int at, final byte[] bytes) {
        buffer.putBytes(at, bytes);
        return at + bytes.length;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
