package io.tandem.routing.stage;

import io.tandem.routing.flow.FlowRun;
import io.tandem.routing.flow.FlowWait;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.target.RingOutcome;
import io.tandem.routing.target.TargetPath;
import io.tandem.routing.target.TargetPlan;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where a call goes on when nobody takes it where it was sent: the overflow of a forward, then the flow that waits to hear how
 * it went. Written while targets are followed, kept with the call as bytes, read back and told the outcome when it is there.
 * Reused; core's thread; allocates.
 *
 * <pre>
 *   0  format, 1 byte: 1      1  targets passed, count       2  zero, 2 bytes
 *   4  ring time, 4 bytes, ms, 0 for none                    8  caller's budget, 4 bytes, ms
 *  12  forward, 16 bytes, zeros for none
 *  28  each target passed, the last one first: kind 1, identifier 16; then the run of the flow, if one waits
 * </pre>
 */
public final class WayOn {
    /** Most bytes of the encoded form. */
    public static final int ENCODED_BYTES_MAX = 28 + TargetPath.LENGTH_MAX * 17 + FlowRun.ENCODED_BYTES_MAX;

    private static final int HEADER_BYTES = 28;
    private static final int TARGET_BYTES = 17;
    private static final byte FORMAT = 1;

    private final FlowRun run = new FlowRun();
    private int ringMs;
    private int leftMs;
    private long forwardHigh;
    private long forwardLow;
    private TargetPath path;

    private RingOutcome rang;
    private int elapsedMs;
    private String outcome = "";
    private String data = "";

    /** Nothing follows. */
    public void clear() {
        run.clear();
        arrive();
        outcome = "";
        data = "";
    }

    /** The call has left the forward behind; the flow waits on. */
    void arrive() {
        ringMs = 0;
        leftMs = 0;
        forwardHigh = 0;
        forwardLow = 0;
        path = null;
        rang = null;
        elapsedMs = 0;
    }

    /** An external number is about to ring. */
    void ring(final TargetPlan.ToNumber number) {
        ringMs = number.ringMs();
        leftMs = number.leftMs();
        final boolean overflows = number.overflow().given();
        forwardHigh = overflows ? number.forwardHigh() : 0;
        forwardLow = overflows ? number.forwardLow() : 0;
        path = overflows ? number.path() : path;
    }

    /** A flow takes the call, which has passed these targets, the flow last. */
    void in(final TargetPath flowPath) {
        path = flowPath;
    }

    /** The targets that the call had passed when it came to the flow that waits, the flow included; null if none is known. */
    TargetPath flowPath() {
        TargetPath at = path;
        while (at != null
                && !(at.kind() == TargetKind.FLOW && at.idHigh() == run.flowHigh() && at.idLow() == run.flowLow())) {
            at = at.before();
        }
        return at;
    }

    /** Whoever is called may ring so many milliseconds. */
    void ring(final int mostMs) {
        ringMs = mostMs;
    }

    /** An attempt has come to nothing. */
    public void ended(final RingOutcome how, final int afterMs) {
        rang = how;
        elapsedMs = afterMs;
    }

    /**
     * A server has answered a flow, or not.
     *
     * @param how the outcome of the node.
     * @param variables as {@link io.tandem.routing.flow.AnswerVariables} extracts them; empty for none.
     */
    public void answered(final String how, final String variables) {
        outcome = how;
        data = variables;
    }

    /** Whether anything follows when nobody takes the call. */
    public boolean leadsOn() {
        return hasForward() || run.isWaiting();
    }

    /** How long it may ring, milliseconds; 0 for as long as anything may. */
    public int ringMs() {
        return ringMs;
    }

    FlowRun run() {
        return run;
    }

    boolean hasForward() {
        return (forwardHigh | forwardLow) != 0;
    }

    long forwardHigh() {
        return forwardHigh;
    }

    long forwardLow() {
        return forwardLow;
    }

    int leftMs() {
        return leftMs;
    }

    TargetPath path() {
        return path;
    }

    /** How the attempt ended, or null when a server was asked. */
    RingOutcome rang() {
        return rang;
    }

    int elapsedMs() {
        return elapsedMs;
    }

    String outcome() {
        return outcome;
    }

    String data() {
        return data;
    }

    /**
     * Writes what follows; not the outcome.
     *
     * @return how many bytes, at most {@link #ENCODED_BYTES_MAX}.
     */
    public int encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, FORMAT);
        buffer.putByte(offset + 1, (byte) (path == null ? 0 : path.length()));
        buffer.putShort(offset + 2, (short) 0);
        buffer.putInt(offset + 4, ringMs);
        buffer.putInt(offset + 8, leftMs);
        buffer.putLong(offset + 12, forwardHigh);
        buffer.putLong(offset + 20, forwardLow);
        int at = offset + HEADER_BYTES;
        for (TargetPath passed = path; passed != null; passed = passed.before()) {
            buffer.putByte(at, (byte) passed.kind().code());
            buffer.putLong(at + 1, passed.idHigh());
            buffer.putLong(at + 9, passed.idLow());
            at += TARGET_BYTES;
        }
        if (run.isWaiting()) {
            at += run.encode(buffer, at);
        }
        return at - offset;
    }

    /** In which flow a call waits whose way on {@link #encode} wrote; null if it waits in none. */
    public static FlowWait waitsIn(final DirectBuffer buffer, final int offset, final int length) {
        final int run = HEADER_BYTES + buffer.getByte(offset + 1) * TARGET_BYTES;
        return run < length ? FlowRun.where(buffer, offset + run, length - run) : null;
    }

    /** In which flow the call waits; null if in none. */
    public FlowWait waitsIn() {
        return run.isWaiting() ? run.where() : null;
    }

    /**
     * Reads it back; what it was before is gone.
     *
     * @throws IllegalArgumentException if the bytes are not what {@link #encode} writes.
     */
    public void decode(final DirectBuffer buffer, final int offset, final int length) {
        clear();
        final int passed = length < HEADER_BYTES ? -1 : buffer.getByte(offset + 1);
        final int end = HEADER_BYTES + passed * TARGET_BYTES;
        if (passed < 0 || passed > TargetPath.LENGTH_MAX || end > length || buffer.getByte(offset) != FORMAT) {
            throw new IllegalArgumentException("way on unreadable: bytes=" + length);
        }
        ringMs = buffer.getInt(offset + 4);
        leftMs = buffer.getInt(offset + 8);
        forwardHigh = buffer.getLong(offset + 12);
        forwardLow = buffer.getLong(offset + 20);
        for (int i = passed - 1; i >= 0; i--) {
            final int at = offset + HEADER_BYTES + i * TARGET_BYTES;
            path = new TargetPath(
                    path,
                    TargetKind.ofCode(buffer.getByte(at)),
                    buffer.getLong(at + 1),
                    buffer.getLong(at + 9),
                    passed - i);
        }
        if (end < length) {
            run.decode(buffer, offset + end, length - end);
        }
    }
}
