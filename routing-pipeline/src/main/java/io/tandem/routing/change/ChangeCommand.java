package io.tandem.routing.change;

import io.tandem.journal.record.ConfigurationChangeDecoder;
import io.tandem.journal.record.ConfigurationChangeEncoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A change as it enters through the ring and stays in the journal: what each resource was and what it becomes, so that it can
 * be applied and undone.
 *
 * <p>The edits before they are compressed, big endian; a length of -1 stands for no resource:
 *
 * <pre>
 *   count:4, then for each: kind:4 idHigh:8 idLow:8 beforeLength:4 before... afterLength:4 after...
 * </pre>
 *
 * @param baseRevision revision that it was checked against.
 * @param revision revision that it makes.
 */
public record ChangeCommand(long baseRevision, long revision, String actor, String action, List<Transition> edits) {
    /** Longest command, encoded. */
    public static final int BYTES_MAX = 64_000;

    /** Longest {@link #editsBytes()}: what a hostile command may make us allocate. */
    public static final int EDITS_BYTES_MAX = 8 << 20;

    /** Copies the list. */
    public ChangeCommand {
        edits = List.copyOf(edits);
    }

    /**
     * What becomes of one resource.
     *
     * @param before as it was, or null if it was not there.
     * @param after as it becomes, or null if it goes.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Transition(ResourceKind kind, ResourceId id, byte[] before, byte[] after) {}

    /** Bytes of the edits before they are compressed; more than {@link #EDITS_BYTES_MAX} cannot be read back. */
    public long editsBytes() {
        long length = Integer.BYTES;
        for (final Transition edit : edits) {
            length += 3 * Integer.BYTES + 2 * Long.BYTES + length(edit.before) + length(edit.after);
        }
        return length;
    }

    /** The command as bytes; more than {@link #BYTES_MAX} must not be sent. */
    public byte[] encode() {
        final byte[] raw = raw();
        final byte[] compressed = compress(raw);
        final byte[] actorBytes = actor.getBytes(StandardCharsets.UTF_8);
        final byte[] actionBytes = action.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[128 + actorBytes.length + actionBytes.length + compressed.length]);
        final ConfigurationChangeEncoder encoder = new ConfigurationChangeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .baseRevision(baseRevision)
                .revision(revision)
                .editsBytes(raw.length)
                .putActor(actorBytes, 0, actorBytes.length)
                .putAction(actionBytes, 0, actionBytes.length)
                .putEdits(compressed, 0, compressed.length);
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException when it is damaged.
     */
    public static ChangeCommand decode(final DirectBuffer buffer, final int offset) {
        final ConfigurationChangeDecoder decoder = new ConfigurationChangeDecoder();
        decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        final String actor = utf8(new byte[decoder.actorLength()], decoder);
        final byte[] action = new byte[decoder.actionLength()];
        decoder.getAction(action, 0, action.length);
        final byte[] compressed = new byte[decoder.editsLength()];
        decoder.getEdits(compressed, 0, compressed.length);
        return new ChangeCommand(
                decoder.baseRevision(),
                decoder.revision(),
                actor,
                new String(action, StandardCharsets.UTF_8),
                decodeEdits(compressed, decoder.editsBytes()));
    }

    private static String utf8(final byte[] bytes, final ConfigurationChangeDecoder decoder) {
        decoder.getActor(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] raw() {
        final ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(editsBytes()));
        raw.putInt(edits.size());
        for (final Transition edit : edits) {
            raw.putInt(edit.kind.code()).putLong(edit.id.high()).putLong(edit.id.low());
            put(raw, edit.before);
            put(raw, edit.after);
        }
        return raw.array();
    }

    private static int length(final byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(final ByteBuffer raw, final byte[] bytes) {
        if (bytes == null) {
            raw.putInt(-1);
        } else {
            raw.putInt(bytes.length).put(bytes);
        }
    }

    /**
     * Reads edits as they stand in a command or in the record of one.
     *
     * @param editsBytes their length before they were compressed.
     * @throws IllegalArgumentException when they are damaged.
     */
    public static List<Transition> decodeEdits(final byte[] compressed, final long editsBytes) {
        if (editsBytes < Integer.BYTES || editsBytes > EDITS_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "edits of a configuration change have an impossible length: bytes=" + editsBytes);
        }
        final ByteBuffer raw = ByteBuffer.wrap(expand(compressed, (int) editsBytes));
        final List<Transition> edits = new ArrayList<>();
        for (int left = raw.getInt(); left > 0; left--) {
            final ResourceKind kind = ResourceKind.ofCode(raw.getInt());
            final ResourceId id = new ResourceId(raw.getLong(), raw.getLong());
            edits.add(new Transition(kind, id, take(raw), take(raw)));
        }
        return edits;
    }

    private static byte[] take(final ByteBuffer raw) {
        final int length = raw.getInt();
        if (length < 0) {
            return null;
        }
        final byte[] bytes = new byte[length];
        raw.get(bytes);
        return bytes;
    }

    private static byte[] compress(final byte[] raw) {
        final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(raw);
            deflater.finish();
            final byte[] room = new byte[raw.length + (raw.length >> 3) + 64];
            final int length = deflater.deflate(room);
            return ByteBuffer.allocate(length).put(room, 0, length).array();
        } finally {
            deflater.end();
        }
    }

    private static byte[] expand(final byte[] compressed, final int length) {
        final Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            final byte[] raw = new byte[length + 1];
            if (inflater.inflate(raw) != length || !inflater.finished()) {
                throw new IllegalArgumentException("edits of a configuration change end early: bytes=" + length);
            }
            return raw;
        } catch (final DataFormatException e) {
            throw new IllegalArgumentException("edits of a configuration change are damaged: bytes=" + length, e);
        } finally {
            inflater.end();
        }
    }
}
