package io.tandem.admin.http.pbx;

import io.tandem.admin.http.key.Secret;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.Json;
import io.tandem.routing.change.Edit;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.Device;
import io.tandem.routing.model.Domain;
import io.tandem.routing.model.Extension;
import io.tandem.routing.model.Forward;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The edits that one extension of do.dev comes to; together they are one change. */
final class PbxEdits {
    private static final int SCAN = 1_000;

    private final TenantDesk desk;
    private final ResourceId account;
    private final PbxParts parts;
    private ObjectNode credentials;

    PbxEdits(final TenantDesk desk, final ResourceId account) {
        this.desk = desk;
        this.account = account;
        parts = new PbxParts(desk, account);
    }

    List<Edit> edits() {
        return parts.edits();
    }

    /** What a new user's first phone authenticates with, in the clear; null for other extensions. */
    ObjectNode credentials() {
        return credentials;
    }

    /** Everything that a new extension needs; the extension itself comes last. */
    void create(final PbxBody body) {
        final TargetKind target =
                switch (body.type()) {
                    case "user" -> TargetKind.USER;
                    case "conference" -> TargetKind.CONFERENCE;
                    case "parking" -> TargetKind.PARKING;
                    default -> TargetKind.PAGING;
                };
        final ResourceId id = desk.newId();
        final ResourceId targetId = target == TargetKind.USER ? createUser(body) : createRoom(id, target, body);
        final ObjectNode extension = Json.object();
        extension.put("digits", body.text("number"));
        extension.put("label", body.text("name"));
        extension.put("dest_kind", target.word());
        extension.put("dest_id", targetId.prefixed(target.resources()));
        parts.add(ResourceKind.EXTENSIONS, id, extension);
    }

    private ResourceId createRoom(final ResourceId extension, final TargetKind target, final PbxBody body) {
        final ResourceKind kind = target.resources();
        final ResourceId id = PbxParts.own(kind, extension);
        final ObjectNode room = Json.object();
        room.put("name", parts.name(kind, id, roomName(body.text("number"), body.text("name"))));
        if (target == TargetKind.PARKING) {
            ParkingSlots.choose(desk, account, room);
        }
        parts.add(kind, id, room);
        return id;
    }

    private static String roomName(final String number, final String name) {
        return number + ' ' + name;
    }

    private ResourceId createUser(final PbxBody body) {
        final Domain domain = domain();
        final ResourceId id = desk.newId();
        final String number = body.text("number");
        final ObjectNode user = Json.object();
        user.put("username", number);
        user.put("display_name", body.text("name"));
        user.put("ring_timeout_sec", body.ringSec());
        put(user, "out_cid_name", body.text("callerIdName"));
        put(user, "out_cid_number", body.telephone("callerIdNumber"));
        if (body.voicemail()) {
            lendBox(id, user, number);
        }
        if (!body.text("forwardingNumber").isEmpty()) {
            new PbxForward(parts).set(id, user, body.telephone("forwardingNumber"));
        }
        parts.add(ResourceKind.USERS, id, user);
        createDevice(id, number, domain);
        return id;
    }

    private void createDevice(final ResourceId user, final String number, final Domain domain) {
        final ResourceId id = desk.newId();
        final String name = number + '_' + PbxParts.suffix(id);
        final String password = Secret.create().substring(Secret.NATIVE_PREFIX.length());
        final ObjectNode device = Json.object();
        device.put("user_id", user.prefixed(ResourceKind.USERS));
        device.put("auth_username", name);
        device.put("realm", domain.domain());
        device.put("domain_id", domain.id().prefixed(ResourceKind.DOMAINS));
        device.put("password", password);
        parts.add(ResourceKind.DEVICES, id, device);
        credentials = Json.object();
        credentials.put("username", name);
        credentials.put("password", password);
        credentials.put("domain", domain.domain());
    }

    /** The account's domain that stands for it, else its first. */
    private Domain domain() {
        final StoredResource primary =
                desk.find(new UniqueName(ResourceKind.DOMAINS, "is_primary", account, "primary"));
        if (primary != null) {
            return (Domain) primary.resource();
        }
        final List<StoredResource> domains = desk.list(ResourceKind.DOMAINS, account, null, 1, stored -> true)
                .resources();
        if (domains.isEmpty()) {
            throw new ApiProblem(409, "the account has no domain that phones could register in")
                    .mend("make one: POST /v1/domains");
        }
        return (Domain) domains.getFirst().resource();
    }

    /** Gives a user its own box: the one that it had before, with what lies in it, else a new one. */
    private void lendBox(final ResourceId owner, final ObjectNode user, final String number) {
        final ResourceKind kind = ResourceKind.VOICEMAIL_BOXES;
        final ResourceId id = PbxParts.own(kind, owner);
        if (parts.find(kind, id) == null) {
            final ObjectNode box = Json.object();
            box.put("name", parts.name(kind, id, number));
            parts.add(kind, id, box);
        }
        user.put("voicemail_id", id.prefixed(kind));
    }

    /** What a client changes of an extension and of what belongs to it; the extension itself comes last. */
    void change(final StoredResource stored, final StoredResource user, final PbxBody body) {
        final Extension was = (Extension) stored.resource();
        final String number = body.isGiven("number") ? body.text("number") : was.digits();
        final String name = body.isGiven("name") ? body.text("name") : was.label();
        if (user != null) {
            changeUser(user, was.digits(), number, body);
        } else {
            final ResourceKind kind = was.target().kind().resources();
            renameOwn(kind, was.id(), roomName(was.digits(), was.label()), roomName(number, name));
        }
        final ObjectNode extension = Json.stored(was.json());
        put(extension, "digits", number);
        put(extension, "label", name);
        parts.put(stored, extension);
    }

    private void changeUser(
            final StoredResource stored, final String numberBefore, final String number, final PbxBody body) {
        final User was = (User) stored.resource();
        final ObjectNode user = Json.stored(was.json());
        if (was.username().equals(numberBefore)) {
            user.put("username", number);
        }
        if (body.isGiven("name")) {
            user.put("display_name", body.text("name"));
        }
        replace(user, "out_cid_name", "callerIdName", body.text("callerIdName"), body);
        replace(user, "out_cid_number", "callerIdNumber", body.telephone("callerIdNumber"), body);
        if (body.isGiven("forwardingRingTimeout")) {
            user.put("ring_timeout_sec", body.ringSec());
        }
        if (body.isThere("forwardingNumber")) {
            new PbxForward(parts).change(was, user, body.telephone("forwardingNumber"));
        }
        renameOwn(ResourceKind.VOICEMAIL_BOXES, was.id(), numberBefore, number);
        if (body.isGiven("voicemailEnabled")) {
            user.remove("voicemail_id");
            if (body.voicemail()) {
                lendBox(was.id(), user, number);
            }
        }
        parts.put(stored, user);
    }

    private void renameOwn(final ResourceKind kind, final ResourceId owner, final String from, final String to) {
        final StoredResource part = parts.find(kind, PbxParts.own(kind, owner));
        if (part != null) {
            parts.rename(part, from, to);
        }
    }

    /** An extension with all that was made for it; what others lead to stays for them. */
    void delete(final StoredResource stored, final StoredResource storedUser) {
        final Extension extension = (Extension) stored.resource();
        parts.remove(ResourceKind.EXTENSIONS, extension.id());
        if (storedUser == null) {
            parts.removeOwn(extension.target().kind().resources(), extension.id(), 1);
            return;
        }
        final User user = (User) storedUser.resource();
        if (desk.referrerCount(ResourceKind.EXTENSIONS, ResourceKind.USERS, user.id()) > 1) {
            return;
        }
        for (final StoredResource device : devices(user)) {
            parts.remove(ResourceKind.DEVICES, device.resource().id());
        }
        parts.remove(ResourceKind.USERS, user.id());
        final ResourceId box = PbxParts.own(ResourceKind.VOICEMAIL_BOXES, user.id());
        int known = refersTo(user, box) ? 1 : 0;
        final ResourceId forward = PbxParts.own(ResourceKind.FORWARDS, user.id());
        final StoredResource storedForward = parts.find(ResourceKind.FORWARDS, forward);
        if (storedForward != null
                && parts.removeOwn(ResourceKind.FORWARDS, user.id(), refersTo(user, forward) ? 1 : 0)
                && ((Forward) storedForward.resource()).overflow().id().equals(box)) {
            known++;
        }
        parts.removeOwn(ResourceKind.VOICEMAIL_BOXES, user.id(), known);
    }

    private static boolean refersTo(final User user, final ResourceId id) {
        return Stream.of(
                        user.voicemailId(),
                        user.forwardAlways().id(),
                        user.forwardBusy().id(),
                        user.forwardNoAnswer().id())
                .anyMatch(id::equals);
    }

    private List<StoredResource> devices(final User user) {
        return desk.list(
                        ResourceKind.DEVICES,
                        account,
                        null,
                        SCAN,
                        stored -> stored.resource() instanceof Device device
                                && device.userId().equals(user.id()))
                .resources();
    }

    private static void put(final ObjectNode fields, final String field, final String value) {
        if (!value.isEmpty()) {
            fields.put(field, value);
        }
    }

    private static void replace(
            final ObjectNode fields, final String field, final String given, final String value, final PbxBody body) {
        if (body.isThere(given)) {
            fields.remove(field);
            put(fields, field, value);
        }
    }
}
