package io.tandem.admin.http.pbx;

import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ServiceStatus;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.User;
import tools.jackson.databind.node.ObjectNode;

/** An extension in the shape of do.dev: made of an extension and of the user, room, lot or group that it leads to. */
final class PbxExtension {
    private final TenantDesk desk;
    private final PresenceView presence;
    private final PbxNumbers numbers;

    /** Extensions of one account. */
    PbxExtension(final TenantDesk desk, final PresenceView presence, final ResourceId account) {
        this.desk = desk;
        this.presence = presence;
        numbers = new PbxNumbers(desk.country(account));
    }

    /** How clients of the account write numbers. */
    PbxNumbers numbers() {
        return numbers;
    }

    /** Whether the shape has a word for what the extension leads to. */
    static boolean isExpressible(final StoredResource stored) {
        return stored.resource() instanceof Extension extension
                && !type(extension).isEmpty();
    }

    /** As it is shown: these fields, in this order. */
    ObjectNode shown(final StoredResource stored) {
        final Extension extension = (Extension) stored.resource();
        final User user = user(extension);
        final ObjectNode json = Json.object();
        json.put("id", extension.id().prefixed(ResourceKind.EXTENSIONS));
        json.put("number", extension.digits());
        json.put("name", extension.label());
        json.put("type", type(extension));
        json.put("status", status(extension, user));
        json.put("callerIdName", user == null ? "" : user.outCidName());
        json.put("callerIdNumber", user == null ? "" : numbers.shown(user.outCidNumber()));
        json.put("voicemailEnabled", user != null && !user.voicemailId().isNil());
        json.put("forwardingEnabled", user != null && user.forwardNoAnswer().kind() == TargetKind.FORWARD);
        json.put("registeredDevices", user == null ? 0 : presence.registeredDevices(user.id()));
        return json;
    }

    /** The user that an extension leads to, or null. */
    StoredResource storedUser(final Extension extension) {
        return extension.target().kind() == TargetKind.USER
                ? desk.findEvenDeleted(ResourceKind.USERS, extension.target().id())
                : null;
    }

    private User user(final Extension extension) {
        final StoredResource stored = storedUser(extension);
        return stored == null ? null : (User) stored.resource();
    }

    private String status(final Extension extension, final User user) {
        if (user == null) {
            return extension.status() == ServiceStatus.ACTIVE ? "available" : "offline";
        }
        if (presence.registeredDevices(user.id()) == 0) {
            return "offline";
        }
        if (user.doNotDisturb()) {
            return "dnd";
        }
        return presence.isOnCall(user.id()) ? "busy" : "available";
    }

    private static String type(final Extension extension) {
        return switch (extension.target().kind()) {
            case USER -> "user";
            case CONFERENCE -> "conference";
            case PARKING -> "parking";
            case PAGING -> "paging";
            default -> "";
        };
    }
}
