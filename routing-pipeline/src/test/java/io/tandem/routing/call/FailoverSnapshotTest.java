package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.header;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.CoreStateDecoder;
import io.tandem.journal.record.CoreStateEncoder;
import io.tandem.journal.record.MessageHeaderDecoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.snapshot.StateKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Calls from builds that wrote less of them: without their candidates, without what follows. */
class FailoverSnapshotTest {
    /** What a call with one candidate left has behind its attempts: flag, count, trunk, and what the next offer needs. */
    private static final List<Long> FAILOVER_NUMBERS = List.of(0L, 1L, 2L, 3L, 0L, -1L, 0L, 0L, 0L, 5L, 1L);

    private static final int FAILOVER_STRINGS = 2;

    /** Behind that: nothing follows, no ring time, no question, what the next trunk is shown, and no diversion. */
    private static final List<Long> FOLLOWING_NUMBERS = List.of(0L, 0L, 0L, 12025550101L, 0L);

    private static final int FOLLOWING_STRINGS = 1;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig = new CoreRig(false, configuration);

    private static byte[] withoutCandidates(final byte[] record) {
        return without(
                without(record, FOLLOWING_NUMBERS, FOLLOWING_STRINGS), FAILOVER_NUMBERS, FAILOVER_STRINGS);
    }

    private static byte[] withoutWhatFollows(final byte[] record) {
        return without(record, FOLLOWING_NUMBERS, FOLLOWING_STRINGS);
    }

    private static byte[] without(final byte[] record, final List<Long> numbersAdded, final int stringsAdded) {
        final CoreStateDecoder state = new CoreStateDecoder();
        state.wrapAndApplyHeader(new UnsafeBuffer(record), 0, new MessageHeaderDecoder());
        if (StateKind.ofCode(state.kind()) != StateKind.CALL) {
            return record;
        }
        final List<Long> numbers = new ArrayList<>();
        final List<byte[]> strings = new ArrayList<>();
        state.numbers().forEach(number -> numbers.add(number.value()));
        state.strings().forEach(string -> {
            final byte[] bytes = new byte[string.bytesLength()];
            string.getBytes(bytes, 0, bytes.length);
            strings.add(bytes);
        });
        assertThat(numbers.subList(numbers.size() - numbersAdded.size(), numbers.size()))
                .isEqualTo(numbersAdded);
        final CoreStateEncoder encoder = new CoreStateEncoder();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .kind(state.kind())
                .slot(state.slot())
                .serial(state.serial())
                .proof(state.proof());
        final int numberCount = numbers.size() - numbersAdded.size();
        final CoreStateEncoder.NumbersEncoder numberGroup = encoder.numbersCount(numberCount);
        numbers.subList(0, numberCount).forEach(number -> numberGroup.next().value(number));
        final int stringCount = strings.size() - stringsAdded;
        final CoreStateEncoder.StringsEncoder stringGroup = encoder.stringsCount(stringCount);
        strings.subList(0, stringCount).forEach(bytes -> stringGroup.next().putBytes(bytes, 0, bytes.length));
        return SlicedSnapshots.bytes(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    @Test
    void shouldReadACallThatKnowsOfNoOtherTrunk() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
        rig.configure();
        final String sent = rig.offered("f");
        rig.swap(FailoverSnapshotTest::withoutCandidates);
        rig.fromCallee(response(sent, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("f", "", ""), rig.caller("SIP/2.0 500 ")));
        rig.over();
    }

    @Test
    void shouldReadACallThatKnowsOfNothingThatFollows() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
        rig.configure();
        final String sent = rig.offered("f");
        rig.swap(FailoverSnapshotTest::withoutWhatFollows);
        rig.fromCallee(response(sent, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        final String next = rig.other("INVITE ");
        assertThat(header(next, "From")).startsWith("\"Alice\" <sip:12025550100@");
        rig.from(0xFFFF_7F00_0004L, CoreRig.CALLEE_PORT, response(next, "486 Busy Here", "carol"));
        rig.other("ACK ");
        rig.fromCaller(failureAck(invite("f", "", ""), rig.caller("SIP/2.0 486 ")));
        rig.over();
    }

    @Test
    void shouldKeepTheLongestDurationOfSuchACallWhenItIsRedirected() {
        configuration.account = ",'max_call_sec':60";
        rig.configure();
        final String sent = rig.offered("f");
        final Call call = rig.core.exchange().calls.get(0);
        call.candidates.maxCallSec = 0;
        configuration.account = "";
        rig.configure();
        rig.swap(record -> record);
        rig.fromCallee(response(sent, "302 Moved", "bob", "Contact: <sip:12025550124@127.0.0.3>\n", ""));
        rig.callee("ACK ");
        rig.callee("INVITE ");
        assertThat(rig.core.exchange().calls.get(0).maxCallSec).isEqualTo(60);
    }
}
