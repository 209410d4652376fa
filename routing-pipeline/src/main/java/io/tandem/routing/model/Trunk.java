package io.tandem.routing.model;

import io.tandem.routing.address.IpLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer that calls come from and go to.
 *
 * @param proxyHost address that calls to it are sent to, or null if it only brings calls.
 * @param proxyPort port of that address; {@code 5060}, over TLS {@code 5061}, when not given.
 * @param acl blocks of addresses that it calls from.
 * @param listener name of the listener that calls to it leave from, or empty for the default one.
 * @param maxChannels most simultaneous calls either way, or {@link Fields#UNLIMITED}.
 * @param overLimitStatus what answers a call above {@code maxChannels} (D2).
 * @param maxIdenticalCalls most simultaneous calls with equal caller and called number (D6), or {@link Fields#UNLIMITED}.
 * @param largeTcp whether requests too large for a datagram may go by TCP (D11).
 */
public record Trunk(
        ResourceId id,
        ResourceId accountId,
        String name,
        TrunkProvider provider,
        TrunkRole role,
        TrunkDirection direction,
        IpLiteral proxyHost,
        int proxyPort,
        TrunkTransport transport,
        boolean doRegister,
        String authUsername,
        String authSecretRef,
        String realm,
        String fromDomain,
        String fromUser,
        int expireSec,
        InboundAuth inboundAuth,
        String inboundUsername,
        String inboundSecretRef,
        String regNode,
        int maxChannels,
        String cidNumber,
        int pingSec,
        TrunkStatus status,
        List<String> acl,
        String listener,
        EarlyMedia earlyMedia,
        boolean largeTcp,
        int maxCallSec,
        int overLimitStatus,
        int maxIdenticalCalls,
        boolean failoverOn404,
        boolean failoverOn480) implements Resource {

    /** Most address blocks of one trunk. */
    public static final int ACL_MAX = 1024;

    /** Copies the list. */
    public Trunk {
        acl = List.copyOf(acl);
    }

    /** What its identifier derives from. */
    public static String naturalKey(final ResourceId account, final String name) {
        return account.ulid() + '\n' + name;
    }

    /** Reads one and reports what is wrong with it. */
    public static Trunk read(final Fields fields) {
        final ResourceId account = fields.requiredReference("account_id", ResourceKind.ACCOUNTS, ResourceId.NIL);
        final String name = fields.required("name");
        final ResourceId id = fields.identity(ResourceKind.TRUNKS, naturalKey(account, name));
        final TrunkTransport transport = fields.choice("transport", TrunkTransport.class, TrunkTransport.UDP);
        final TrunkDirection direction = fields.choice("direction", TrunkDirection.class, TrunkDirection.BOTH);
        final HostPort proxy = HostPort.read(fields, "proxy", transport == TrunkTransport.TLS ? 5061 : 5060);
        if (proxy == null && !fields.given("proxy") && direction != TrunkDirection.INBOUND) {
            fields.refuse("proxy", "is required for a trunk that takes calls", "give an address, or direction inbound");
        }
        final Trunk trunk = new Trunk(
                id,
                account,
                name,
                fields.choice("provider", TrunkProvider.class, TrunkProvider.GENERIC),
                fields.choice("role", TrunkRole.class, TrunkRole.CARRIER),
                direction,
                proxy == null ? null : proxy.host(),
                proxy == null ? 0 : proxy.port(),
                transport,
                fields.flag("do_register", false),
                fields.text("auth_username", ""),
                fields.secretReference("auth_secret_ref"),
                fields.text("realm", ""),
                fields.text("from_domain", ""),
                fields.text("from_user", ""),
                fields.integer("expire_sec", 3600, 60, 86_400),
                fields.choice("inbound_auth", InboundAuth.class, InboundAuth.IP),
                fields.text("inbound_username", ""),
                fields.secretReference("inbound_secret_ref"),
                fields.text("reg_node", ""),
                fields.ceiling("max_channels"),
                fields.number("cid_number"),
                fields.integer("ping_sec", 0, 0, 3600),
                fields.choice("status", TrunkStatus.class, TrunkStatus.ACTIVE),
                readAcl(fields),
                fields.text("listener", ""),
                fields.choice("early_media", EarlyMedia.class, EarlyMedia.ALL),
                fields.choice("large", Large.class, Large.UDP) == Large.TCP,
                fields.integer("max_call_sec", Fields.UNLIMITED, 1, Account.CALL_SEC_MAX),
                overLimitStatus(fields),
                fields.integer("max_identical_calls", Fields.UNLIMITED, 1, Fields.CEILING_MAX),
                fields.flag("failover_on_404", false),
                fields.flag("failover_on_480", false));
        trunk.warnOfWhatWaits(fields);
        fields.finish();
        return trunk;
    }

    /** The same with more address blocks: rows of the collection {@code trunk-acls} belong to their trunk. */
    public Trunk withAcl(final List<String> more) {
        final List<String> all = new ArrayList<>(acl);
        for (final String range : more) {
            if (!all.contains(range)) {
                all.add(range);
            }
        }
        return new Trunk(
                id,
                accountId,
                name,
                provider,
                role,
                direction,
                proxyHost,
                proxyPort,
                transport,
                doRegister,
                authUsername,
                authSecretRef,
                realm,
                fromDomain,
                fromUser,
                expireSec,
                inboundAuth,
                inboundUsername,
                inboundSecretRef,
                regNode,
                maxChannels,
                cidNumber,
                pingSec,
                status,
                all,
                listener,
                earlyMedia,
                largeTcp,
                maxCallSec,
                overLimitStatus,
                maxIdenticalCalls,
                failoverOn404,
                failoverOn480);
    }

    /** Whether calls that come from its addresses are its calls. */
    public boolean bringsCallsByAddress() {
        return status == TrunkStatus.ACTIVE && direction != TrunkDirection.OUTBOUND && inboundAuth == InboundAuth.IP;
    }

    @Override
    public List<UniqueName> names() {
        return List.of(UniqueName.within(ResourceKind.TRUNKS, accountId, name));
    }

    @Override
    public String reliedOn(final Resource before) {
        final boolean takesNoMore = direction == TrunkDirection.INBOUND
                && before instanceof Trunk trunk
                && trunk.direction != TrunkDirection.INBOUND;
        return takesNoMore ? "direction" : Resource.super.reliedOn(before);
    }

    @Override
    public byte[] json() {
        final CanonicalJson json = new CanonicalJson();
        json.id("id", id, ResourceKind.TRUNKS.prefix());
        json.id("account_id", accountId, ResourceKind.ACCOUNTS.prefix());
        json.text("name", name);
        json.word("provider", provider);
        json.word("role", role);
        json.word("direction", direction);
        json.text("proxy", proxyHost == null ? "" : proxyHost.uriHost() + ':' + proxyPort);
        json.word("transport", transport);
        json.flag("do_register", doRegister);
        json.text("auth_username", authUsername);
        json.text("auth_secret_ref", authSecretRef);
        json.text("realm", realm);
        json.text("from_domain", fromDomain);
        json.text("from_user", fromUser);
        json.number("expire_sec", expireSec);
        json.word("inbound_auth", inboundAuth);
        json.text("inbound_username", inboundUsername);
        json.text("inbound_secret_ref", inboundSecretRef);
        json.text("reg_node", regNode);
        json.number("max_channels", maxChannels);
        json.text("cid_number", cidNumber);
        json.number("ping_sec", pingSec);
        json.word("status", status);
        json.texts("acl", acl);
        json.text("listener", listener);
        json.word("early_media", earlyMedia);
        json.text("large", largeTcp ? "tcp" : "udp");
        json.number("max_call_sec", maxCallSec);
        json.number("over_limit_status", overLimitStatus);
        json.number("max_identical_calls", maxIdenticalCalls);
        json.flag("failover_on_404", failoverOn404);
        json.flag("failover_on_480", failoverOn480);
        return json.finish();
    }

    private void warnOfWhatWaits(final Fields fields) {
        if (doRegister) {
            fields.warn("do_register", "is stored, but the appliance does not register with its peers yet");
        }
        if (inboundAuth != InboundAuth.IP) {
            fields.warn("inbound_auth", "is stored, but calls are told apart by address only as yet: none will match");
        }
        if (pingSec > 0) {
            fields.warn("ping_sec", "is stored, but the appliance does not ping its peers yet");
        }
        if (transport == TrunkTransport.TLS) {
            fields.warn("transport", "is stored, but calls to it are refused until TLS is built");
        }
        if (bringsCallsByAddress() && acl.isEmpty() && direction == TrunkDirection.INBOUND && !fields.given("acl")) {
            fields.warn("acl", "is empty: no call will be taken from this trunk, unless trunk-acls adds to it");
        }
    }

    private static List<String> readAcl(final Fields fields) {
        final List<String> ranges = fields.texts("acl");
        if (ranges.size() > ACL_MAX) {
            fields.refuse("acl", "must have at most " + ACL_MAX + " entries", "merge neighbouring blocks");
        }
        for (final String range : ranges) {
            checkRange(fields, "acl", range);
        }
        return ranges;
    }

    /** Reports a text that is not a block of addresses. */
    public static void checkRange(final Fields fields, final String field, final String range) {
        if (AddressRange.parse(range) == null) {
            fields.refuse(
                    field,
                    "must hold blocks of addresses with no bits set behind the prefix: " + range,
                    "write them like 192.0.2.0/24 or 2001:db8::/32");
        }
    }

    private static int overLimitStatus(final Fields fields) {
        final int status = fields.integer("over_limit_status", 480, 480, 503);
        if (status != 480 && status != 486 && status != 503) {
            fields.refuse("over_limit_status", "must be 480, 486 or 503", "choose one of them");
            return 480;
        }
        return status;
    }

    /** What to do with a request that is too large for a datagram. */
    enum Large {
        UDP,
        TCP
    }
}
