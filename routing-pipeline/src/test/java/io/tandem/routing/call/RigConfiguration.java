package io.tandem.routing.call;

import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.NumberPattern;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An account with a carrier at 127.0.0.2, a PBX at 127.0.0.3, two numbers that lead to the PBX, and the caller's; changed before
 * use.
 */
final class RigConfiguration {
    static final String NUMBER = "12025550123";
    static final String SECOND_NUMBER = "12025550124";

    /** The caller's, which an exchange of the account may show. */
    static final String CALLER_NUMBER = "12025550100";

    /** Further JSON fields of the account, with single quotes. */
    String account = "";

    /** Which way calls of the carrier go. */
    String carrierDirection = "inbound";

    /** Further JSON fields of the carrier. */
    String carrier = "";

    /** Role of the PBX. */
    String pbxRole = "pbx";

    /** Further JSON fields of the PBX. */
    String pbx = "";

    /**
     * JSON fields of further trunks, name aside; a null one is gone. With any, the caller is an exchange of ours too, and
     * the first number one outside that outbound routes lead to by the PBX, then by these trunks.
     */
    final List<String> further = new ArrayList<>();

    /** Both numbers, e164 and id aside. */
    final NumberRow number = new NumberRow();

    /** What the first number is a part of, a prefix or a range; null for one by itself. */
    String block;

    private final List<Consumer<InMemoryConfiguration.Builder>> more = new ArrayList<>();

    RigConfiguration() {
        number.clear();
        number.accountHigh = 1;
        number.accountLow = 1;
        number.maxChannels = 10;
        number.allowAnonymous = true;
        number.destKind = (byte) TargetKind.TRUNK.code();
        number.destHigh = 2;
        number.destLow = 2;
    }

    /** One resource more, of the account. */
    RigConfiguration with(final ResourceKind kind, final long id, final String fields) {
        more.add(builder -> builder.resource(
                kind,
                4,
                id,
                json("{'id':'" + new ResourceId(4, id).prefixed(kind) + "','account_id':'"
                        + new ResourceId(1, 1).prefixed(ResourceKind.ACCOUNTS) + "'," + fields + "}")));
        return this;
    }

    InMemoryConfiguration build() {
        final String accountId = new ResourceId(1, 1).prefixed(ResourceKind.ACCOUNTS);
        final InMemoryConfiguration.Builder builder = InMemoryConfiguration.builder("sample", 7)
                .resource(ResourceKind.ACCOUNTS, 1, 1, json("{'id':'" + accountId + "','name':'acme'" + account + "}"))
                .resource(
                        ResourceKind.TRUNKS,
                        2,
                        1,
                        trunk(
                                1,
                                accountId,
                                "'name':'carrier','direction':'" + carrierDirection + "','acl':['127.0.0.2/32']"
                                        + (further.isEmpty() ? "" : ",'role':'pbx'") + carrier))
                .resource(
                        ResourceKind.TRUNKS,
                        2,
                        2,
                        trunk(
                                2,
                                accountId,
                                "'name':'pbx','role':'" + pbxRole + "','direction':'outbound','proxy':'127.0.0.3:5080'"
                                        + pbx))
                .number(row(2, SECOND_NUMBER), json("{}"))
                .number(row(3, CALLER_NUMBER), json("{}"));
        if (further.isEmpty()) {
            first(builder, accountId);
        } else {
            routes(builder, accountId);
        }
        more.forEach(one -> one.accept(builder));
        return builder.build();
    }

    private void first(final InMemoryConfiguration.Builder builder, final String accountId) {
        final NumberRow row = row(1, NUMBER);
        if (block == null) {
            builder.number(row, json("{}"));
            return;
        }
        final NumberPattern pattern = NumberPattern.parse(block);
        row.key = pattern.key();
        row.e164 = pattern.first();
        builder.number(
                row,
                json("{'id':'" + new ResourceId(3, 1).prefixed(ResourceKind.NUMBERS) + "','account_id':'" + accountId
                        + "','e164':'" + block + "','dest_kind':'hangup'}"));
    }

    private void routes(final InMemoryConfiguration.Builder builder, final String accountId) {
        for (int i = 0; i < further.size(); i++) {
            if (further.get(i) != null) {
                final String fields = "'name':'further-" + i + "'," + further.get(i);
                builder.resource(ResourceKind.TRUNKS, 2, 3 + i, trunk(3 + i, accountId, fields));
            }
        }
        for (int i = 0; i <= further.size(); i++) {
            final String id = new ResourceId(5, i).prefixed(ResourceKind.OUTBOUND_ROUTES);
            final String route = "{'id':'" + id + "','account_id':'" + accountId + "','match_prefix':'1','via':'trunk',"
                    + "'trunk_id':'" + trunkId(2 + i) + "','priority':" + i + "}";
            builder.resource(ResourceKind.OUTBOUND_ROUTES, 5, i, json(route));
        }
    }

    /** How a trunk is named by others. */
    static String trunkId(final int id) {
        return new ResourceId(2, id).prefixed(ResourceKind.TRUNKS);
    }

    private NumberRow row(final int id, final String e164) {
        final NumberRow row = new NumberRow();
        row.copyFrom(number);
        row.key = Long.parseLong(e164);
        row.e164 = row.key;
        row.idHigh = 3;
        row.idLow = id;
        return row;
    }

    private static byte[] trunk(final int id, final String accountId, final String fields) {
        return json("{'id':'" + trunkId(id) + "','account_id':'" + accountId + "'," + fields + "}");
    }

    private static byte[] json(final String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
