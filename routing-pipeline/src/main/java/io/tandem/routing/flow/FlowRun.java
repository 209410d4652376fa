package io.tandem.routing.flow;

import io.tandem.routing.model.FlowVariables;
import io.tandem.routing.model.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One call on its way through a flow: where it waits, its variables, and how many nodes it has seen. Reused from call
 * to call; written by the core's thread. All that decides what happens next is in the encoded form:
 *
 * <pre>
 *   0  format, 1 byte: 1        1  node's identifier, length     2  variables, count    3  1 if a revision is last
 *   4  steps, 4 bytes           8  requests, 4 bytes            12  refused, 4 bytes
 *  16  seed, 8 bytes           24  flow, 16 bytes               40  version, 4 bytes
 *  44  node's identifier; then for each variable: name length 1, value length 2, name, value; then revision, 8 bytes
 * </pre>
 *
 * The revision stands last since builds that do not know it leave unread what is behind the variables.
 */
public final class FlowRun {
    /** Most bytes of the encoded form. */
    public static final int ENCODED_BYTES_MAX =
            44 + 64 + FlowVariables.COUNT_MAX * (3 + FlowVariables.NAME_BYTES_MAX + FlowVariables.VALUE_BYTES_MAX) + 8;

    private static final int HEADER_BYTES = 44;
    private static final int FORMAT = 1;
    private static final int WITH_REVISION = 1;
    private static final String NOWHERE = "";
    private static final int VARIABLES_FIRST = 8;

    private String[] names = new String[VARIABLES_FIRST];
    private String[] values = new String[VARIABLES_FIRST];
    private int count;
    private String nodeId = NOWHERE;
    private int refused;
    private long flowHigh;
    private long flowLow;
    private long revision;

    int version;
    int steps;
    int requests;
    long seed;

    /** Makes it fit for another call. */
    public void clear() {
        Arrays.fill(names, 0, count, null);
        Arrays.fill(values, 0, count, null);
        count = 0;
        nodeId = NOWHERE;
        refused = 0;
        flowHigh = 0;
        flowLow = 0;
        revision = 0;
        version = 0;
        steps = 0;
        requests = 0;
        seed = 0;
    }

    void begin(final FlowPlan plan, final long callSeed) {
        clear();
        flowHigh = plan.idHigh();
        flowLow = plan.idLow();
        version = plan.version();
        seed = callSeed;
    }

    /** By which revision of the configuration it has just begun. */
    public void begunBy(final long newRevision) {
        revision = newRevision;
    }

    void waitAt(final String id) {
        nodeId = id;
    }

    void end() {
        nodeId = NOWHERE;
    }

    /** Whether it waits for an outcome. */
    public boolean isWaiting() {
        return !nodeId.isEmpty();
    }

    /** The node that it waits at, empty if it does not wait. */
    public String nodeId() {
        return nodeId;
    }

    /** Upper half of the flow's identifier. */
    public long flowHigh() {
        return flowHigh;
    }

    /** Lower half of the flow's identifier. */
    public long flowLow() {
        return flowLow;
    }

    /** In which flow it is, and in which graph of it. */
    public FlowWait where() {
        return new FlowWait(new ResourceId(flowHigh, flowLow), revision);
    }

    /** Version of the flow that it last saw. */
    public int version() {
        return version;
    }

    /** Nodes that it has seen. */
    public int steps() {
        return steps;
    }

    /** Variables that were not taken: badly named, or one too many. */
    public int refused() {
        return refused;
    }

    /** How many variables there are. */
    public int variableCount() {
        return count;
    }

    /** What a variable says, empty if there is none of that name. */
    public String get(final String name) {
        final int index = indexOf(name);
        return index < 0 ? "" : values[index];
    }

    /**
     * Gives a variable a value, cut to {@link FlowVariables#VALUE_BYTES_MAX}; one that cannot be is counted in {@link
     * #refused()}.
     */
    void set(final String name, final String value) {
        int index = indexOf(name);
        if (index < 0) {
            if (count == FlowVariables.COUNT_MAX || !FlowVariables.isName(name)) {
                refused++;
                return;
            }
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            index = count++;
            names[index] = name;
        }
        values[index] = FlowVariables.cut(value);
    }

    /**
     * Writes it.
     *
     * @return how many bytes, at most {@link #ENCODED_BYTES_MAX}.
     */
    public int encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, (byte) FORMAT);
        buffer.putByte(offset + 1, (byte) nodeId.length());
        buffer.putByte(offset + 2, (byte) count);
        buffer.putByte(offset + 3, (byte) WITH_REVISION);
        buffer.putInt(offset + 4, steps);
        buffer.putInt(offset + 8, requests);
        buffer.putInt(offset + 12, refused);
        buffer.putLong(offset + 16, seed);
        buffer.putLong(offset + 24, flowHigh);
        buffer.putLong(offset + 32, flowLow);
        buffer.putInt(offset + 40, version);
        int at = offset + HEADER_BYTES;
        at += buffer.putStringWithoutLengthAscii(at, nodeId);
        for (int i = 0; i < count; i++) {
            final byte[] value = values[i].getBytes(StandardCharsets.UTF_8);
            buffer.putByte(at, (byte) names[i].length());
            buffer.putShort(at + 1, (short) value.length);
            at += 3;
            at += buffer.putStringWithoutLengthAscii(at, names[i]);
            buffer.putBytes(at, value);
            at += value.length;
        }
        buffer.putLong(at, revision);
        return at + Long.BYTES - offset;
    }

    /** What {@link #where} says of the run that {@link #encode} wrote, without reading the rest of it. */
    public static FlowWait where(final DirectBuffer buffer, final int offset, final int length) {
        return new FlowWait(
                new ResourceId(buffer.getLong(offset + 24), buffer.getLong(offset + 32)),
                buffer.getByte(offset + 3) == WITH_REVISION ? buffer.getLong(offset + length - Long.BYTES) : 0);
    }

    /**
     * Reads it back; what it was before is gone.
     *
     * @throws IllegalArgumentException if the bytes are not what {@link #encode} writes.
     */
    public void decode(final DirectBuffer buffer, final int offset, final int length) {
        clear();
        if (length < HEADER_BYTES || buffer.getByte(offset) != FORMAT) {
            throw new IllegalArgumentException("flow run unreadable: bytes=" + length);
        }
        steps = buffer.getInt(offset + 4);
        requests = buffer.getInt(offset + 8);
        refused = buffer.getInt(offset + 12);
        seed = buffer.getLong(offset + 16);
        flowHigh = buffer.getLong(offset + 24);
        flowLow = buffer.getLong(offset + 32);
        version = buffer.getInt(offset + 40);
        final int end = offset + length;
        final int idLength = buffer.getByte(offset + 1) & 0xff;
        int at = within(offset + HEADER_BYTES, idLength, end);
        nodeId = buffer.getStringWithoutLengthAscii(at, idLength);
        at += idLength;
        for (int i = buffer.getByte(offset + 2) & 0xff; i > 0; i--) {
            within(at, 3, end);
            final int nameLength = buffer.getByte(at) & 0xff;
            final int valueLength = buffer.getShort(at + 1) & 0xffff;
            at = within(at + 3, nameLength + valueLength, end);
            final byte[] value = new byte[valueLength];
            buffer.getBytes(at + nameLength, value);
            set(buffer.getStringWithoutLengthAscii(at, nameLength), new String(value, StandardCharsets.UTF_8));
            at += nameLength + valueLength;
        }
        refused = buffer.getInt(offset + 12);
        if (buffer.getByte(offset + 3) == WITH_REVISION) {
            within(at, Long.BYTES, end);
            revision = buffer.getLong(at);
        }
    }

    private static int within(final int at, final int length, final int end) {
        if (at + length > end) {
            throw new IllegalArgumentException("flow run cut short: bytes=" + (end - at) + " needed=" + length);
        }
        return at;
    }

    private int indexOf(final String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
