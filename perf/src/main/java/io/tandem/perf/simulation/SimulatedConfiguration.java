package io.tandem.perf.simulation;

import io.tandem.perf.simulation.check.Watch;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.peer.Numbers;
import io.tandem.perf.simulation.peer.Population;
import io.tandem.routing.configuration.InMemoryConfiguration;
import io.tandem.routing.configuration.NumberRow;
import io.tandem.routing.model.NumberStatus;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import java.nio.charset.StandardCharsets;

/** The configuration of the simulated world: one account, a carrier that calls, exchanges that are called, numbers. */
final class SimulatedConfiguration {
    static final String NAME = "simulation";

    private static final ResourceId ACCOUNT = ResourceId.derived(ResourceKind.ACCOUNTS, "acme");
    private static final ResourceId CARRIER = ResourceId.derived(ResourceKind.TRUNKS, "carrier");
    private static final ResourceId PBX = ResourceId.derived(ResourceKind.TRUNKS, "pbx");
    private static final ResourceId STREAM_PBX = ResourceId.derived(ResourceKind.TRUNKS, "stream-pbx");
    private static final ResourceId CLOSED_PBX = ResourceId.derived(ResourceKind.TRUNKS, "closed-pbx");

    private static final ResourceId FORWARD = ResourceId.derived(ResourceKind.FORWARDS, "closed");
    private static final ResourceId ROUTE = ResourceId.derived(ResourceKind.OUTBOUND_ROUTES, "closed");

    private SimulatedConfiguration() {}

    static InMemoryConfiguration build() {
        final InMemoryConfiguration.Builder builder = InMemoryConfiguration.builder(NAME, 1);
        builder.resource(ResourceKind.ACCOUNTS, ACCOUNT.high(), ACCOUNT.low(), bytes("""
                {"id":"%s","name":"acme","max_call_sec":%d}""".formatted(
                        ACCOUNT.prefixed(ResourceKind.ACCOUNTS), Watch.LONGEST_CALL_SEC)));
        trunk(builder, CARRIER, "carrier", "carrier", null, "udp", Population.CARRIER_HOST);
        trunk(builder, PBX, "pbx", "pbx", Population.PBX, "udp", Population.PBX.host());
        trunk(builder, STREAM_PBX, "stream-pbx", "pbx", Population.STREAM_PBX, "tcp", Population.STREAM_PBX.host());
        trunk(builder, CLOSED_PBX, "closed-pbx", "pbx", Population.CLOSED_PBX, "udp", Population.CLOSED_PBX.host());
        forward(builder);
        for (final String number : Numbers.PLAIN) {
            final boolean forwarded = number.equals(Numbers.BY_OVERFLOW);
            number(
                    builder,
                    number,
                    forwarded ? TargetKind.FORWARD : TargetKind.TRUNK,
                    forwarded ? FORWARD : PBX,
                    NumberRow.UNLIMITED,
                    NumberStatus.ACTIVE);
        }
        Numbers.ceilings()
                .forEach((number, ceiling) ->
                        number(builder, number, TargetKind.TRUNK, PBX, ceiling, NumberStatus.ACTIVE));
        number(builder, Numbers.BY_STREAM, TargetKind.TRUNK, STREAM_PBX, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.UNREACHABLE, TargetKind.TRUNK, CLOSED_PBX, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.HANG_UP, TargetKind.HANGUP, ResourceId.NIL, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.DISABLED, TargetKind.TRUNK, PBX, NumberRow.UNLIMITED, NumberStatus.DISABLED);
        return builder.build();
    }

    static ResourceId numberId(final String number) {
        return ResourceId.derived(ResourceKind.NUMBERS, number);
    }

    private static void trunk(
            final InMemoryConfiguration.Builder builder,
            final ResourceId id,
            final String name,
            final String role,
            final Endpoint proxy,
            final String transport,
            final String host) {
        final String json = """
                {"id":"%s","account_id":"%s","name":"%s","role":"%s","direction":"%s",%s"transport":"%s","acl":["%s/32"]}""".formatted(
                        id.prefixed(ResourceKind.TRUNKS),
                        ACCOUNT.prefixed(ResourceKind.ACCOUNTS),
                        name,
                        role,
                        proxy == null ? "inbound" : "both",
                        proxy == null ? "" : "\"proxy\":\"" + proxy + "\",",
                        transport,
                        host);
        builder.resource(ResourceKind.TRUNKS, id.high(), id.low(), bytes(json));
    }

    /** A forward to a number whose trunk's port is closed, and the exchange as its overflow. */
    private static void forward(final InMemoryConfiguration.Builder builder) {
        final String account = ACCOUNT.prefixed(ResourceKind.ACCOUNTS);
        builder.resource(ResourceKind.OUTBOUND_ROUTES, ROUTE.high(), ROUTE.low(), bytes("""
                        {"id":"%s","account_id":"%s","match_prefix":"44","via":"trunk","trunk_id":"%s"}""".formatted(
                ROUTE.prefixed(ResourceKind.OUTBOUND_ROUTES), account, CLOSED_PBX.prefixed(ResourceKind.TRUNKS))));
        builder.resource(ResourceKind.FORWARDS, FORWARD.high(), FORWARD.low(), bytes("""
                        {"id":"%s","account_id":"%s","name":"closed","number":"442071838750","timeout_sec":5,\
                        "overflow_dest_kind":"trunk","overflow_dest_id":"%s"}""".formatted(
                        FORWARD.prefixed(ResourceKind.FORWARDS), account, PBX.prefixed(ResourceKind.TRUNKS))));
    }

    private static void number(
            final InMemoryConfiguration.Builder builder,
            final String number,
            final TargetKind kind,
            final ResourceId target,
            final int ceiling,
            final NumberStatus status) {
        final NumberRow row = new NumberRow();
        row.clear();
        row.key = Long.parseLong(number);
        row.e164 = row.key;
        final ResourceId id = numberId(number);
        row.idHigh = id.high();
        row.idLow = id.low();
        row.accountHigh = ACCOUNT.high();
        row.accountLow = ACCOUNT.low();
        row.status = (byte) status.code();
        row.maxChannels = ceiling;
        row.destKind = (byte) kind.code();
        row.destHigh = target.high();
        row.destLow = target.low();
        builder.number(row, bytes("{}"));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
