package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
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

/** Calls between builds that know failover and the one before, which wrote and reads calls without their candidates. */
class FailoverSnapshotTest {
    /** What a call with one candidate left has behind its attempts: flag, count, trunk, and four of the next offer. */
    private static final int NUMBERS_ADDED = 11;

    private static final int STRINGS_ADDED = 2;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig = new CoreRig(false, configuration);

    private static byte[] asBefore(final byte[] record) {
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
        assertThat(numbers.subList(numbers.size() - NUMBERS_ADDED, numbers.size()))
                .as("no progress, one candidate: trunk 2, 3; caller unchanged, no limit, no number,"
                        + " no emergency, its route: 5, 1")
                .containsExactly(0L, 1L, 2L, 3L, 0L, -1L, 0L, 0L, 0L, 5L, 1L);
        final CoreStateEncoder encoder = new CoreStateEncoder();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .kind(state.kind())
                .slot(state.slot())
                .serial(state.serial())
                .proof(state.proof());
        final int numberCount = numbers.size() - NUMBERS_ADDED;
        final CoreStateEncoder.NumbersEncoder numberGroup = encoder.numbersCount(numberCount);
        numbers.subList(0, numberCount).forEach(number -> numberGroup.next().value(number));
        final int stringCount = strings.size() - STRINGS_ADDED;
        final CoreStateEncoder.StringsEncoder stringGroup = encoder.stringsCount(stringCount);
        strings.subList(0, stringCount).forEach(bytes -> stringGroup.next().putBytes(bytes, 0, bytes.length));
        return SlicedSnapshots.bytes(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    @Test
    void shouldReadACallThatKnowsOfNoOtherTrunk() {
        configuration.further.add("'direction':'outbound','proxy':'127.0.0.4:5080'");
        rig.configure();
        final String sent = rig.offered("f");
        rig.swap(FailoverSnapshotTest::asBefore);
        rig.fromCallee(response(sent, "503 Service Unavailable", "bob"));
        rig.callee("ACK ");
        rig.fromCaller(failureAck(invite("f", "", ""), rig.caller("SIP/2.0 500 ")));
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
