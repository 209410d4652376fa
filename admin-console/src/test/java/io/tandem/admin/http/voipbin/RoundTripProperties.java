package io.tandem.admin.http.voipbin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.resource.NativeJson;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Fields;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.Problems;
import io.tandem.routing.model.References;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a number is: writing it back in one dialect as it is shown there leaves it as it was, in every field. */
class RoundTripProperties {
    private static final ResourceId ACCOUNT = ResourceId.derived(ResourceKind.ACCOUNTS, "acme");

    @Property(tries = 500)
    void writingBackWhatIsShownChangesNothing(@ForAll("numbers") final PhoneNumber number) {
        final StoredResource stored = stored(number);

        final ObjectNode throughVoipbin = JsonMapper.shared().readValue(number.json(), ObjectNode.class);
        final ObjectNode shown = VoipbinNumber.shown(stored);
        NumberBody.checkChange(shown, VoipbinNumber.shown(stored));
        VoipbinNumber.write(throughVoipbin, VoipbinNumber.shown(stored), shown);
        assertThat(json(read(throughVoipbin))).isEqualTo(json(number));

        final ObjectNode throughNative = NativeJson.of(stored);
        throughNative.remove(List.of("created_at", "updated_at"));
        assertThat(json(read(throughNative))).isEqualTo(json(number));
    }

    @Property(tries = 500)
    void aChangeInTheOneShapeKeepsWhatItCannotSay(
            @ForAll("numbers") final PhoneNumber number, @ForAll("numbers") final PhoneNumber other) {
        final ObjectNode fields = JsonMapper.shared().readValue(number.json(), ObjectNode.class);
        final ObjectNode given = VoipbinNumber.shown(stored(other)).retain("name", "detail");
        VoipbinNumber.write(fields, VoipbinNumber.shown(stored(number)), given);

        final PhoneNumber changed = read(fields);
        assertThat(changed.label()).isEqualTo(other.label());
        assertThat(changed.detail()).isEqualTo(other.detail());
        final ObjectNode kept = json(changed);
        kept.remove(List.of("label", "detail"));
        assertThat(kept).isEqualTo(json(number).remove(List.of("label", "detail")));
        assertThat(VoipbinNumber.shown(stored(changed)).retain("name", "detail"))
                .isEqualTo(given);
    }

    @Provide
    Arbitrary<PhoneNumber> numbers() {
        final Arbitrary<ObjectNode> target = Combinators.combine(
                        Arbitraries.of("flow", "user", "hangup", "trunk", "queue", "none"), Arbitraries.longs())
                .as(RoundTripProperties::target);
        final Arbitrary<ObjectNode> state = Combinators.combine(
                        Arbitraries.of("active", "disabled", "virtual"),
                        Arbitraries.of("pstn", "virtual", ""),
                        Arbitraries.of("pending", "suspended", "deleted", ""))
                .as(RoundTripProperties::state);
        final Arbitrary<ObjectNode> rest = Combinators.combine(
                        Arbitraries.strings().alpha().ofMaxLength(12),
                        Arbitraries.strings().alpha().ofMaxLength(12),
                        Arbitraries.of("voice", "t38", "passthrough"),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 9))
                .as(RoundTripProperties::rest);
        return Combinators.combine(Arbitraries.longs().between(12_000_000_000L, 19_999_999_999L), target, state, rest)
                .as(RoundTripProperties::number);
    }

    private static PhoneNumber number(
            final long e164, final ObjectNode target, final ObjectNode state, final ObjectNode rest) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("account_id", ACCOUNT.ulid());
        json.put("e164", Long.toString(e164));
        json.setAll(target);
        json.setAll(state);
        json.setAll(rest);
        return read(json);
    }

    private static ObjectNode target(final String kind, final long id) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        if (!kind.equals("none")) {
            json.put("dest_kind", kind);
            if (!kind.equals("hangup")) {
                json.put("dest_id", new ResourceId(1, id).ulid());
                json.putObject("dest_xform").put("x", id);
            }
        }
        return json;
    }

    private static ObjectNode state(final String status, final String kind, final String disabledAs) {
        final ObjectNode json = JsonMapper.shared().createObjectNode().put("status", status);
        if (!kind.isEmpty()) {
            json.put("class", kind);
        }
        final boolean virtual = status.equals("virtual") || kind.equals("virtual");
        if (!disabledAs.isEmpty() && !(virtual && disabledAs.equals("pending"))) {
            json.put("disabled_as", disabledAs);
        }
        return json;
    }

    private static ObjectNode rest(
            final String label,
            final String detail,
            final String fax,
            final int anonymous,
            final int emergency,
            final long id,
            final int channels) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("label", label).put("detail", detail).put("fax_mode", fax);
        json.put("allow_anonymous", anonymous).put("emergency_enabled", emergency);
        if (channels > 0) {
            json.put("max_channels", channels);
            json.put("schedule_id", new ResourceId(2, id).ulid());
            json.put("message_flow_id", new ResourceId(3, id).ulid());
            json.put("closed_dest_kind", "hangup");
        }
        return json;
    }

    /** All that is stored of it, without regard to how JSON numbers are held. */
    private static ObjectNode json(final PhoneNumber number) {
        return JsonMapper.shared().readValue(number.json(), ObjectNode.class);
    }

    private static PhoneNumber read(final ObjectNode json) {
        final Problems problems = new Problems(10);
        final PhoneNumber number = PhoneNumber.read(
                new Fields(json.deepCopy(), "numbers", 0, References.TRUSTING, problems, new Problems(10)));
        assertThat(problems.kept()).isEmpty();
        return number;
    }

    private static StoredResource stored(final PhoneNumber number) {
        return new StoredResource(
                ResourceKind.NUMBERS, number, 1_643_673_600_000_000L, 1_647_805_073_135_685L, "0123456789abcdef");
    }
}
