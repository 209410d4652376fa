package io.tandem.admin.http.voipbin;

import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.FaxMode;
import io.tandem.routing.model.PhoneNumber;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.RouteTarget;
import io.tandem.routing.model.TargetKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number in the shape of VoIPBIN, both ways. What that shape cannot say is kept: a target that is no flow, the fax
 * mode passthrough, business hours, and whether a suspended number is disabled or suspended.
 */
public final class VoipbinNumber {
    static final String RTP_DEBUG = "rtp_debug";

    private VoipbinNumber() {}

    /** As it is shown: these fields, in this order; metadata only when something is set in them. */
    public static ObjectNode shown(final StoredResource stored) {
        final PhoneNumber number = (PhoneNumber) stored.resource();
        final String status = status(number);
        final boolean changed = stored.updatedUs() > 0 && stored.updatedUs() != stored.createdUs();
        final ObjectNode json = Json.object();
        json.put("id", number.id().uuid());
        json.put("number", "+" + number.pattern().text());
        json.put("type", number.virtual() ? "virtual" : "normal");
        json.put("call_flow_id", callFlow(number.target()).uuid());
        json.put("message_flow_id", number.messageFlowId().uuid());
        json.put("name", number.label());
        json.put("detail", number.detail());
        json.put("status", status);
        json.put("t38_enabled", number.faxMode() == FaxMode.T38);
        json.put("emergency_enabled", number.emergency());
        json.put("tm_create", VoipbinTime.of(stored.createdUs()));
        json.put("tm_update", changed ? VoipbinTime.of(stored.updatedUs()) : VoipbinTime.NEVER);
        json.put("tm_delete", status.equals("deleted") ? VoipbinTime.of(stored.updatedUs()) : VoipbinTime.NEVER);
        if (number.rtpDebug()) {
            json.putObject("metadata").put(RTP_DEBUG, true);
        }
        return json;
    }

    private static String status(final PhoneNumber number) {
        return switch (number.status()) {
            case ACTIVE, VIRTUAL -> "active";
            case DISABLED, SUSPENDED -> "suspended";
            case PENDING -> "purchase-pending";
            case DELETED -> "deleted";
        };
    }

    private static ResourceId callFlow(final RouteTarget target) {
        return target.kind() == TargetKind.FLOW ? target.id() : ResourceId.NIL;
    }

    /**
     * Writes what a client changes into the stored fields; what he gives back as it is shown changes nothing.
     *
     * @param fields of the number in the native spelling.
     * @param shown the number as {@link #shown} has it.
     * @param given by the client; types are right.
     */
    public static void write(final ObjectNode fields, final ObjectNode shown, final ObjectNode given) {
        text(fields, "label", given.get("name"));
        text(fields, "detail", given.get("detail"));
        if (differs(given, shown, "call_flow_id")) {
            setCallFlow(fields, flow(given.get("call_flow_id")));
        }
        if (differs(given, shown, "message_flow_id")) {
            id(fields, "message_flow_id", flow(given.get("message_flow_id")));
        }
        if (differs(given, shown, "t38_enabled")) {
            fields.put("fax_mode", given.get("t38_enabled").booleanValue() ? "t38" : "voice");
        }
        if (differs(given, shown, "emergency_enabled")) {
            fields.put("emergency_enabled", given.get("emergency_enabled").booleanValue() ? 1 : 0);
        }
        if (differs(given, shown, "status")) {
            final boolean active = given.get("status").stringValue().equals("active");
            fields.put("status", active ? "active" : "disabled");
            fields.remove("disabled_as");
            if (!active) {
                fields.put("disabled_as", "suspended");
            }
        }
    }

    /** A number that is given up: nothing is reached through it, and it refers to nothing. */
    static void giveUp(final ObjectNode fields) {
        for (final String prefix : new String[] {"", "closed_", "holiday_"}) {
            fields.remove(prefix + "dest_kind");
            fields.remove(prefix + "dest_id");
            fields.remove(prefix + "dest_xform");
        }
        fields.remove("schedule_id");
        fields.remove("message_flow_id");
        setCallFlow(fields, ResourceId.NIL);
        fields.put("status", "disabled");
        fields.put("disabled_as", "deleted");
    }

    /** A flow that takes the calls; with none, they are answered as if nobody had the number. */
    static void setCallFlow(final ObjectNode fields, final ResourceId flow) {
        fields.remove("dest_id");
        fields.remove("dest_xform");
        if (flow.isNil()) {
            fields.put("dest_kind", TargetKind.HANGUP.word());
            fields.putObject("dest_xform").put("sip_code", 404);
        } else {
            fields.put("dest_kind", TargetKind.FLOW.word());
            fields.put("dest_id", flow.prefixed(TargetKind.FLOW.prefix()));
        }
    }

    /** A flow's identifier; anything that is none means that there is no flow. */
    static ResourceId flow(final JsonNode node) {
        final ResourceId id =
                node != null && node.isString() ? ResourceId.parse(node.stringValue(), TargetKind.FLOW.prefix()) : null;
        return id == null ? ResourceId.NIL : id;
    }

    static void id(final ObjectNode fields, final String field, final ResourceId flow) {
        if (flow.isNil()) {
            fields.remove(field);
        } else {
            fields.put(field, flow.prefixed(TargetKind.FLOW.prefix()));
        }
    }

    private static boolean differs(final ObjectNode given, final ObjectNode shown, final String field) {
        final JsonNode value = given.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        return field.endsWith("_flow_id")
                ? !flow(value).uuid().equals(shown.get(field).stringValue())
                : !value.equals(shown.get(field));
    }

    private static void text(final ObjectNode fields, final String field, final JsonNode value) {
        if (value == null || value.isNull()) {
            return;
        }
        if (value.stringValue().isEmpty()) {
            fields.remove(field);
        } else {
            fields.put(field, value.stringValue());
        }
    }
}
