package io.tandem.perf.jmh;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageWriter;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import io.tandem.sip.Splice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every sent message pays: an INVITE spliced for its other leg, a response put together. The index is made before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SpliceBenchmark {
    private static final int OUT_BYTES = 65_536;

    private final UnsafeBuffer invite = SampleMessages.invite();
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final Splice splice = new Splice();
    private final MessageWriter writer = new MessageWriter();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[OUT_BYTES]);
    private final byte[] uri = ascii("sip:12025550123@198.51.100.30:5060");
    private final byte[] via = ascii("SIP/2.0/UDP 203.0.113.7:5060;branch=z9hG4bK00000000aa0f3c7d91e2");
    private final byte[] from = ascii("\"Alice Example\" <sip:+12025550100@203.0.113.7:5060>;tag=00000000bb1e4d8ea2f3");
    private final byte[] to = ascii("<sip:+12025550123@198.51.100.30:5060>");
    private final byte[] callId = ascii("00000000cc2d5e9fb304@203.0.113.7");
    private final byte[] contact = ascii("<sip:203.0.113.7:5060>");
    private final byte[] cSeq = ascii("1 INVITE");
    private final byte[] trying = ascii("Trying");

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Indexes the INVITE; fails the run if what comes out is not SIP. */
    @Setup
    public void verify() {
        message.wrap(invite, 0, invite.capacity());
        final SipMessage made = new SipMessage(SipLimits.DEFAULT);
        if (made.wrap(out, 0, spliceInvite()) != Problem.NONE || made.count(HeaderName.VIA) != 1) {
            throw new IllegalStateException("spliced message refused: problem=" + made.problem());
        }
        if (made.wrap(out, 0, writeTrying()) != Problem.NONE || made.statusCode() != 100) {
            throw new IllegalStateException("written message refused: problem=" + made.problem());
        }
    }

    @Benchmark
    public int spliceInvite() {
        splice.begin(message, out, 0, OUT_BYTES);
        splice.requestUri().ascii(uri);
        splice.dropAll(HeaderName.VIA);
        splice.insertFirst().header(HeaderName.VIA, via);
        splice.replaceField(message.first(HeaderName.FROM)).header(HeaderName.FROM, from);
        splice.replaceField(message.first(HeaderName.TO)).header(HeaderName.TO, to);
        splice.replaceField(message.first(HeaderName.CALL_ID)).header(HeaderName.CALL_ID, callId);
        splice.replaceField(message.first(HeaderName.CSEQ)).header(HeaderName.CSEQ, cSeq);
        splice.replaceField(message.first(HeaderName.CONTACT)).header(HeaderName.CONTACT, contact);
        splice.replaceField(message.first(HeaderName.MAX_FORWARDS)).header(HeaderName.MAX_FORWARDS, 66);
        return splice.end();
    }

    @Benchmark
    public int writeTrying() {
        return writer.wrap(out, 0, OUT_BYTES)
                .statusLine(100, trying)
                .fields(message, HeaderName.VIA)
                .fields(message, HeaderName.FROM)
                .fields(message, HeaderName.TO)
                .fields(message, HeaderName.CALL_ID)
                .fields(message, HeaderName.CSEQ)
                .contentLength(0)
                .crlf()
                .length();
    }
}
