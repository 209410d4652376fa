package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SipMessageTest {
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);

    @Test
    void shouldIndexRequest() {
        final UnsafeBuffer buffer = Texts.message(Texts.INVITE);

        assertThat(message.wrap(buffer, 0, buffer.capacity())).isEqualTo(Problem.NONE);

        assertThat(message.isRequest()).isTrue();
        assertThat(message.method()).isEqualTo(Method.INVITE);
        assertThat(Texts.text(buffer, message.uriOffset(), message.uriLength()))
                .isEqualTo("sip:bob@biloxi.example.com");
        assertThat(message.headerCount()).isEqualTo(9);
        assertThat(value(HeaderName.CALL_ID)).isEqualTo("3848276298220188511@atlanta.example.com");
        assertThat(value(HeaderName.FROM)).isEqualTo("Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl");
        assertThat(message.first(HeaderName.ROUTE)).isEqualTo(SipMessage.NONE);
        assertThat(Texts.text(buffer, message.bodyOffset(), message.bodyLength()))
                .isEqualTo("v=0");
        assertThat(message.length()).isEqualTo(buffer.capacity());
        assertThat(message.answerable()).isTrue();
    }

    private String value(final HeaderName name) {
        final int header = message.first(name);
        return Texts.text(message.buffer(), message.valueOffset(header), message.valueLength(header));
    }
}
