package io.tandem.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Name-addr, URIs, Via and IP addresses. */
class AddressesTest {
    private final NameAddr nameAddr = new NameAddr();
    private final SipUri uri = new SipUri();
    private final SipUri other = new SipUri();
    private final ViaValue via = new ViaValue();
    private final HostAddress address = new HostAddress();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[64]);

    private UnsafeBuffer buffer = Texts.buffer("");

    @Test
    void shouldReadNameAddr() {
        assertThat(nameAddr("\"Bell, \\\"A\\\"\" <sip:a;b@c;d?e=f> ; tag=43;x=\"y;z\""))
                .isTrue();
        assertThat(part(nameAddr.displayOffset(), nameAddr.displayLength())).isEqualTo("Bell, \\\"A\\\"");
        assertThat(part(nameAddr.uriOffset(), nameAddr.uriLength())).isEqualTo("sip:a;b@c;d?e=f");
        assertThat(part(nameAddr.tagOffset(), nameAddr.tagLength())).isEqualTo("43");
        assertThat(nameAddr.bracketed()).isTrue();
        assertThat(nameAddr.findParameter(Octets.ascii("x"))).isTrue();
        assertThat(nameAddr.findParameter(Octets.ascii("y"))).isFalse();
    }

    @Test
    void shouldGiveParametersToTheHeaderWithoutBrackets() {
        assertThat(nameAddr("sip:caller@example.net;tag=1;unknownparam")).isTrue();
        assertThat(part(nameAddr.uriOffset(), nameAddr.uriLength())).isEqualTo("sip:caller@example.net");
        assertThat(part(nameAddr.tagOffset(), nameAddr.tagLength())).isEqualTo("1");
        assertThat(nameAddr.bracketed()).isFalse();
        assertThat(nameAddr.displayOffset()).isEqualTo(Octets.NONE);
        assertThat(nameAddr.findParameter(Octets.ascii("unknownparam"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caller<sip:a@b>|caller|sip:a@b",
                "J Rosenberg <sip:a@b>|J Rosenberg|sip:a@b",
                "J. (mobile) & @home <sip:a@b>|J. (mobile) & @home|sip:a@b",
                "<tel:+1-201>||tel:+1-201",
            })
    void shouldReadUnquotedDisplayName(final String value, final String display, final String expected) {
        assertThat(nameAddr(value)).isTrue();
        assertThat(part(nameAddr.uriOffset(), nameAddr.uriLength())).isEqualTo(expected);
        if (display == null) {
            assertThat(nameAddr.displayOffset()).isEqualTo(Octets.NONE);
        } else {
            assertThat(part(nameAddr.displayOffset(), nameAddr.displayLength())).isEqualTo(display);
        }
    }

    @Test
    void shouldKnowWildcard() {
        assertThat(nameAddr(" * ")).isTrue();
        assertThat(nameAddr.isWildcard()).isTrue();
        assertThat(nameAddr.findParameter(Octets.ascii("q"))).isFalse();
        assertThat(nameAddr("<sip:a>")).isTrue();
        assertThat(nameAddr.isWildcard()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\"open <sip:a@b>",
                "\"Bob\" sip:a@b",
                "Bell, A <sip:a@b>",
                "<sip:a@b",
                "<>",
                "< sip:a@b>",
                "<sip:a@b >",
                "<sip:a\r\n b>",
                "<sip:a@b> x",
                "<sip:a@b>;",
                "<sip:a@b>;;tag=1",
                "<sip:a@b>;tag",
                "<sip:a@b>;tag=",
                "<sip:a@b>;x=\"open",
                "sip:a@b?Route=x",
                "sip:a,b@c",
                "sip:a b",
                "x:y <sip:a@b>"
            })
    void shouldRefuseBadNameAddr(final String value) {
        assertThat(nameAddr(value)).isFalse();
    }

    @Test
    void shouldReadSipUri() {
        assertThat(
                        uri(
                                "SIPS:al%69ce;x@y:pw@[2001:db8::1]:5061;Transport=TCP;lr;maddr=192.0.2.1;method=REFER;user=phone?a=b"))
                .isFalse();
        assertThat(
                        uri(
                                "SIPS:al%69ce;x:pw@[2001:db8::1]:5061;Transport=TCP;lr;maddr=192.0.2.1;method=REFER;user=phone?A=b&c=d"))
                .isTrue();
        assertThat(uri.scheme()).isEqualTo(Scheme.SIPS);
        assertThat(part(uri.userOffset(), uri.userLength())).isEqualTo("al%69ce;x");
        assertThat(uri.passwordPresent()).isTrue();
        assertThat(part(uri.hostOffset(), uri.hostLength())).isEqualTo("2001:db8::1");
        assertThat(uri.isIpv6()).isTrue();
        assertThat(uri.port()).isEqualTo(5061);
        assertThat(part(uri.transportOffset(), uri.transportLength())).isEqualTo("TCP");
        assertThat(uri.lr()).isTrue();
        assertThat(part(uri.maddrOffset(), uri.maddrLength())).isEqualTo("192.0.2.1");
        assertThat(part(uri.methodOffset(), uri.methodLength())).isEqualTo("REFER");
        assertThat(uri.userPhone()).isTrue();
        assertThat(uri.headersPresent()).isTrue();
        assertThat(uri.findHeader(Octets.ascii("c"))).isTrue();
        assertThat(part(uri.headerValueOffset(), uri.headerValueLength())).isEqualTo("d");
        assertThat(uri.findHeader(Octets.ascii("e"))).isFalse();
        final int length = uri.unescapeUser(scratch, 0);
        assertThat(Texts.text(scratch, 0, length)).isEqualTo("alice;x");
    }

    @Test
    void shouldForgetTheLastUri() {
        assertThat(uri("sip:a:b@c:1;lr;transport=udp;user=phone?x=y")).isTrue();
        assertThat(uri("sip:d")).isTrue();
        assertThat(uri.userOffset()).isEqualTo(Octets.NONE);
        assertThat(uri.passwordPresent()).isFalse();
        assertThat(uri.port()).isZero();
        assertThat(uri.lr()).isFalse();
        assertThat(uri.transportOffset()).isEqualTo(Octets.NONE);
        assertThat(uri.userPhone()).isFalse();
        assertThat(uri.headersPresent()).isFalse();
        assertThat(uri("urn:service:sos")).isTrue();
        assertThat(uri.scheme()).isEqualTo(Scheme.OTHER);
        assertThat(uri.hostOffset()).isEqualTo(Octets.NONE);
        assertThat(uri.hostLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:example.com",
                "sip:example.com:5060",
                "sip:*67#123@example.com",
                "sip:user;par=u%40example.net@example.com",
                "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
                "sip:[2001:db8::9:1]",
                "sip:user@[2001:db8:::192.0.2.1]",
                "tel:+1-201-555-0123",
                "tel:7042;phone-context=example.com",
                "nobodyKnowsThisScheme:totallyopaquecontent",
                "soap.beep://192.0.2.103:3002"
            })
    void shouldAcceptUri(final String value) {
        assertThat(uri(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip",
                ":a",
                "1sip:a",
                "<sip:a>",
                "sip:@example.com",
                "sip:a@",
                "sip:a@b@c",
                "sip:a@b;x=y@z",
                "sip:a b@c",
                "sip:a@b:0",
                "sip:a@b:65536",
                "sip:a@b:",
                "sip:a@b:x",
                "sip:2001:db8::10",
                "sip:a@[2001:db8::10",
                "sip:a@[zz::1]",
                "sip:a@[1]",
                "sip:a%4@b",
                "sip:a%zz@b",
                "sip:a@b;",
                "sip:a@b;;lr",
                "sip:a@b?",
                "sip:a@b/c",
                "sip:a\"b@c",
                "tel:",
                "tel:+",
                "tel:+1+2",
                "tel:hello"
            })
    void shouldRefuseUri(final String value) {
        assertThat(uri(value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:+1-201-555-0123@example.com|12015550123|true",
                "sip:%2B12015550123@example.com|12015550123|true",
                "sip:(201).555-0123;phone-context=x@example.com;user=phone|2015550123|false",
                "sip:*67%23@example.com|*67#|false",
                "tel:+1-201|1201|true",
                "sip:12a@example.com|12a|false"
            })
    void shouldReadDigits(final String value, final String digits, final boolean plus) {
        assertThat(uri(value)).isTrue();
        final int length = uri.digits(scratch, 5);
        assertThat(Texts.text(scratch, 5, length)).isEqualTo(digits);
        assertThat(uri.plus()).isEqualTo(plus);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:+12015550123;npdi;rn=+12015550000@example.com|+12015550123",
                "sip:%2B1201555;cpc=ordinary@example.com;user=phone|+1201555",
                "sip:1-201-555;phone-context=+1@example.com|1-201-555",
                "sip:12015550123@example.com;cpc=x|12015550123",
                "sip:*21#;x=y@example.com|*21#",
                "sip:alice;day=tuesday@example.com|alice;day=tuesday",
                "sip:;x@example.com|;x",
                "sip:+;x@example.com|+;x",
                "sip:12x;y@example.com|12x;y",
                "tel:+1-201;ext=7|+1-201"
            })
    void shouldLeaveOutTheParametersOfATelephoneNumber(final String value, final String subscriber) {
        assertThat(uri(value)).isTrue();
        final int length = uri.unescapeSubscriber(scratch, 3);
        assertThat(Texts.text(scratch, 3, length)).isEqualTo(subscriber);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@example.com",
                "sip:example.com",
                "sip:+@example.com",
                "sip:1+2@example.com",
                "sip:;x@example.com",
                "sip:1%002@example.com",
                "sip:1111111111222222222233333333334444444444555555555566666666667777777777@example.com"
            })
    void shouldFindNoDigits(final String value) {
        assertThat(uri(value)).isTrue();
        assertThat(uri.digits(scratch, 0)).isEqualTo(Octets.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtlanTa.CoM;Transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
                "sip:carol@chicago.com sip:carol@chicago.com;security=on",
                "sip:carol@chicago.com;newparam=5 sip:carol@chicago.com;security=on",
                "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com"
                        + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent"
                        + " sip:alice@atlanta.com?priority=urgent&subject=project%20x",
                "tel:+1-201-555-0123 tel:+12015550123",
                "tel:7042;phone-context=Example.com;ext=1 tel:70-42;ext=1;phone-context=example.com",
                "urn:service:sos urn:service:sos"
            })
    void shouldFindUrisEquivalent(final String left, final String right) {
        assertThat(equivalent(left, right)).isTrue();
        assertThat(equivalent(right, left)).isTrue();
        assertThat(equivalent(left, left)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
                "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
                "sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
                "sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
                "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
                "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
                "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
                "sip:a@b sips:a@b",
                "sip:a@b sip:b",
                "sip:a:p@b sip:a@b",
                "sip:a:p@b sip:a:q@b",
                "sip:a@b;user=phone sip:a@b",
                "sip:a@b;ttl=1 sip:a@b",
                "sip:a@b;maddr=c sip:a@b",
                "sip:a@b?x=1 sip:a@b?x=2",
                "sip:a@b?x=1 sip:a@b?x=1&y=2",
                "sip:value%2541@b sip:valueA@b",
                "sip:null-%00-null@b sip:null-@b",
                "tel:+12015550123 tel:12015550123",
                "tel:7042;phone-context=a tel:7042",
                "tel:7042;phone-context=a tel:7042;phone-context=b",
                "urn:service:sos urn:service:sos.fire"
            })
    void shouldFindUrisDifferent(final String left, final String right) {
        assertThat(equivalent(left, right)).isFalse();
        assertThat(equivalent(right, left)).isFalse();
    }

    @Test
    void shouldReadVia() {
        assertThat(
                        via(
                                "SIP / 2.0\r\n / UDP\r\n  [2001:db8::1] : 5070 ;rport ; Branch = z9hG4bK9;received=[::1];ttl=16;maddr=224.2.0.1;x"))
                .isTrue();
        assertThat(part(via.transportOffset(), via.transportLength())).isEqualTo("UDP");
        assertThat(part(via.hostOffset(), via.hostLength())).isEqualTo("2001:db8::1");
        assertThat(via.isIpv6()).isTrue();
        assertThat(via.port()).isEqualTo(5070);
        assertThat(via.rportPresent()).isTrue();
        assertThat(via.rport()).isZero();
        assertThat(via.rportOffset()).isEqualTo(Octets.NONE);
        assertThat(part(via.branchOffset(), via.branchLength())).isEqualTo("z9hG4bK9");
        assertThat(via.isBranchUnique()).isTrue();
        assertThat(part(via.receivedOffset(), via.receivedLength())).isEqualTo("::1");
        assertThat(part(via.maddrOffset(), via.maddrLength())).isEqualTo("224.2.0.1");
        assertThat(via.ttl()).isEqualTo(16);

        assertThat(via("SIP/2.0/TLS host_1.invalid;rport=5061;received=2001:db8::9;branch=z9hG4bK"))
                .isTrue();
        assertThat(part(via.hostOffset(), via.hostLength())).isEqualTo("host_1.invalid");
        assertThat(via.port()).isZero();
        assertThat(via.rport()).isEqualTo(5061);
        assertThat(part(via.rportOffset(), via.rportLength())).isEqualTo("5061");
        assertThat(part(via.receivedOffset(), via.receivedLength())).isEqualTo("2001:db8::9");
        assertThat(via.isBranchUnique()).isFalse();
        assertThat(via.ttl()).isEqualTo(Octets.NONE);
        assertThat(via.maddrOffset()).isEqualTo(Octets.NONE);

        assertThat(via("SIP/2.0/UDP a")).isTrue();
        assertThat(via.branchOffset()).isEqualTo(Octets.NONE);
        assertThat(via.rportPresent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP/2.0/UDP",
                "SIP/2.0/UDPa",
                "SIP/2.0 a",
                "HTTP/2.0/UDP a",
                "SIP/3.0/UDP a",
                "SIP/2.0/UDP ;branch=1",
                "SIP/2.0/UDP a;branch",
                "SIP/2.0/UDP a;branch=",
                "SIP/2.0/UDP a:0",
                "SIP/2.0/UDP a:x",
                "SIP/2.0/UDP a b",
                "SIP/2.0/UDP a;;branch=1",
                "SIP/2.0/UDP a;rport=x",
                "SIP/2.0/UDP a;rport=65536",
                "SIP/2.0/UDP a;rport=99999999999",
                "SIP/2.0/UDP a;ttl=256",
                "SIP/2.0/UDP a;ttl",
                "SIP/2.0/UDP a;received",
                "SIP/2.0/UDP a;maddr",
                "SIP/2.0/UDP a, SIP/2.0/UDP b",
                "SIP/2.0/UDP [::1"
            })
    void shouldRefuseBadVia(final String value) {
        assertThat(via(value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,0,ffffc0000201",
        "0.0.0.0,0,ffff00000000",
        "255.255.255.255,0,ffffffffffff",
        "::,0,0",
        "::1,0,1",
        "2001:db8::9:1,20010db800000000,90001",
        "2001:db8::,20010db800000000,0",
        "1:2:3:4:5:6:7:8,1000200030004,5000600070008",
        "::ffff:192.0.2.1,0,ffffc0000201",
        "::FFFF:192.0.2.1,0,ffffc0000201",
        "1:2:3:4:5:6:1.2.3.4,1000200030004,5000601020304",
        "2001:db8:::192.0.2.1,20010db800000000,c0000201",
        "1::8,1000000000000,8"
    })
    void shouldReadAddress(final String value, final String high, final String low) {
        buffer = Texts.buffer(value);
        assertThat(address.wrap(buffer, 0, buffer.capacity())).isTrue();
        assertThat(Long.toHexString(address.addressHigh())).isEqualTo(high);
        assertThat(Long.toHexString(address.addressLow())).isEqualTo(low);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.0004",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4 ",
                ":",
                ":1",
                "1:",
                "1:2",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "1:2:3:4:5:6:7:",
                "12345::",
                "::g",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::::1",
                "[::1]"
            })
    void shouldRefuseBadAddress(final String value) {
        buffer = Texts.buffer(value);
        assertThat(address.wrap(buffer, 0, buffer.capacity())).isFalse();
    }

    private boolean nameAddr(final String value) {
        buffer = Texts.buffer(value);
        return nameAddr.wrap(buffer, 0, buffer.capacity());
    }

    private boolean uri(final String value) {
        buffer = Texts.buffer(value);
        return uri.wrap(buffer, 0, buffer.capacity());
    }

    private boolean via(final String value) {
        buffer = Texts.buffer(value);
        return via.wrap(buffer, 0, buffer.capacity());
    }

    private boolean equivalent(final String left, final String right) {
        final UnsafeBuffer leftBuffer = Texts.buffer(left);
        final UnsafeBuffer rightBuffer = Texts.buffer(right);
        assertThat(uri.wrap(leftBuffer, 0, leftBuffer.capacity())).isTrue();
        assertThat(other.wrap(rightBuffer, 0, rightBuffer.capacity())).isTrue();
        return uri.equivalent(other);
    }

    private String part(final int offset, final int length) {
        return Texts.text(buffer, offset, length);
    }
}
