package io.tandem.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.sip.HeaderName;
import io.tandem.sip.MessageCheck;
import io.tandem.sip.Method;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the rig says must be SIP in the eyes of the codec, and what it reads must be what the other side said. */
class RigMessagesTest {
    private static final InetSocketAddress CALLER = BenchCommand.address("127.0.0.2:5070");
    private static final InetSocketAddress CALLEE = BenchCommand.address("127.0.0.3:5080");
    private static final InetSocketAddress TARGET = BenchCommand.address("127.0.0.1:5060");
    private static final long ID = CallId.of(0x123, 0x89ABCDEFL, 0xF0F0F);
    private static final String HEX = "12389abcdeff0f0f";

    private final CallMessages callerSays = new CallMessages(CALLER, TARGET, "12025550123");
    private final AnswerMessages calleeSays = new AnswerMessages(CALLEE);

    private static SipMessage parsed(final byte[] bytes, final int length) {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertThat(message.wrap(new UnsafeBuffer(bytes), 0, length)).isEqualTo(Problem.NONE);
        assertThat(new MessageCheck().check(message)).isEqualTo(Problem.NONE);
        assertThat(message.length()).isEqualTo(length);
        return message;
    }

    private static String value(final SipMessage message, final HeaderName name) {
        final int header = message.first(name);
        assertThat(header).as("header " + name).isNotEqualTo(SipMessage.NONE);
        return message.buffer().getStringWithoutLengthAscii(message.valueOffset(header), message.valueLength(header));
    }

    private static IncomingMessage incoming(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new IncomingMessage().wrap(bytes, bytes.length);
    }

    private static String text(final OutgoingMessage message) {
        return new String(message.bytes, 0, message.length(), StandardCharsets.US_ASCII);
    }

    private IncomingMessage invite() {
        final byte[] bytes = Arrays.copyOf(callerSays.invite(ID), callerSays.inviteLength());
        final IncomingMessage invite = new IncomingMessage().wrap(bytes, bytes.length);
        assertThat(invite.index()).isTrue();
        return invite;
    }

    @Test
    void shouldPackAndUnpackIdentifiers() {
        assertThat(Long.toHexString(ID)).isEqualTo(HEX);
        assertThat(CallId.number(ID)).isEqualTo(0x89ABCDEFL);
        assertThat(CallId.slot(ID)).isEqualTo(0xF0F0F);
    }

    @Test
    void shouldInvite() {
        final SipMessage message = parsed(callerSays.invite(ID), callerSays.inviteLength());
        assertThat(message.method()).isEqualTo(Method.INVITE);
        assertThat(value(message, HeaderName.VIA)).endsWith(";branch=z9hG4bKtbi" + HEX);
        assertThat(value(message, HeaderName.FROM)).endsWith(";tag=tbr" + HEX);
        assertThat(value(message, HeaderName.CALL_ID)).isEqualTo("tb" + HEX + "@127.0.0.2");
        assertThat(message.bodyLength()).isPositive();
        assertThat(invite().sessionId()).isEqualTo(ID);
    }

    @Test
    void shouldPatchEveryPlaceOfTheNextInvite() {
        callerSays.invite(ID);
        final String next = new String(callerSays.invite(CallId.of(1, 2, 3)), StandardCharsets.US_ASCII);
        assertThat(next).doesNotContain(HEX).doesNotContain("#");
        assertThat(next.split("0010000000200003", -1)).hasSize(5);
    }

    @Test
    void shouldAnswerWithWhatTheInviteHad() {
        final IncomingMessage invite = invite();
        final OutgoingMessage ringing = calleeSays.ringing(invite, ID);
        final SipMessage provisional = parsed(ringing.bytes, ringing.length());
        assertThat(provisional.statusCode()).isEqualTo(180);
        assertThat(value(provisional, HeaderName.TO)).endsWith(";tag=tbc" + HEX);
        final OutgoingMessage answer = calleeSays.answer(invite, ID);
        final SipMessage success = parsed(answer.bytes, answer.length());
        assertThat(success.statusCode()).isEqualTo(200);
        assertThat(value(success, HeaderName.VIA)).endsWith("i" + HEX);
        assertThat(value(success, HeaderName.CSEQ)).isEqualTo("1 INVITE");
        assertThat(success.bodyLength()).isPositive();
    }

    @Test
    void shouldFindItsBranchInAnyResponse() {
        final OutgoingMessage answer = calleeSays.answer(invite(), ID);
        final IncomingMessage response = incoming(text(answer));
        assertThat(response.status()).isEqualTo(200);
        final int branch = response.ownBranch();
        assertThat((char) response.bytes[branch]).isEqualTo('i');
        assertThat(response.id(branch + 1)).isEqualTo(ID);
    }

    @Test
    void shouldReleaseAlongTheRouteSetInReverse() {
        final String text = text(calleeSays.answer(invite(), ID))
                .replaceFirst("\r\nFrom:", "\r\nRecord-Route: <sip:near;lr>\r\nrecord-route : <sip:far;lr>\r\nFrom:");
        final IncomingMessage answer = incoming(text);
        assertThat(answer.index()).isTrue();
        final OutgoingMessage bye = callerSays.bye(ID, answer);
        final SipMessage message = parsed(bye.bytes, bye.length());
        assertThat(text(bye)).startsWith("BYE sip:rig@127.0.0.3:5080 SIP/2.0\r\n");
        assertThat(text(bye)).contains("Route: <sip:far;lr>\r\nRoute: <sip:near;lr>\r\n");
        assertThat(value(message, HeaderName.CSEQ)).isEqualTo("2 BYE");
        assertThat(value(message, HeaderName.TO)).endsWith(";tag=tbc" + HEX);
        assertThat(value(message, HeaderName.VIA)).endsWith("tbb" + HEX);
        final OutgoingMessage ack = callerSays.ackOfSuccess(ID, answer);
        assertThat(parsed(ack.bytes, ack.length()).method()).isEqualTo(Method.ACK);
    }

    @Test
    void shouldAcknowledgeAFailureInTheTransactionOfTheInvite() {
        final IncomingMessage refusal = incoming(text(calleeSays.answer(invite(), ID))
                .replaceFirst("200 OK", "486 Busy Here")
                .replaceFirst("\r\nFrom:", "\r\nRecord-Route: <sip:near;lr>\r\nFrom:"));
        assertThat(refusal.index()).isTrue();
        final OutgoingMessage ack = callerSays.ackOfFailure(ID, refusal);
        final SipMessage message = parsed(ack.bytes, ack.length());
        assertThat(text(ack))
                .startsWith("ACK sip:12025550123@127.0.0.1:5060 SIP/2.0\r\n")
                .doesNotContain("Route:");
        assertThat(value(message, HeaderName.VIA)).endsWith("tbi" + HEX);
    }

    @Test
    void shouldReadCompactAndFoldedHeaders() {
        final IncomingMessage message = incoming("BYE sip:rig@127.0.0.3 SIP/2.0\r\n"
                + "v: SIP/2.0/UDP a;branch=z9hG4bK1\r\nVIA: SIP/2.0/UDP b\r\n ;branch=z9hG4bK2\r\n"
                + "f: <sip:a>;tag=1\r\nt: <sip:b>\r\n\t;tag=tbc" + HEX
                + "\r\ni: x\r\nm: <sip:c>\r\nCSeq: 2 BYE\r\n\r\n");
        assertThat(message.index()).isTrue();
        assertThat(message.vias.count).isEqualTo(2);
        assertThat(message.calleeTagId()).isEqualTo(ID);
        final OutgoingMessage ok = calleeSays.ok(message);
        assertThat(parsed(ok.bytes, ok.length()).count(HeaderName.VIA)).isEqualTo(2);
    }

    @Test
    void shouldNotIndexWhatCannotBeAnswered() {
        assertThat(incoming("BYE sip:a SIP/2.0\r\nFrom: <sip:a>\r\nTo: <sip:b>\r\nCSeq: 1 BYE\r\n\r\n")
                        .index())
                .isFalse();
    }

    @Test
    void shouldTellForeignBranchesAndSessions() {
        final IncomingMessage response = incoming("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKother\r\n\r\n");
        assertThat(response.ownBranch()).isEqualTo(IncomingMessage.NONE);
        assertThat(response.sessionId()).isEqualTo(IncomingMessage.NONE);
        assertThat(incoming("a=x-tb:00000000000000zz\r\n").sessionId()).isEqualTo(IncomingMessage.NONE);
    }
}
