package io.tandem.appliance.operator;

import io.tandem.journal.record.TransportKind;
import io.tandem.routing.address.AddressText;
import io.tandem.routing.configuration.TrunkPlan;
import io.tandem.routing.core.Core;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Names and figures of resources as the configuration gives them. Core's thread. */
final class Names {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Core core;
    private final Map<Key, JsonNode> known = new HashMap<>();

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

    /**
     * What people call something: a number's digits, a transform's expression, a route's prefix, an address that a rule is about,
     * else its name; empty if it has none.
     */
    Optional<String> shown(final ResourceKind kind, final ResourceId id) {
        final String field =
                switch (kind) {
                    case NUMBERS -> "e164";
                    case NUMBER_TRANSFORMS -> "match_regex";
                    case OUTBOUND_ROUTES -> "match_prefix";
                    case ACL_RULES -> "value";
                    case CALLER_ID_RULES -> "cid_number";
                    case EXTENSIONS -> "digits";
                    case USERS -> "display_name";
                    case DEVICES -> "label";
                    default -> "name";
                };
        final String name = resource(kind, id.high(), id.low()).path(field).asString("");
        return name.isBlank() ? Optional.empty() : Optional.of(name);
    }

    /** The account that something belongs to, by identifier: an account belongs to itself; empty for what is an operator's. */
    Optional<String> owner(final ResourceKind kind, final ResourceId id) {
        if (kind == ResourceKind.ACCOUNTS) {
            return accountId(id.high(), id.low());
        }
        final String text =
                resource(kind, id.high(), id.low()).path("account_id").asString("");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** An account's identifier as it is written; empty for no account. */
    static Optional<String> accountId(final long high, final long low) {
        return (high | low) == 0
                ? Optional.empty()
                : Optional.of(new ResourceId(high, low).prefixed(ResourceKind.ACCOUNTS));
    }

    private String named(final ResourceKind kind, final long high, final long low, final String field) {
        if ((high | low) == 0) {
            return "";
        }
        final JsonNode resource = resource(kind, high, low);
        return resource.isMissingNode()
                ? new ResourceId(high, low).prefixed(kind)
                : resource.path(field).asString("");
    }

    /** A number of a resource, or empty when it has none or is there no more. */
    OptionalLong figure(final ResourceKind kind, final long high, final long low, final String field) {
        final JsonNode figure = resource(kind, high, low).path(field);
        return figure.isNumber() ? OptionalLong.of(figure.asLong()) : OptionalLong.empty();
    }

    private JsonNode resource(final ResourceKind kind, final long high, final long low) {
        return known.computeIfAbsent(new Key(kind, high, low), key -> read(kind, high, low));
    }

    private JsonNode read(final ResourceKind kind, final long high, final long low) {
        final byte[] json = core.stages().configuration().resource(kind, high, low);
        return json == null ? MissingNode.getInstance() : MAPPER.readTree(json);
    }

    static String peer(final byte transport, final long high, final long low, final int port) {
        return TransportKind.get(transport).name().toLowerCase(Locale.ROOT) + ":" + AddressText.host(high, low) + ":"
                + port;
    }
}
