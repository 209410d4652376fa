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
        for (final String number : Numbers.PLAIN) {
            number(builder, number, PBX, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        }
        Numbers.ceilings().forEach((number, ceiling) -> number(builder, number, PBX, ceiling, NumberStatus.ACTIVE));
        number(builder, Numbers.BY_STREAM, STREAM_PBX, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.UNREACHABLE, CLOSED_PBX, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.HANG_UP, null, NumberRow.UNLIMITED, NumberStatus.ACTIVE);
        number(builder, Numbers.DISABLED, PBX, NumberRow.UNLIMITED, NumberStatus.DISABLED);
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

    private static void number(
            final InMemoryConfiguration.Builder builder,
            final String number,
            final ResourceId trunk,
            final int ceiling,
            final NumberStatus status) {
        final NumberRow row = new NumberRow();
        row.clear();
        row.e164 = Long.parseLong(number);
        final ResourceId id = numberId(number);
        row.idHigh = id.high();
        row.idLow = id.low();
        row.accountHigh = ACCOUNT.high();
        row.accountLow = ACCOUNT.low();
        row.status = (byte) status.code();
        row.maxChannels = ceiling;
        if (trunk == null) {
            row.destKind = (byte) TargetKind.HANGUP.code();
        } else {
            row.destKind = (byte) TargetKind.TRUNK.code();
            row.destHigh = trunk.high();
            row.destLow = trunk.low();
        }
        builder.number(row, bytes("{}"));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
