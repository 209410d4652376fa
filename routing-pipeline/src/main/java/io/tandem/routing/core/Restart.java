package io.tandem.routing.core;

import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.journal.record.RestartedDecoder;
import io.tandem.journal.record.RestartedEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A process life begins: what {@code RESTARTED} inputs carry. Allocates; once per life.
 *
 * @param epoch     count of process starts over the journal
 * @param nowNs     monotonic time at which the new life begins
 * @param wallMs    wall clock, ms since 1970 UTC
 * @param build     version of the build
 * @param settings  {@link CoreSettings#toText()}
 * @param timeZones version of the time-zone data that schedules are read with; empty in journals of schema version 1
 * @param java      version of the Java runtime; empty in journals of schema version 1
 */
public record Restart(
        long epoch, long nowNs, long wallMs, String build, String settings, String timeZones, String java) {

    /** A life that no journal tells of: simulations, benchmarks, tests. */
    public static Restart unjournaled(
            final long epoch, final long nowNs, final long wallMs, final CoreSettings settings) {
        return new Restart(epoch, nowNs, wallMs, "", settings.toText(), "", "");
    }

    /** Reads an input's bytes. */
    public static Restart decode(final DirectBuffer buffer, final int offset) {
        final RestartedDecoder decoder = new RestartedDecoder();
        decoder.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        return new Restart(
                decoder.epoch(),
                decoder.nowNs(),
                decoder.wallMs(),
                text(decoder.buildLength(), decoder::getBuild),
                text(decoder.settingsLength(), decoder::getSettings),
                text(decoder.timeZonesLength(), decoder::getTimeZones),
                text(decoder.javaLength(), decoder::getJava));
    }

    /** The input's bytes. */
    public byte[] encode() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
        final RestartedEncoder encoder = new RestartedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .epoch(epoch)
                .nowNs(nowNs)
                .wallMs(wallMs);
        put(build, encoder::putBuild);
        put(settings, encoder::putSettings);
        put(timeZones, encoder::putTimeZones);
        put(java, encoder::putJava);
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private interface Bytes<T> {
        T at(byte[] bytes, int offset, int length);
    }

    private static String text(final int length, final Bytes<Integer> reader) {
        final byte[] bytes = new byte[length];
        reader.at(bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void put(final String text, final Bytes<RestartedEncoder> writer) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.at(bytes, 0, bytes.length);
    }
}
