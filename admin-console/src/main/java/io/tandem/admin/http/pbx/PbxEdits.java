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
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.model.UniqueName;
import io.tandem.routing.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The edits that one extension of do.dev comes to; together they are one change. */
final class PbxEdits {
    private static final int SCAN = 1_000;
    private static final int SUFFIX_LENGTH = 6;

    private final TenantDesk desk;
    private final ResourceId account;
    private final List<Edit> edits = new ArrayList<>();
    private ObjectNode credentials;

    PbxEdits(final TenantDesk desk, final ResourceId account) {
        this.desk = desk;
        this.account = account;
    }

    List<Edit> edits() {
        return edits;
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
        final ResourceId id = target == TargetKind.USER ? createUser(body) : createRoom(target, body);
        final ObjectNode extension = Json.object();
        extension.put("digits", body.text("number"));
        extension.put("label", body.text("name"));
        extension.put("dest_kind", target.word());
        extension.put("dest_id", id.prefixed(target.resources()));
        add(ResourceKind.EXTENSIONS, extension);
    }

    private ResourceId createRoom(final TargetKind target, final PbxBody body) {
        final ObjectNode room = Json.object();
        room.put("name", body.text("number") + ' ' + body.text("name"));
        return add(target.resources(), room);
    }

    private ResourceId createUser(final PbxBody body) {
        final Domain domain = domain();
        final ObjectNode user = Json.object();
        user.put("username", body.text("number"));
        user.put("display_name", body.text("name"));
        put(user, "out_cid_name", body.text("callerIdName"));
        put(user, "out_cid_number", body.text("callerIdNumber"));
        if (body.voicemail()) {
            user.put("voicemail_id", box(body.text("number")).prefixed(ResourceKind.VOICEMAIL_BOXES));
        }
        if (!body.text("forwardingNumber").isEmpty()) {
            forward(user, body);
        }
        final ResourceId id = add(ResourceKind.USERS, user);
        final String suffix = desk.newId().ulid();
        final String name = body.text("number")
                + '_'
                + suffix.substring(suffix.length() - SUFFIX_LENGTH).toLowerCase(Locale.ROOT);
        final String password = Secret.create().substring(Secret.NATIVE_PREFIX.length());
        final ObjectNode device = Json.object();
        device.put("user_id", id.prefixed(ResourceKind.USERS));
        device.put("auth_username", name);
        device.put("realm", domain.domain());
        device.put("domain_id", domain.id().prefixed(ResourceKind.DOMAINS));
        device.put("password", password);
        add(ResourceKind.DEVICES, device);
        credentials = Json.object();
        credentials.put("username", name);
        credentials.put("password", password);
        credentials.put("domain", domain.domain());
        return id;
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

    /** The box of that name, or a new one. */
    private ResourceId box(final String number) {
        final StoredResource there = desk.find(UniqueName.within(ResourceKind.VOICEMAIL_BOXES, account, number));
        if (there != null) {
            return there.resource().id();
        }
        final ObjectNode box = Json.object();
        box.put("name", number);
        return add(ResourceKind.VOICEMAIL_BOXES, box);
    }

    private void forward(final ObjectNode user, final PbxBody body) {
        final ObjectNode forward = Json.object();
        forward.put("name", "extension " + desk.newId().ulid());
        forward.put("number", body.text("forwardingNumber"));
        forward.put("trigger", "no_answer");
        user.put("fwd_noanswer_kind", TargetKind.FORWARD.word());
        user.put("fwd_noanswer_id", add(ResourceKind.FORWARDS, forward).prefixed(ResourceKind.FORWARDS));
        user.put("ring_timeout_sec", body.ringSec());
    }

    /** What a client changes of an extension and its user. */
    void change(final StoredResource stored, final StoredResource user, final PbxBody body) {
        final ObjectNode extension = Json.stored(stored.resource().json());
        if (body.isGiven("number")) {
            extension.put("digits", body.text("number"));
        }
        if (body.isGiven("name")) {
            extension.put("label", body.text("name"));
        }
        if (user != null) {
            changeUser((User) user.resource(), user, body);
        }
        edits.add(Edit.put(ResourceKind.EXTENSIONS, stored.resource().id(), extension, stored.tag()));
    }

    private void changeUser(final User was, final StoredResource stored, final PbxBody body) {
        final ObjectNode user = Json.stored(was.json());
        if (body.isGiven("number") && !was.username().equals(body.text("number"))) {
            user.put("username", body.text("number"));
        }
        if (body.isGiven("name")) {
            user.put("display_name", body.text("name"));
        }
        replace(user, "out_cid_name", "callerIdName", body);
        replace(user, "out_cid_number", "callerIdNumber", body);
        if (body.isGiven("voicemailEnabled")
                && body.voicemail() == was.voicemailId().isNil()) {
            if (body.voicemail()) {
                user.put("voicemail_id", box(was.username()).prefixed(ResourceKind.VOICEMAIL_BOXES));
            } else {
                user.remove("voicemail_id");
            }
        }
        if (body.isThere("forwardingNumber")) {
            changeForward(was, user, body);
        } else if (body.isGiven("forwardingRingTimeout")) {
            user.put("ring_timeout_sec", body.ringSec());
        }
        edits.add(Edit.put(ResourceKind.USERS, was.id(), user, stored.tag()));
    }

    private void changeForward(final User was, final ObjectNode user, final PbxBody body) {
        final boolean forwards = was.forwardNoAnswer().kind() == TargetKind.FORWARD;
        final StoredResource there = forwards
                ? desk.findEvenDeleted(
                        ResourceKind.FORWARDS, was.forwardNoAnswer().id())
                : null;
        if (body.text("forwardingNumber").isEmpty()) {
            if (there != null) {
                user.remove(List.of("fwd_noanswer_kind", "fwd_noanswer_id", "fwd_noanswer_xform"));
                edits.add(Edit.delete(ResourceKind.FORWARDS, there.resource().id(), ""));
            }
            return;
        }
        if (there == null) {
            forward(user, body);
            return;
        }
        final ObjectNode forward = Json.stored(there.resource().json());
        forward.put("number", body.text("forwardingNumber"));
        edits.add(Edit.put(ResourceKind.FORWARDS, there.resource().id(), forward, there.tag()));
        if (body.isGiven("forwardingRingTimeout")) {
            user.put("ring_timeout_sec", body.ringSec());
        }
    }

    /** All that an extension was made of, the extension first. */
    void delete(final StoredResource stored, final User user) {
        final Extension extension = (Extension) stored.resource();
        remove(ResourceKind.EXTENSIONS, extension.id());
        if (user == null) {
            remove(extension.target().kind().resources(), extension.target().id());
            return;
        }
        for (final StoredResource device : devices(user)) {
            remove(ResourceKind.DEVICES, device.resource().id());
        }
        remove(ResourceKind.USERS, user.id());
        if (user.forwardNoAnswer().kind() == TargetKind.FORWARD) {
            remove(ResourceKind.FORWARDS, user.forwardNoAnswer().id());
        }
        if (!user.voicemailId().isNil()) {
            remove(ResourceKind.VOICEMAIL_BOXES, user.voicemailId());
        }
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

    private void remove(final ResourceKind kind, final ResourceId id) {
        edits.add(Edit.delete(kind, id, ""));
    }

    private ResourceId add(final ResourceKind kind, final ObjectNode fields) {
        final ResourceId id = desk.newId();
        fields.put("id", id.prefixed(kind));
        fields.put("account_id", account.prefixed(ResourceKind.ACCOUNTS));
        edits.add(Edit.create(kind, fields));
        return id;
    }

    private static void put(final ObjectNode fields, final String field, final String value) {
        if (!value.isEmpty()) {
            fields.put(field, value);
        }
    }

    private static void replace(final ObjectNode fields, final String field, final String given, final PbxBody body) {
        if (body.isThere(given)) {
            fields.remove(field);
            put(fields, field, body.text(given));
        }
    }
}
