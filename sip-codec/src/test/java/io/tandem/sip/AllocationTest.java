package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The hot path allocates nothing: index, check, views, framing and splice of a hundred thousand messages. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 100_000;
    private static final byte[] VIA = Octets.ascii("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-tandem;rport");
    private static final byte[] Q = Octets.ascii("q");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<UnsafeBuffer> sources = Corpus.all().stream()
            .filter(specimen -> !specimen.path().startsWith("jsip-torture"))
            .map(specimen -> new UnsafeBuffer(specimen.octets()))
            .toList();
    private final UnsafeBuffer destination = new UnsafeBuffer(new byte[65_535]);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final MessageCheck check = new MessageCheck();
    private final Splice splice = new Splice();
    private final StreamFramer framer = new StreamFramer(SipLimits.DEFAULT);
    private final ValueIterator values = new ValueIterator();
    private final ViaValue via = new ViaValue();
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final SipUri otherUri = new SipUri();
    private final PrivacyValue privacy = new PrivacyValue();
    private final SdpGlance sdp = new SdpGlance();
    private final HostAddress address = new HostAddress();

    private long checksum;

    @Test
    void shouldNotAllocatePerMessage() {
        run(WARM_UP);
        // Reading the counter for the first time may allocate itself.
        threads.getCurrentThreadAllocatedBytes();

        final long before = threads.getCurrentThreadAllocatedBytes();
        run(MEASURED);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(checksum).isPositive();
        assertThat(allocated).isZero();
    }

    @Test
    void shouldNoticeAnAllocation() {
        final long before = threads.getCurrentThreadAllocatedBytes();
        final byte[] octets = new byte[64];
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isGreaterThanOrEqualTo(octets.length);
    }

    private void run(final int count) {
        for (int i = 0; i < count; i++) {
            checksum += one(sources.get(i % sources.size()));
        }
    }

    private int one(final UnsafeBuffer source) {
        final Problem problem = message.wrap(source, 0, source.capacity());
        if (problem != Problem.NONE || check.check(message) != Problem.NONE) {
            return 1;
        }
        look();
        splice.begin(message, destination, 0, destination.capacity());
        splice.dropAll(HeaderName.VIA).dropAll(HeaderName.RECORD_ROUTE);
        splice.insertFirst().header(HeaderName.VIA, VIA);
        splice.replaceValue(message.first(HeaderName.CSEQ))
                .number(42)
                .octet((byte) ' ')
                .ascii(Method.INVITE.bytes());
        splice.body().ascii(VIA);
        final int length = splice.end();
        framer.feed(destination, 0, length);
        return framer.poll() == StreamFramer.Event.MESSAGE ? length + framer.messageLength() : 0;
    }

    private void look() {
        values.reset(message, HeaderName.VIA);
        while (values.next()) {
            via.wrap(message.buffer(), values.valueOffset(), values.valueLength());
            address.wrap(message.buffer(), via.hostOffset(), via.hostLength());
        }
        values.reset(message, HeaderName.CONTACT);
        while (values.next()) {
            nameAddr.wrap(message.buffer(), values.valueOffset(), values.valueLength());
            if (nameAddr.findParameter(Q)) {
                checksum++;
            }
            if (!nameAddr.isWildcard()) {
                uri.wrap(message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength());
                otherUri.wrap(message.buffer(), nameAddr.uriOffset(), nameAddr.uriLength());
                checksum += uri.equivalent(otherUri) ? 1 : 0;
                checksum += Math.max(0, uri.digits(destination, 0));
            }
        }
        privacy.wrap(message);
        sdp.wrap(message.buffer(), message.bodyOffset(), message.bodyLength());
    }
}
