package io.tandem.appliance.operator;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.configuration.Configuration;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.core.Core;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Names for identifiers where the configuration gives one, else the identifier. Core's thread. */
final class Names {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Core core;
    private final Map<Key, String> known = new HashMap<>();

    private record Key(ResourceKind kind, long high, long low) {}

    Names(final Core core) {
        this.core = core;
    }

    String trunk(final long high, final long low) {
        if ((high | low) == 0) {
            return "";
        }
        final TrunkPlan trunk = core.stages().trunk(high, low);
        return trunk == null ? new ResourceId(high, low).prefixed(ResourceKind.TRUNKS) : trunk.name();
    }

    String account(final long high, final long low) {
        return named(ResourceKind.ACCOUNTS, high, low, "name");
    }

    String number(final long high, final long low) {
        return named(ResourceKind.NUMBERS, high, low, "e164");
    }

    /** Anything that has a name; empty for no identifier. */
    String of(final ResourceKind kind, final long high, final long low) {
        return named(kind, high, low, "name");
    }

    private String named(final ResourceKind kind, final long high, final long low, final String field) {
        return (high | low) == 0
                ? ""
                : known.computeIfAbsent(new Key(kind, high, low), key -> read(kind, high, low, field));
    }

    private String read(final ResourceKind kind, final long high, final long low, final String field) {
        final Configuration configuration = core.stages().configuration();
        final byte[] json = configuration.resource(kind, high, low);
        return json == null
                ? new ResourceId(high, low).prefixed(kind)
                : MAPPER.readTree(json).path(field).asString("");
    }

    static String peer(final byte transport, final long high, final long low, final int port) {
        return TransportKind.get(transport).name().toLowerCase(Locale.ROOT) + ":" + AddressText.host(high, low) + ":"
                + port;
    }
}
