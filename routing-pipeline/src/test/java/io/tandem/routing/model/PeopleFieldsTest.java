package io.tandem.routing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of domains, users and devices. */
class PeopleFieldsTest {
    private static final String DEVICE = "'user_id':'name:alice','auth_username':'alice','realm':'acme.test'";
    private static final String SECRET = "hunter2:%\u00fc";

    @Test
    @DisplayName("R-021 a domain is stored in small letters, and nobody else on the platform may have it")
    void shouldKeepDomainsUnique() {
        final Domain domain =
                Reading.of(ResourceKind.DOMAINS, "'domain':'PBX.Acme.Test'").resource();
        assertThat(domain.domain()).isEqualTo("pbx.acme.test");
        final Domain others = Reading.ofOther(ResourceKind.DOMAINS, "'domain':'pbx.acme.TEST'")
                .resource();
        assertThat(others.names()).isEqualTo(domain.names());
    }

    @ParameterizedTest
    @DisplayName("a domain is a host name")
    @CsvSource({
        "acme.test,true",
        "10.0.0.1,true",
        "a-b.test,true",
        "acme..test,false",
        "-acme.test,false",
        "acme.test.,false",
        "sip:acme,false",
        "a b,false",
        "'',false"
    })
    void shouldTakeHostNames(final String domain, final boolean taken) {
        assertThat(Reading.of(ResourceKind.DOMAINS, "'domain':'" + domain + "'")
                        .wrong()
                        .isEmpty())
                .isEqualTo(taken);
    }

    @Test
    @DisplayName("R-022 an account has one primary domain at most")
    void shouldHaveOnePrimaryDomain() {
        final Domain one = Reading.of(ResourceKind.DOMAINS, "'domain':'a.test','is_primary':1")
                .resource();
        final Domain two = Reading.of(ResourceKind.DOMAINS, "'domain':'b.test','is_primary':1")
                .resource();
        final Domain three =
                Reading.of(ResourceKind.DOMAINS, "'domain':'c.test'").resource();
        final Domain others = Reading.ofOther(ResourceKind.DOMAINS, "'domain':'d.test','is_primary':1")
                .resource();
        assertThat(one.names()).anySatisfy(name -> assertThat(two.names()).contains(name));
        assertThat(one.names()).doesNotContainAnyElementsOf(three.names()).doesNotContainAnyElementsOf(others.names());
    }

    @Test
    @DisplayName("D8 a domain offers MD5 unless it says more, and no algorithm twice or unknown")
    void shouldOfferAlgorithms() {
        assertThat(Reading.of(ResourceKind.DOMAINS, "'domain':'a.test'")
                        .<Domain>resource()
                        .algorithms())
                .containsExactly(DigestAlgorithm.MD5);
        assertThat(Reading.of(ResourceKind.DOMAINS, "'domain':'a.test','digest_algorithms':['SHA-512-256','MD5']")
                        .json())
                .contains("\"digest_algorithms\":[\"SHA-512-256\",\"MD5\"]");
        assertThat(Reading.of(ResourceKind.DOMAINS, "'domain':'a.test','digest_algorithms':['MD5','MD5','sha-1']")
                        .wrong())
                .containsExactly("digest_algorithms", "digest_algorithms");
    }

    @Test
    @DisplayName("R-025 a user name is unique within its account, and only there")
    void shouldKeepUserNamesUnique() {
        final User alice = Reading.of(ResourceKind.USERS, "'username':'alice'").resource();
        final User again = Reading.of(ResourceKind.USERS, "'username':'alice','is_agent':1")
                .resource();
        final User elsewhere =
                Reading.ofOther(ResourceKind.USERS, "'username':'alice'").resource();
        assertThat(again.names()).isEqualTo(alice.names());
        assertThat(elsewhere.names()).isNotEqualTo(alice.names());
        assertThat(elsewhere.id()).isNotEqualTo(alice.id());
    }

    @ParameterizedTest
    @DisplayName("R-025 a user name is the user part of a SIP address")
    @CsvSource({"1001,true", "alice.b-c_d,true", "*97,true", "al ice,false", "alice@acme,false", "a:b,false", "'',false"
    })
    void shouldTakeUserParts(final String name, final boolean taken) {
        assertThat(Reading.of(ResourceKind.USERS, "'username':'" + name + "'")
                        .wrong()
                        .isEmpty())
                .isEqualTo(taken);
    }

    @Test
    @DisplayName("R-026 R-027 R-031..R-033 U-008 U-013 what a user is unless it says otherwise, and when it does")
    void shouldReadUsers() {
        final User usual = Reading.of(ResourceKind.USERS, "'username':'a'").resource();
        assertThat(usual.ringTimeoutSec()).isEqualTo(25);
        assertThat(usual.ringStrategy()).isEqualTo(RingStrategy.SIMULTANEOUS);
        assertThat(usual.status()).isEqualTo(ServiceStatus.ACTIVE);
        assertThat(usual.agent() || usual.doNotDisturb()).isFalse();
        assertThat(usual.maxSimultaneous()).isEqualTo(Fields.UNLIMITED);
        assertThat(usual.forwardAlways()).isEqualTo(RouteTarget.NONE);

        final String full = "'username':'a','display_name':'Alice \u00c4.','is_agent':1,'out_cid_number':'12025550100',"
                + "'out_cid_name':'Acme','max_simultaneous':2,'ring_timeout_sec':40,'voicemail_id':'name:box',"
                + "'status':'disabled','ring_strategy':'specific','dnd':1,'fwd_always_kind':'user',"
                + "'fwd_always_id':'name:b','fwd_busy_kind':'hangup','fwd_busy_xform':{'sip_code':480},"
                + "'fwd_noanswer_kind':'voicemail','fwd_noanswer_id':'name:box','auto_ready_on_login':1,"
                + "'auto_queue_login':1";
        final User user = Reading.of(ResourceKind.USERS, full).resource();
        assertThat(user.displayName()).isEqualTo("Alice \u00c4.");
        assertThat(user.voicemailId()).isEqualTo(Reading.id(ResourceKind.VOICEMAIL_BOXES, "box"));
        assertThat(user.forwardBusy().sipCode()).isEqualTo(480);
        assertThat(new String(user.json(), StandardCharsets.UTF_8))
                .contains("\"fwd_always_kind\":\"user\",\"fwd_always_id\":\"us_")
                .contains("\"dnd\":1", "\"is_agent\":1", "\"ring_strategy\":\"specific\"", "\"status\":\"disabled\"");
        assertThat(readAgain(ResourceKind.USERS, user)).isEqualTo(user);
    }

    @ParameterizedTest
    @DisplayName("R-027 R-030 R-031 R-033 U-007 what a user does not take")
    @CsvSource({
        "ring_timeout_sec,0", "ring_timeout_sec,601", "status,'suspended'", "ring_strategy,'random'", "dnd,2",
        "is_agent,'yes'", "max_simultaneous,-1", "fwd_busy_kind,'nowhere'", "fwd_always_kind,'feature'", "pin,1"
    })
    void shouldRefuseWhatAUserDoesNotTake(final String field, final String value) {
        final String quoted = value.matches("-?[0-9]+") ? value : "'" + value + "'";
        assertThat(Reading.of(ResourceKind.USERS, "'username':'a','" + field + "':" + quoted)
                        .wrong())
                .containsExactly(field);
    }

    @Test
    @DisplayName("R-035..R-037 R-041 R-042 a device has an owner, a digest identity of its realm, and a transport")
    void shouldReadDevices() {
        final Device usual =
                Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'x'").resource();
        assertThat(usual.userId()).isEqualTo(Reading.id(ResourceKind.USERS, "alice"));
        assertThat(usual.domainId()).isEqualTo(Reading.id(ResourceKind.DOMAINS, "acme.test"));
        assertThat(usual.transport()).isEqualTo(DeviceTransport.UDP);
        assertThat(usual.ringOnFork()).isEqualTo(ForkOption.UNSAID);

        final Device device = Reading.of(
                        ResourceKind.DEVICES,
                        DEVICE.replace("acme.test", "ACME.Test")
                                + ",'password':'x','transport':'wss','is_webrtc':1,'status':'disabled','ring_order':7,'ring_on_fork':0")
                .resource();
        assertThat(device.realm()).isEqualTo("acme.test");
        assertThat(new String(device.json(), StandardCharsets.UTF_8))
                .contains(
                        "\"transport\":\"wss\",\"is_webrtc\":1,\"status\":\"disabled\",\"ring_order\":7,\"ring_on_fork\":0");
        assertThat(readAgain(ResourceKind.DEVICES, device)).isEqualTo(device);
    }

    @ParameterizedTest
    @DisplayName("R-041 a device speaks udp, tcp, tls or wss, and nothing else")
    @CsvSource({"udp,true", "tcp,true", "tls,true", "wss,true", "ws,false", "UDP,false"})
    void shouldTakeTransports(final String transport, final boolean taken) {
        assertThat(Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'x','transport':'" + transport + "'")
                        .wrong()
                        .isEmpty())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @DisplayName("R-035 R-036 R-037 a device names its user, its own name and its realm")
    @CsvSource({"user_id", "auth_username", "realm"})
    void shouldAskForTheIdentity(final String field) {
        final String without =
                DEVICE.replaceAll("'" + field + "':'[^']*',?", "").replaceAll(",$", "");
        assertThat(Reading.of(ResourceKind.DEVICES, without + ",'password':'x'").wrong())
                .contains(field);
    }

    @Test
    @DisplayName("R-036 R-037 the same name is another identity in another realm, and in the same realm it is taken")
    void shouldKeepIdentitiesUnique() {
        final Device device =
                Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'x'").resource();
        final Device elsewhere = Reading.of(
                        ResourceKind.DEVICES, DEVICE.replace("acme.test", "other.test") + ",'password':'x'")
                .resource();
        final Device others = Reading.ofOther(ResourceKind.DEVICES, DEVICE + ",'password':'y'")
                .resource();
        assertThat(elsewhere.names()).isNotEqualTo(device.names());
        assertThat(others.names()).isEqualTo(device.names());
    }

    @Test
    @DisplayName(
            "R-038..R-040 D8 a password becomes hashes for every algorithm and spelling of the name, and is kept nowhere")
    void shouldDeriveHashes() throws Exception {
        final Reading reading = Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'" + SECRET + "'");
        final DigestHashes hashes = reading.<Device>resource().hashes();
        assertThat(hashes.ha1()).isEqualTo(hash("MD5", "alice:acme.test:" + SECRET));
        assertThat(hashes.ha1b()).isEqualTo(hash("MD5", "alice@acme.test:acme.test:" + SECRET));
        assertThat(hashes.ha1Sha256()).isEqualTo(hash("SHA-256", "alice:acme.test:" + SECRET));
        assertThat(hashes.ha1bSha256()).isEqualTo(hash("SHA-256", "alice@acme.test:acme.test:" + SECRET));
        assertThat(hashes.ha1Sha512()).isEqualTo(hash("SHA-512/256", "alice:acme.test:" + SECRET));
        assertThat(hashes.ha1bSha512()).isEqualTo(hash("SHA-512/256", "alice@acme.test:acme.test:" + SECRET));
        assertThat(hashes.of(DigestAlgorithm.SHA_512_256, true)).isEqualTo(hashes.ha1bSha512());
        assertThat(hashes.of(DigestAlgorithm.MD5, false)).isEqualTo(hashes.ha1());
        assertThat(reading.json()).doesNotContain("hunter2", "password");
        assertThat(reading.resource().toString()).doesNotContain("hunter2", hashes.ha1());
    }

    @Test
    @DisplayName("R-038 the example of RFC 7616: user Mufasa, SHA-256 and MD5")
    void shouldHashAsTheStandardDoes() {
        final String realm = "http-auth@example.org";
        assertThat(DigestAlgorithm.MD5.ha1("Mufasa", realm, "Circle of Life"))
                .isEqualTo("3d78807defe7de2157e2b0b6573a855f");
        assertThat(DigestAlgorithm.SHA_256.ha1("Mufasa", realm, "Circle of Life"))
                .isEqualTo("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
    }

    @Test
    @DisplayName("R-038 D8 hashes that are given are kept, and a password overrules them")
    void shouldKeepGivenHashes() {
        final String given = ",'ha1':'" + "0a".repeat(16) + "','ha1b':'" + "0b".repeat(16) + "'";
        final Device device = Reading.of(ResourceKind.DEVICES, DEVICE + given).resource();
        assertThat(device.hashes()).isEqualTo(new DigestHashes("0a".repeat(16), "0b".repeat(16), "", "", "", ""));
        assertThat(readAgain(ResourceKind.DEVICES, device)).isEqualTo(device);
        final Device changed = Reading.of(ResourceKind.DEVICES, DEVICE + given + ",'password':'x'")
                .resource();
        assertThat(changed.hashes()).isEqualTo(DigestHashes.derived("alice", "acme.test", "x"));
    }

    @ParameterizedTest
    @DisplayName(
            "R-038 R-039 a device without password and hash, or with a wrong hash, is refused, and no secret is repeated")
    @CsvSource(
            delimiter = '|',
            value = {
                "'label':'x'|ha1",
                "'ha1':''|ha1",
                "'ha1':'','ha1b':'0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a'|ha1",
                "'ha1':'secret7'|ha1",
                "'ha1':'0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A'|ha1",
                "'password':'p','ha1b_sha256':'secret7'|ha1b_sha256",
                "'password':['secret7']|password"
            })
    void shouldRefuseWrongHashes(final String fields, final String field) {
        final Reading reading = Reading.of(ResourceKind.DEVICES, DEVICE + "," + fields);
        assertThat(reading.wrong()).contains(field);
        assertThat(reading.problems().toString()).doesNotContain("secret7");
    }

    @Test
    @DisplayName("R-039 a password that is too long is refused and not repeated")
    void shouldRefuseLongPasswords() {
        for (final int length : new int[] {129, 300}) {
            final Reading reading =
                    Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'" + "p".repeat(length) + "'");
            assertThat(reading.wrong()).contains("password");
            assertThat(reading.problems().toString()).doesNotContain("ppp");
        }
    }

    @Test
    @DisplayName("a device belongs to the account of its user and its domain")
    void shouldRefuseWhatBelongsToOthers() {
        final User alice = Reading.ofOther(
                        ResourceKind.USERS,
                        "'id':'" + Reading.id(ResourceKind.USERS, "alice").prefixed("us_") + "','username':'alice'")
                .resource();
        final Domain domain =
                Reading.ofOther(ResourceKind.DOMAINS, "'domain':'acme.test'").resource();
        assertThat(Reading.of(ResourceKind.DEVICES, DEVICE + ",'password':'x'")
                        .check(Beside.of(alice, domain))
                        .wrong())
                .containsExactly("user_id", "realm");
    }

    private static Resource readAgain(final ResourceKind kind, final Resource resource) {
        return Beside.stored(kind, resource.json());
    }

    private static String hash(final String name, final String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
